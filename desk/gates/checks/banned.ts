import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { fails, lacks, passes, reasonOf } from '../outcomes.ts';

/** The exchange's own list of symbols in which nothing may be opened. */
export const banned = defineCheck({
  id: 'banned', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'WARN', reads: ['instruments.banned'],
  evaluate(snapshot, action) {
    const symbol = action.kind === 'enter' ? action.symbol : action.underlying;
    const fact = instrumentOf(snapshot, symbol)?.banned;
    if (!fact?.known) return lacks(`Whether ${symbol} is on the exchange's ban list`, reasonOf(fact));
    return fact.value ? fails(`${symbol} is on the exchange's ban list (${fact.source}).`) : passes(`${symbol} is not on the exchange's ban list.`);
  },
});
