import { formatCount } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { atMost, lacks, notApplicable } from '../outcomes.ts';
import { freezeQuantity as freezeOn } from '../rules/index-derivatives.ts';

/** The exchange freezes a single order above this. Entries are not sliced to get round it; exits are (see intents). */
export const freezeQuantity = defineCheck({
  id: 'freeze_quantity', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'WARN', reads: ['instruments.freezeQuantity', 'marketDate'], growsWithQuantity: true,
  evaluate(snapshot, action) {
    if (action.kind === 'enter') {
      const limit = instrumentOf(snapshot, action.symbol)?.freezeQuantity ?? null;
      if (limit === null) return notApplicable(`${action.symbol} has no freeze quantity.`);
      return atMost({ measured: action.quantity, limit, unit: 'shares', message: `One order of ${formatCount(action.quantity)}; the exchange takes ${formatCount(limit)} at once.` });
    }
    let tightest: { measured: number; limit: number; symbol: string } | null = null;
    for (const leg of action.legs) {
      const limit = instrumentOf(snapshot, leg.symbol)?.freezeQuantity ?? freezeOn(action.underlying, snapshot.marketDate);
      if (limit === undefined) return lacks(`The freeze quantity of ${leg.symbol}`, 'no table covers the day');
      const measured = leg.lots * leg.lotSize;
      if (tightest === null || limit - measured < tightest.limit - tightest.measured) tightest = { measured, limit, symbol: leg.symbol };
    }
    if (tightest === null) return notApplicable('No legs.');
    return atMost({ measured: tightest.measured, limit: tightest.limit, unit: 'contracts', message: `${formatCount(tightest.measured)} of ${tightest.symbol} in one order; the exchange takes ${formatCount(tightest.limit)} at once.` });
  },
});
