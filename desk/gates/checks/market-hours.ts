import { dateIn, timeIn } from '../../time.ts';
import { defineCheck } from '../define.ts';
import { quoteOf } from '../figures.ts';
import { fails, lacks, passes } from '../outcomes.ts';

/** A session must exist for the order: one that is open, or the next one where orders may wait for it. */
export const marketHours = defineCheck({
  id: 'market_hours', version: 1, appliesTo: ['enter', 'option_structure', 'exit', 'reduce', 'close_all'], structural: true, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['session', 'account.baseCurrency', 'instruments.quote'],
  evaluate(snapshot, action) {
    const { session, account } = snapshot;
    const { kind } = action;
    if (!session.known) return lacks('Whether the exchange is open', session.reason);
    const { open, queuesForOpen, nextOpen, reason } = session.value;
    if (open) return passes('The exchange is open.');
    const zone = account.known && account.value.baseCurrency === 'USD' ? 'America/New_York' : 'Asia/Kolkata';
    const opens = nextOpen === null ? '' : ` It opens on ${dateIn(nextOpen, zone)} at ${timeIn(nextOpen, zone)}.`;
    const stored = action.kind === 'option_structure' && queuesForOpen === true && action.legs.every(({ symbol }) => { const quote = quoteOf(snapshot, symbol); return quote.known && quote.value.stands === true; });
    if (stored) return passes(`The exchange is closed (${reason}); in a replay the legs trade at the last prices of the session.`);
    if (queuesForOpen === true && nextOpen !== null) return passes(`The exchange is closed (${reason}); the order waits for the open.${opens}`);
    // Entries are halted and cancelled at once; only the exits have to wait.
    return fails(`The exchange is closed: ${reason}.${opens}`, kind === 'close_all' ? 'WARN' : 'BLOCK');
  },
  nearestPass({ session, account }) {
    if (!session.known || session.value.nextOpen === null) return null;
    return { change: 'earliest', date: dateIn(session.value.nextOpen, account.known && account.value.baseCurrency === 'USD' ? 'America/New_York' : 'Asia/Kolkata') };
  },
});
