import { describe } from 'vitest';
import { missing } from '../../../../desk/gates/snapshot.ts';
import { instant, tradingDate } from '../../../../desk/time.ts';
import { accountId, anyAction, enterAction, eventId, fact, now, otherAccountId, passingSnapshot, structureAction, structureSnapshot, tradingDays, withInstrument, withLimits, withMandate } from '../fixtures.ts';
import { promises } from './cases.ts';

const event = (date: string, kind = 'RESULTS') => {
  const day = tradingDate(date);
  const ahead = tradingDays.indexOf(day);
  return { date: day, kind, purpose: '', tradingDaysAway: ahead < 0 ? -1 : ahead };
};
const scheduled = (...events: ReturnType<typeof event>[]) => withInstrument({ scheduledEvents: { covered: true, coverageNote: '', events } });

describe('the event window', () => {
  promises('event_window', [
    { it: 'takes an entry with nothing scheduled', action: enterAction(), given: scheduled(), word: 'passes', says: 'Nothing is scheduled for INFY within the blackout.' },
    { it: 'takes an entry three trading days before results', action: enterAction(), given: scheduled(event('2024-06-06')), word: 'passes' },
    { it: 'refuses one two trading days before, until two after', action: enterAction(), given: scheduled(event('2024-06-05')), word: 'blocks', says: 'No entry in INFY until 7 June: results on 5 June, blackout 2 trading days.', nearest: { change: 'earliest', date: '2024-06-07' } },
    { it: 'refuses one on the day itself', action: enterAction(), given: scheduled(event('2024-06-03')), word: 'blocks', nearest: { change: 'earliest', date: '2024-06-05' } },
    { it: 'refuses one the day after', action: enterAction(), given: scheduled(event('2024-05-31')), word: 'blocks', nearest: { change: 'earliest', date: '2024-06-04' } },
    { it: 'finds the first day that is free of every event', action: enterAction(), given: scheduled(event('2024-06-03'), event('2024-06-07', 'AGM')), word: 'blocks', nearest: { change: 'earliest', date: '2024-06-11' } },
    { it: "keeps to the mandate's longer blackout around results", action: enterAction(), given: withMandate({ earningsBlackoutDays: 3 }, scheduled(event('2024-06-06'))), word: 'blocks' },
    { it: 'around board meetings, too', action: enterAction(), given: withMandate({ earningsBlackoutDays: 3 }, scheduled(event('2024-06-06', 'BOARD_MEETING'))), word: 'blocks' },
    { it: "keeps to the desk's blackout around other events", action: enterAction(), given: withMandate({ earningsBlackoutDays: 3 }, scheduled(event('2024-06-06', 'AGM'))), word: 'passes' },
    { it: 'calls an event by its purpose', action: enterAction(), given: withInstrument({ scheduledEvents: { covered: true, coverageNote: '', events: [{ ...event('2024-06-04', 'OTHER'), purpose: 'demerger record date' }] } }), word: 'blocks', says: 'demerger record date on 4 June' },
    { it: 'has a word for one without', action: enterAction(), given: scheduled(event('2024-06-04', 'OTHER')), word: 'blocks', says: 'a listed event on 4 June' },
    { it: 'names the nearest of two, in whatever order they come', action: enterAction(), given: scheduled(event('2024-06-04', 'AGM'), event('2024-06-05')), word: 'blocks', says: 'the annual general meeting on 4 June' },
    { it: 'names the first of two that are as near', action: enterAction(), given: scheduled(event('2024-06-04', 'AGM'), event('2024-06-04')), word: 'blocks', says: 'the annual general meeting on 4 June' },
    { it: 'names the nearest of two', action: enterAction(), given: scheduled(event('2024-06-05'), event('2024-06-04', 'AGM')), word: 'blocks', says: 'the annual general meeting on 4 June' },
    { it: 'has no blackout of zero days', action: enterAction(), given: withLimits({ eventBlackoutDays: 0 }, withMandate({ earningsBlackoutDays: 0 }, scheduled(event('2024-06-03')))), word: 'passes' },
    { it: 'names no day that the calendar does not reach', action: enterAction(), given: { ...scheduled(event('2024-06-05')), tradingDays: tradingDays.slice(0, 3) }, word: 'blocks', says: 'No entry in INFY now', nearest: null },
    { it: 'names no day without a calendar', action: enterAction(), given: { ...scheduled(event('2024-06-05')), tradingDays: [] }, word: 'blocks', nearest: null },
    { it: 'says that nothing is known outside the coverage', action: enterAction(), given: withInstrument({ scheduledEvents: { covered: false, coverageNote: 'the results calendar ends on 31 May', events: [] } }), word: 'warns', missing: true, says: /What is scheduled for INFY is not known: the results calendar ends on 31 May/ },
    { it: 'refuses what is known even where the coverage ends', action: enterAction(), given: withInstrument({ scheduledEvents: { covered: false, coverageNote: '', events: [event('2024-06-05')] } }), word: 'blocks' },
    { it: 'looks at the underlying of an option structure', action: structureAction(), given: { ...structureSnapshot(), instruments: {} }, word: 'warns', missing: true, says: 'What is scheduled for NIFTY is not known: the symbol is not among the instruments that were read.' },
    { it: 'refuses one before an event of its underlying', action: structureAction(), given: withInstrument({ scheduledEvents: { covered: true, coverageNote: '', events: [event('2024-06-05')] } }, structureSnapshot(), 'NIFTY'), word: 'blocks', says: 'No entry in NIFTY until 7 June', nearest: { change: 'earliest', date: '2024-06-07' } },
    { it: 'has a reason where the coverage gives none', action: enterAction(), given: withInstrument({ scheduledEvents: { covered: false, coverageNote: '', events: [] } }), word: 'warns', missing: true, says: 'no calendar covers these days' },
    { it: 'names no day on a day that is not in the calendar', action: enterAction(), given: { ...scheduled({ ...event('2024-06-04'), tradingDaysAway: 1 }), marketDate: tradingDate('2024-06-01') }, word: 'blocks', nearest: null },
  ]);
});

describe('regime, catalyst and history', () => {
  const regime = (volatility: 'LOW_VOL' | 'MED_VOL' | 'HIGH_VOL', liquidity: 'HIGH' | 'MEDIUM' | 'LOW') => withInstrument({ regime: fact({ volatility, liquidity }) });
  promises('regime', [
    { it: 'takes momentum in a calm market', action: enterAction(), given: regime('MED_VOL', 'MEDIUM'), word: 'passes', says: 'The strategy momentum fits: volatility of INFY is medium and its liquidity medium.' },
    { it: 'judges an option structure by its kind and its underlying', action: structureAction(), given: withInstrument({ regime: fact({ volatility: 'HIGH_VOL', liquidity: 'LOW' }) }, structureSnapshot(), 'NIFTY'), word: 'blocks', says: 'The strategy bull_put does not fit: volatility of NIFTY is high and its liquidity low.' },
    { it: 'leaves a typed order alone', action: enterAction({ strategy: 'manual' }), given: regime('HIGH_VOL', 'LOW'), word: 'does not apply' },
    { it: 'warns for a symbol that was not read', action: enterAction({ symbol: 'TCS' }), given: passingSnapshot(), word: 'warns', missing: true, says: 'The regime of TCS is not known: nobody recorded it.' },
    { it: 'refuses momentum in a wild one', action: enterAction(), given: regime('HIGH_VOL', 'HIGH'), word: 'blocks', says: /momentum does not fit: volatility of INFY is high/ },
    { it: 'refuses momentum where little trades', action: enterAction(), given: regime('LOW_VOL', 'LOW'), word: 'blocks' },
    { it: "takes a person's own idea in any regime", action: enterAction({ strategy: 'discretionary' }), given: regime('HIGH_VOL', 'LOW'), word: 'passes' },
    { it: 'warns when the regime is not known', action: enterAction(), given: withInstrument({ regime: missing('8 sessions') }), word: 'warns', missing: true },
    { it: 'warns of a strategy that the table does not have', action: enterAction({ strategy: 'toString' }), given: passingSnapshot(), word: 'warns', missing: true, says: 'In which regime toString belongs is not known: the strategy is not in the table.' },
  ]);
  const catalyst = (overrides: object = {}) => passingSnapshot({ catalyst: fact({ eventId, happenedAt: now, knownAt: now, ageHours: 1, staleHours: null, ...overrides }) });
  const driven = enterAction({ strategy: 'event', eventId });
  promises('catalyst_freshness', [
    { it: 'does not apply to what lives off no event', action: enterAction(), given: passingSnapshot(), word: 'does not apply' },
    { it: 'takes an event of 24 hours', action: driven, given: catalyst({ ageHours: 24 }), word: 'passes' },
    { it: 'refuses an older one', action: driven, given: catalyst({ ageHours: 24.01 }), word: 'blocks' },
    { it: "keeps to the playbook's hours", action: driven, given: catalyst({ ageHours: 2.5, staleHours: 2 }), word: 'blocks', says: /2\.50 hours old; it counts for 2/ },
    { it: 'refuses an event-driven entry without an event', action: enterAction({ strategy: 'event' }), given: passingSnapshot(), word: 'blocks', says: 'The strategy event needs an event, and none is named.' },
    { it: 'takes an event that was found for an entry that names none', action: enterAction({ strategy: 'event' }), given: catalyst(), word: 'passes', says: 'The event is 1 hour old; it counts for 24.' },
    { it: 'takes one that has just happened', action: driven, given: catalyst({ ageHours: 0 }), word: 'passes' },
    { it: 'refuses one that is to happen yet', action: driven, given: catalyst({ ageHours: -0.1 }), word: 'blocks', says: 'The event lies after the market time.' },
    { it: 'does not apply to a strategy that the table does not have', action: enterAction({ strategy: 'toString' }), given: passingSnapshot(), word: 'does not apply' },
    { it: 'refuses another event than the one that is named', action: driven, given: catalyst({ eventId: otherAccountId }), word: 'blocks', says: 'The event that was read is not the one that is named.' },
    { it: 'refuses an event that was not known yet', action: driven, given: catalyst({ knownAt: instant('2024-06-03T05:00:00.001Z') }), word: 'blocks' },
    { it: 'judges any entry that names an event', action: enterAction({ eventId }), given: catalyst({ ageHours: 25 }), word: 'blocks' },
    { it: 'blocks when the event cannot be read', action: driven, given: passingSnapshot({ catalyst: missing('no such event') }), word: 'blocks', missing: true },
  ]);
  promises('similar_setups', [
    { it: 'says nothing about four', action: enterAction(), given: passingSnapshot({ similarSetups: fact({ count: 4, lost: 4 }) }), word: 'does not apply' },
    { it: 'says something about five', action: enterAction(), given: passingSnapshot({ similarSetups: fact({ count: 5, lost: 5 }) }), word: 'warns', says: '5 of 5 similar set-ups lost (100 %)' },
    { it: 'takes six losses of ten', action: enterAction(), given: passingSnapshot({ similarSetups: fact({ count: 10, lost: 6 }) }), word: 'passes' },
    { it: 'warns of seven of ten', action: enterAction(), given: passingSnapshot({ similarSetups: fact({ count: 10, lost: 7 }) }), word: 'warns', says: '7 of 10 similar set-ups lost (70 %)' },
    { it: 'says nothing when nobody knows', action: enterAction(), given: passingSnapshot({ similarSetups: missing('no history') }), word: 'passes', missing: true },
  ]);
});

describe('money between accounts', () => {
  const take = (rupees: number) => anyAction({ kind: 'withdrawal', accountId, amountMinor: rupees * 100, reason: 'rent' });
  const move = (rupees: number, to = otherAccountId) => anyAction({ kind: 'transfer_cash', accountId, toAccountId: to, amountMinor: rupees * 100, reason: 'rebalance' });
  const cash = (rupees: number) => passingSnapshot({ balances: fact({ cashMinor: rupees * 100, reservedMinor: 0, deployableMinor: rupees * 100, equityMinor: 50_000_000 }) });
  promises('cash_available', [
    { it: 'takes the last rupee that is free', action: take(450_000), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses one more', action: take(450_001), given: passingSnapshot(), word: 'blocks', says: 'Takes ₹4,50,001; ₹4,50,000 is free to use.' },
    { it: 'blocks without balances', action: take(1), given: passingSnapshot({ balances: missing('locked') }), word: 'blocks', missing: true },
  ]);
  promises('transfer_policy', [
    { it: 'lends a fifth of equity', action: move(100_000), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses a rupee more', action: move(100_001), given: passingSnapshot(), word: 'blocks', says: /Would lend 20\.\d+ % of equity; the limit is 20/ },
    { it: 'leaves a tenth of equity in cash', action: move(50_000), given: cash(100_000), word: 'passes' },
    { it: 'refuses to leave a rupee less', action: move(50_001), given: cash(100_000), word: 'blocks', says: /has to stay/ },
    { it: 'refuses to move money nowhere', action: move(1, accountId), given: passingSnapshot(), word: 'blocks', says: 'Both ends of the transfer are the same account.' },
    { it: 'keeps to the limits that are set for it', action: move(50_001), given: withLimits({ transferMaxLoanPercent: 10 }), word: 'blocks', says: 'the limit is 10 %' },
    { it: 'both of them', action: move(1), given: withLimits({ transferMinBufferPercent: 100 }), word: 'blocks', says: '100 % has to stay' },
    { it: 'blocks without balances', action: move(1), given: passingSnapshot({ balances: missing('locked') }), word: 'blocks', missing: true },
  ]);
});
