import { defineCheck } from '../define.ts';
import { fails, lacks, passes } from '../outcomes.ts';

/** Real money moves only with the configuration's consent and a person's, for a limited time. Paper needs neither. */
export const liveArming = defineCheck({
  id: 'live_arming', version: 1, appliesTo: ['enter', 'option_structure', 'exit', 'reduce', 'close_all', 'arm_live', 'account_mode'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK',
  reads: ['account', 'limits.liveTrading', 'world', 'takenAt'],
  evaluate({ account, limits, world, takenAt }, action) {
    if (!account.known) return lacks('The account', account.reason);
    const { mode, liveArmedUntil, name } = account.value;
    const goesLive = action.kind === 'arm_live' || (action.kind === 'account_mode' && action.mode === 'live');
    if (!goesLive && (mode === 'paper' || action.kind === 'account_mode')) return passes(action.kind === 'account_mode' ? 'Goes to paper.' : `The account ${name} trades on paper.`);
    if (!limits.liveTrading) return fails('Live trading is switched off in the configuration.');
    if (world.kind !== 'live') return fails(`The market here is ${world.label}, so nothing goes to a live broker.`);
    if (action.kind === 'arm_live') return action.until > takenAt ? passes('Live trading is allowed by the configuration.') : fails('The end of the arming lies in the past.');
    if (goesLive) return passes('Live trading is allowed by the configuration.');
    return liveArmedUntil !== null && liveArmedUntil > takenAt ? passes(`The account ${name} is armed for live trading.`) : fails(`The account ${name} is not armed for live trading.`);
  },
  nearestPass: ({ limits, world }, { kind }) => (limits.liveTrading && world.kind === 'live' && (kind === 'enter' || kind === 'option_structure') ? { change: 'command', say: 'arm live trading' } : null),
});
