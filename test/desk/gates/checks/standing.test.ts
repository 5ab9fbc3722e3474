import { describe } from 'vitest';
import { missing } from '../../../../desk/gates/snapshot.ts';
import { instant } from '../../../../desk/time.ts';
import { accountId, anyAction, cancelAction, closeAllAction, enterAction, exitAction, fact, holding, mandateTerms, modifyAction, now, openOrder, orderId, otherAccountId, passingSnapshot, personId, position, reduceAction, structureAction, structureSnapshot, withLimits, withSwitches } from '../fixtures.ts';
import { promises } from './cases.ts';

const nobody = missing('not signed in');
const person = (overrides: object) => passingSnapshot({ person: fact({ personId, role: 'trader', canView: true, canPropose: true, canConfirm: true, ...overrides }) });
const account = (overrides: object, base = passingSnapshot()) => ({ ...base, account: fact({ accountId, name: 'SIP', type: 'SIP', status: 'ACTIVE' as const, mode: 'paper' as const, broker: 'paper', baseCurrency: 'INR' as const, liveArmedUntil: null, ...overrides }) });
const live = (overrides: object = {}, base = passingSnapshot()) => account({ mode: 'live', broker: 'upstox', ...overrides }, { ...withLimits({ liveTrading: true }, base), world: { kind: 'live', label: 'LIVE' } });
const resume = anyAction({ kind: 'resume', accountId });
const tripped = (type: 'MAX_DAILY_LOSS' | 'MANUAL' | 'STALE_DATA') => withSwitches({ account: 'REDUCING', accountReason: 'daily loss', tripped: [{ type, scope: 'account', value: 3, at: now }] });
const recovered = (metrics: object) => ({ ...tripped('MAX_DAILY_LOSS'), recovery: fact({ drawdownPercent: null, consecutiveWins: null, sharpe7d: null, ...metrics }) });
const setup = anyAction({ kind: 'person_add', name: 'Asha', role: 'viewer' });

describe('who asks, and whether anything may be opened at all', () => {
  promises('rights', [
    { it: 'lets a trader with the right propose', action: enterAction(), given: person({}), word: 'passes', says: 'You may propose on SIP.' },
    { it: 'refuses a viewer whatever rights they were given', action: enterAction(), given: person({ role: 'viewer' }), word: 'blocks', says: /viewer cannot propose/ },
    { it: 'refuses who may only see the account', action: enterAction(), given: person({ canPropose: false }), word: 'blocks', says: 'You can see SIP but not propose on it.' },
    { it: 'refuses an exit of somebody without the right', action: exitAction(), given: { ...person({ canPropose: false }), positions: holding().positions }, word: 'blocks' },
    { it: 'refuses who may not even see it', action: enterAction(), given: person({ canView: false }), word: 'blocks', says: 'You have no rights on this account.' },
    { it: 'names no account that nobody knows', action: enterAction(), given: { ...person({ canPropose: false }), account: missing('no such row') }, word: 'blocks', says: 'You can see this account but not propose on it.' },
    { it: 'asks for the right to confirm at the press', action: enterAction(), given: { ...person({ canConfirm: false }), phase: 'confirm' }, word: 'blocks', says: 'You can see SIP but not confirm on it.' },
    { it: 'lets somebody confirm who may not propose', action: enterAction(), given: { ...person({ canPropose: false }), phase: 'confirm' }, word: 'passes', says: 'You may confirm on SIP.' },
    { it: 'lets a pause through at once for who may only propose', action: anyAction({ kind: 'pause', accountId }), given: { ...person({ canConfirm: false }), phase: 'confirm' }, word: 'passes' },
    { it: 'refuses a pause of who may do neither', action: anyAction({ kind: 'pause', accountId }), given: { ...person({ canConfirm: false, canPropose: false }), phase: 'confirm' }, word: 'blocks' },
    { it: 'blocks when nobody knows who asks', action: enterAction(), given: passingSnapshot({ person: nobody }), word: 'blocks', missing: true, says: 'Who asks is not known: not signed in.' },
    { it: 'blocks an exit when nobody knows who asks', action: exitAction(), given: { ...holding(), person: nobody }, word: 'blocks', missing: true },
    { it: 'keeps people and rights to the owner', action: setup, given: person({}), word: 'blocks', says: 'A trader cannot propose this.' },
    { it: 'at the press, too', action: setup, given: { ...person({}), phase: 'confirm' }, word: 'blocks', says: 'A trader cannot confirm this.' },
    { it: 'lets the owner add people', action: setup, given: passingSnapshot(), word: 'passes', says: 'An owner may do this.' },
    { it: 'asks for no right on an account where none is concerned', action: setup, given: passingSnapshot({ person: fact({ personId, role: 'owner', canView: false, canPropose: false, canConfirm: false }) }), word: 'passes' },
  ]);

  promises('account_known', [
    { it: 'takes the account that the action names', action: enterAction(), given: passingSnapshot(), word: 'passes', says: 'Account SIP.' },
    { it: 'refuses facts of another account', action: enterAction(), given: account({ accountId: otherAccountId }), word: 'blocks' },
    { it: 'refuses an exit of an account that nobody knows', action: exitAction(), given: { ...holding(), account: missing('no such row') }, word: 'blocks', missing: true, says: 'The account is not known: no such row.' },
    { it: 'leaves actions of no account alone', action: anyAction({ kind: 'pause' }), given: passingSnapshot(), word: 'does not apply' },
  ]);

  promises('account_status', [
    { it: 'lets an active account enter', action: enterAction(), given: account({}), word: 'passes' },
    { it: 'refuses entries of a paused account', action: enterAction(), given: account({ status: 'PAUSED' }), word: 'blocks', says: 'The account SIP is paused.', nearest: { change: 'command', say: 'resume SIP' } },
    { it: 'refuses entries of a closed account and has nothing to suggest', action: enterAction(), given: account({ status: 'CLOSED' }), word: 'blocks', nearest: null },
    { it: 'lets a paused account move money', action: anyAction({ kind: 'withdrawal', accountId, amountMinor: 100, reason: 'rent' }), given: account({ status: 'PAUSED' }), word: 'passes', says: 'The account SIP is paused.' },
    { it: 'only warns when a closed account tightens a stop', action: modifyAction(), given: account({ status: 'CLOSED' }, holding()), word: 'warns' },
    { it: 'blocks when the account is not known', action: enterAction(), given: passingSnapshot({ account: missing('no such row') }), word: 'blocks', missing: true },
  ]);

  promises('mandate_present', [
    { it: 'takes an account with a mandate', action: enterAction(), given: passingSnapshot(), word: 'passes', says: 'Mandate version 1.' },
    { it: 'refuses entries without one', action: enterAction(), given: passingSnapshot({ mandate: missing('none confirmed yet') }), word: 'blocks', missing: true, says: "The account's mandate is not known: none confirmed yet.", nearest: { change: 'command', say: 'set up my mandate' } },
  ]);

  promises('desk_state', [
    { it: 'lets entries through while all is active', action: enterAction(), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses entries while the account only reduces', action: enterAction(), given: withSwitches({ account: 'REDUCING', accountReason: 'paused by you' }), word: 'blocks', says: /reducing only: paused by you/, nearest: { change: 'command', say: 'resume' } },
    { it: 'refuses entries while the desk is halted', action: enterAction(), given: withSwitches({ desk: 'HALTED' }), word: 'blocks', says: /The desk is halted\./ },
    { it: 'refuses entries under a kill file', action: enterAction(), given: withSwitches({ killFile: { state: 'HALTED', reason: 'fire drill' } }), word: 'blocks', says: /fire drill/, nearest: { change: 'command', say: 'remove the kill file, then resume' } },
    { it: 'reads a malformed kill file as halted', action: enterAction(), given: withSwitches({ killFile: { state: 'MALFORMED' } }), word: 'blocks' },
    { it: 'refuses loosening a stop while halted', action: modifyAction({ stop: '1400' }), given: withSwitches({ desk: 'HALTED' }, holding()), word: 'blocks' },
    { it: 'lets a stop be tightened while halted', action: modifyAction({ stop: '1460' }), given: withSwitches({ desk: 'HALTED' }, holding()), word: 'does not apply' },
    { it: 'lets an entry be cancelled under a malformed kill file', action: cancelAction(), given: withSwitches({ killFile: { state: 'MALFORMED' } }, passingSnapshot({ openOrders: fact([openOrder()]) })), word: 'does not apply' },
    { it: 'lets a target be moved while halted', action: modifyAction({ stop: undefined, target: '1700' }), given: withSwitches({ desk: 'HALTED' }, holding()), word: 'does not apply' },
  ]);

  promises('switches_tripped', [
    { it: 'says nothing while no switch has tripped', action: enterAction(), given: passingSnapshot(), word: 'passes' },
    { it: 'tells of a switch that tripped without pausing', action: enterAction(), given: withSwitches({ tripped: [{ type: 'VOL_SPIKE', scope: 'desk', value: 180, at: now }] }), word: 'warns', says: /VOL_SPIKE \(desk, at 180\)/ },
    { it: 'tells of each that tripped, with what it read where it read anything', action: enterAction(), given: withSwitches({ tripped: [{ type: 'MANUAL', scope: 'account', value: null, at: now }, { type: 'VOL_SPIKE', scope: 'desk', value: 180, at: now }] }), word: 'warns', says: 'Tripped: MANUAL (account), VOL_SPIKE (desk, at 180).' },
  ]);

  promises('live_arming', [
    { it: 'lets paper trade unarmed', action: enterAction(), given: passingSnapshot(), word: 'passes' },
    { it: 'lets an armed live account trade', action: enterAction(), given: live({ liveArmedUntil: instant('2024-06-03T05:00:01Z') }), word: 'passes', says: 'The account SIP is armed for live trading.' },
    { it: 'tells whoever wants options of arming, too', action: structureAction(), given: live({}, structureSnapshot()), word: 'blocks', says: 'The account SIP is not armed for live trading.', nearest: { change: 'command', say: 'arm live trading' } },
    { it: 'refuses a live account whose arming has just ended', action: enterAction(), given: live({ liveArmedUntil: now }), word: 'blocks', nearest: { change: 'command', say: 'arm live trading' } },
    { it: 'refuses a live account that was never armed', action: enterAction(), given: live(), word: 'blocks' },
    { it: 'refuses live trading that the configuration has off', action: enterAction(), given: withLimits({ liveTrading: false }, live({ liveArmedUntil: instant('2024-06-04T00:00:00Z') })), word: 'blocks', says: 'Live trading is switched off in the configuration.' },
    { it: 'refuses to send simulated prices to a live broker', action: enterAction(), given: { ...live({ liveArmedUntil: instant('2024-06-04T00:00:00Z') }), world: { kind: 'sim', label: 'SIMULATED' } }, word: 'blocks', says: /SIMULATED/ },
    { it: 'lets an unarmed live account leave, and says so', action: exitAction(), given: live({}, holding()), word: 'warns' },
    { it: 'refuses arming while the configuration has it off', action: anyAction({ kind: 'arm_live', accountId, until: '2024-06-03T10:00:00Z' }), given: withLimits({ liveTrading: false }, live()), word: 'blocks', says: 'Live trading is switched off in the configuration.' },
    { it: 'refuses arming a paper account, too, while it is off', action: anyAction({ kind: 'arm_live', accountId, until: '2024-06-03T10:00:00Z' }), given: passingSnapshot(), word: 'blocks' },
    { it: 'refuses arming into the past', action: anyAction({ kind: 'arm_live', accountId, until: '2024-06-03T05:00:00Z' }), given: live(), word: 'blocks', says: 'The end of the arming lies in the past.' },
    { it: 'lets an account go live where the configuration allows it', action: anyAction({ kind: 'account_mode', accountId, mode: 'live', broker: 'upstox' }), given: live(), word: 'passes', says: 'Live trading is allowed by the configuration.' },
    { it: 'suggests no arming for what arms', action: anyAction({ kind: 'arm_live', accountId, until: '2024-06-03T05:00:00Z' }), given: live(), word: 'blocks', nearest: null },
    { it: 'suggests no arming in a simulated world', action: enterAction(), given: { ...live(), world: { kind: 'sim', label: 'SIMULATED' } }, word: 'blocks', nearest: null },
    { it: 'says where an account goes', action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: passingSnapshot(), word: 'passes', says: 'Goes to paper.' },
    { it: 'says on what it trades', action: enterAction(), given: passingSnapshot(), word: 'passes', says: 'The account SIP trades on paper.' },
    { it: 'lets arming through where it is allowed', action: anyAction({ kind: 'arm_live', accountId, until: '2024-06-03T10:00:00Z' }), given: live(), word: 'passes' },
    { it: 'lets an account go back to paper', action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: live(), word: 'passes' },
    { it: 'refuses going live in a simulated world', action: anyAction({ kind: 'account_mode', accountId, mode: 'live', broker: 'upstox' }), given: withLimits({ liveTrading: true }), word: 'blocks' },
    { it: 'blocks when the account is not known', action: enterAction(), given: passingSnapshot({ account: missing('no such row') }), word: 'blocks', missing: true },
  ]);

  promises('recovery', [
    { it: 'lets a person resume what a person paused', action: resume, given: withSwitches({ account: 'REDUCING' }), word: 'does not apply' },
    { it: 'refuses to resume a circuit breaker while nobody knows how the account stands', action: resume, given: tripped('MAX_DAILY_LOSS'), word: 'blocks', says: /not known/ },
    { it: 'resumes below 15 % drawdown', action: resume, given: recovered({ drawdownPercent: 14.99 }), word: 'passes' },
    { it: 'does not resume at 15 % drawdown with two wins and a Sharpe of 0.3', action: resume, given: recovered({ drawdownPercent: 15, consecutiveWins: 2, sharpe7d: 0.3 }), word: 'blocks' },
    { it: 'resumes after three wins', action: resume, given: recovered({ drawdownPercent: 20, consecutiveWins: 3 }), word: 'passes' },
    { it: 'resumes with a Sharpe above 0.3', action: resume, given: recovered({ sharpe7d: 0.31 }), word: 'passes' },
    { it: 'asks for no recovery after stale data', action: resume, given: tripped('STALE_DATA'), word: 'passes' },
    { it: 'refuses while the kill file lies there', action: resume, given: withSwitches({ killFile: { state: 'MALFORMED' } }), word: 'blocks', says: 'The kill file is still there; remove it first.', nearest: { change: 'command', say: 'remove the kill file' } },
    { it: 'has nothing to suggest against a loss that is not won back', action: resume, given: recovered({ drawdownPercent: 20 }), word: 'blocks', says: /Drawdown|drawdown/, nearest: null },
    { it: "resumes an account while the desk's own switch has recovered", action: resume, given: { ...recovered({ drawdownPercent: 5 }), switches: withSwitches({ tripped: [{ type: 'MAX_DAILY_LOSS', scope: 'desk', value: 3, at: now }] }).switches }, word: 'passes', says: 'The conditions for resuming are met.' },
    { it: "does not ask an account's recovery to resume the desk", action: anyAction({ kind: 'resume' }), given: tripped('MAX_DAILY_LOSS'), word: 'does not apply' },
    { it: "asks the desk's", action: anyAction({ kind: 'resume' }), given: withSwitches({ tripped: [{ type: 'MAX_DAILY_LOSS', scope: 'desk', value: 3, at: now }] }), word: 'blocks', says: 'nobody measured it' },
    { it: 'judges a reset by its own switch', action: anyAction({ kind: 'kill_switch_reset', accountId, switchType: 'MAX_DAILY_LOSS' }), given: tripped('MAX_DAILY_LOSS'), word: 'blocks' },
    { it: 'judges a reset by its own switch alone', action: anyAction({ kind: 'kill_switch_reset', accountId, switchType: 'STALE_DATA' }), given: tripped('MAX_DAILY_LOSS'), word: 'does not apply' },
  ]);

  promises('mandate_consistent', [
    { it: 'takes terms that agree', action: anyAction({ kind: 'mandate_change', accountId, terms: mandateTerms(), summary: '', assumptionLog: [] }), given: passingSnapshot(), word: 'passes' },
    { it: 'takes a single horizon, and one position for a sector', action: anyAction({ kind: 'mandate_change', accountId, terms: mandateTerms({ horizonMinDays: 30, maxPositionPercent: 40 }), summary: '', assumptionLog: [] }), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses a shortest horizon above the longest', action: anyAction({ kind: 'mandate_change', accountId, terms: mandateTerms({ horizonMinDays: 31 }), summary: '', assumptionLog: [] }), given: passingSnapshot(), word: 'blocks', says: 'The shortest horizon (31 days) is longer than the longest (30).' },
    { it: 'warns of a position cap above the sector cap', action: anyAction({ kind: 'mandate_change', accountId, terms: mandateTerms({ maxPositionPercent: 41 }), summary: '', assumptionLog: [] }), given: passingSnapshot(), word: 'warns', says: 'One position may be 41 % but its sector only 40 %.' },
  ]);
});

describe('what is there to be left, cancelled or moved', () => {
  promises('position_covers', [
    { it: 'lets all of a position go', action: exitAction(), given: holding(), word: 'passes', says: 'Takes 40 of 40 INFY held.' },
    { it: 'says how much is leaving already', action: reduceAction({ quantity: 30 }), given: { ...holding(), openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL' })]) }, word: 'passes', says: 'Takes 30 of 40 INFY held, 10 of them leaving already.' },
    { it: 'suggests nothing of a position that is not the one', action: exitAction(), given: holding({ symbol: 'TCS' }), word: 'blocks', nearest: null },
    { it: 'refuses to leave what is closed', action: exitAction(), given: holding({ quantity: 0 }), word: 'blocks', says: 'There is no open position in INFY under this number.', nearest: null },
    { it: 'refuses to leave what is not there', action: exitAction(), given: passingSnapshot(), word: 'blocks', says: 'There is no open position in INFY under this number.', nearest: null },
    { it: "does not count another account's exit", action: exitAction(), given: { ...holding(), openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL', accountId: otherAccountId })]) }, word: 'passes' },
    { it: 'does not count what is cleared of another symbol', action: exitAction(), given: { ...holding(), committed: [{ actionId: 'x', symbol: 'TCS', sector: null, valueMinor: 0, riskMinor: 0, exitQuantity: 10 }] }, word: 'passes' },
    { it: 'lets the last share go', action: reduceAction({ quantity: 40 }), given: holding(), word: 'passes' },
    { it: 'refuses one share more than is held', action: reduceAction({ quantity: 41 }), given: holding(), word: 'blocks', nearest: { change: 'quantity', quantity: 40 } },
    { it: 'counts an exit that is working already', action: reduceAction({ quantity: 31 }), given: { ...holding(), openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL' })]) }, word: 'blocks', nearest: { change: 'quantity', quantity: 30 } },
    { it: 'counts an exit that is cleared but not yet sent', action: reduceAction({ quantity: 31 }), given: { ...holding(), committed: [{ actionId: 'x', symbol: 'INFY', sector: null, valueMinor: 0, riskMinor: 0, exitQuantity: 10 }] }, word: 'blocks' },
    { it: 'does not count the stop and the target', action: exitAction(), given: { ...holding(), openOrders: fact([openOrder({ category: 'STOP_LOSS', side: 'SELL', remainingQuantity: 40 })]) }, word: 'passes' },
    { it: 'refuses to leave what is leaving whole', action: exitAction(), given: { ...holding(), openOrders: fact([openOrder({ category: 'EXIT', side: 'SELL', remainingQuantity: 40 })]) }, word: 'blocks', says: /leaving already/ },
    { it: 'lets a short position be bought back', action: reduceAction({ quantity: 40 }), given: holding({ quantity: -40 }), word: 'passes' },
    { it: "refuses somebody else's position", action: exitAction(), given: holding({ accountId: otherAccountId }), word: 'blocks' },
    { it: 'refuses a position in another symbol', action: exitAction(), given: holding({ symbol: 'TCS' }), word: 'blocks', says: /in TCS, not INFY/ },
    { it: 'blocks when nobody knows what is held', action: exitAction(), given: passingSnapshot({ positions: missing('broker did not say') }), word: 'blocks', missing: true },
    { it: 'blocks when nobody knows what is on order', action: exitAction(), given: { ...holding(), openOrders: missing('broker did not say') }, word: 'blocks', missing: true },
  ]);

  promises('order_known', [
    { it: 'finds the order that is to be cancelled', action: cancelAction(), given: passingSnapshot({ openOrders: fact([openOrder()]) }), word: 'passes', says: 'The order in INFY is open.' },
    { it: 'refuses to cancel what has filled', action: cancelAction(), given: passingSnapshot(), word: 'blocks', says: 'There is no open order under this number: it has filled, or was cancelled.' },
    { it: "refuses to cancel somebody else's order", action: cancelAction(), given: passingSnapshot({ openOrders: fact([openOrder({ accountId: otherAccountId })]) }), word: 'blocks' },
    { it: 'finds the position whose stop moves', action: modifyAction(), given: holding(), word: 'passes', says: 'The position in INFY is open.' },
    { it: 'refuses to move the stop of what is closed', action: modifyAction(), given: holding({ quantity: 0 }), word: 'blocks' },
    { it: 'refuses to move the stop of nothing', action: modifyAction(), given: passingSnapshot(), word: 'blocks', says: 'There is no open position under this number.' },
    { it: 'finds the order that is to be moved', action: modifyAction({ positionId: undefined, orderId, stop: undefined, limitPrice: '1480' }), given: passingSnapshot({ openOrders: fact([openOrder()]) }), word: 'passes' },
    { it: 'blocks when nobody knows what is on order', action: cancelAction(), given: passingSnapshot({ openOrders: missing('broker did not say') }), word: 'blocks', missing: true },
    { it: 'blocks when nobody knows what is held', action: modifyAction(), given: passingSnapshot({ positions: missing('broker did not say') }), word: 'blocks', missing: true },
  ]);

  promises('account_flat', [
    { it: 'lets a flat account change its broker', action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: passingSnapshot(), word: 'passes' },
    { it: 'refuses with a position open', action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: holding(), word: 'blocks', nearest: { change: 'command', say: 'close all' } },
    { it: "does not mind another account's position and order, nor one that is closed", action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: passingSnapshot({ positions: fact([position({ accountId: otherAccountId }), position({ quantity: 0 })]), openOrders: fact([openOrder({ accountId: otherAccountId })]) }), word: 'passes' },
    { it: 'refuses with an order open', action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: passingSnapshot({ openOrders: fact([openOrder()]) }), word: 'blocks', says: '0 positions and 1 order are open' },
    { it: 'counts both', action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: { ...holding(), openOrders: fact([openOrder()]) }, word: 'blocks', says: '1 position and 1 order are open' },
    { it: 'blocks when nobody knows what is on order', action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: passingSnapshot({ openOrders: missing('unknown') }), word: 'blocks', missing: true, says: 'What is on order is not known' },
    { it: 'blocks when nobody knows the account', action: anyAction({ kind: 'account_reset', accountId, openingBalanceMinor: 1 }), given: passingSnapshot({ account: missing('no such row') }), word: 'blocks', missing: true, says: 'The account is not known' },
    { it: 'starts over on paper even with positions', action: anyAction({ kind: 'account_reset', accountId, openingBalanceMinor: 1 }), given: holding(), word: 'passes' },
    { it: 'never starts a live account over', action: anyAction({ kind: 'account_reset', accountId, openingBalanceMinor: 1 }), given: live(), word: 'blocks', says: 'Only a paper account can start over.', nearest: null },
    { it: 'blocks when nobody knows what is held', action: anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' }), given: passingSnapshot({ positions: missing('unknown') }), word: 'blocks', missing: true },
  ]);

  promises('live_arming', [{ it: 'does not hold up closing everything', action: closeAllAction(), given: live({}, holding()), word: 'warns' }]);
});
