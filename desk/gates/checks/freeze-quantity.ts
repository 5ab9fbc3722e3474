import { formatCount } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { atMost, notApplicable, passes } from '../outcomes.ts';
import { freezeQuantity as freezeOn } from '../rules/index-derivatives.ts';

/** The exchange freezes a single order above this. Entries in shares are not sliced to get round it; exits and the legs of structures are (see intents). */
export const freezeQuantity = defineCheck({
  id: 'freeze_quantity', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'WARN', reads: ['instruments.freezeQuantity', 'marketDate'], growsWithQuantity: true,
  evaluate(snapshot, action) {
    if (action.kind === 'enter') {
      const limit = instrumentOf(snapshot, action.symbol)?.freezeQuantity ?? null;
      if (limit === null) return notApplicable(`${action.symbol} has no freeze quantity.`);
      return atMost({ measured: action.quantity, limit, unit: 'shares', message: `One order of ${formatCount(action.quantity)}; the exchange takes ${formatCount(limit)} at once.` });
    }
    const sliced = action.legs.filter(({ symbol, lots, lotSize }) => {
      const limit = instrumentOf(snapshot, symbol)?.freezeQuantity ?? freezeOn(action.underlying, snapshot.marketDate);
      return limit !== undefined && lots * lotSize > limit;
    });
    return passes(sliced.length === 0 ? 'Every leg goes in one order.' : `${sliced.map(({ symbol }) => symbol).join(', ')} ${sliced.length === 1 ? 'goes' : 'go'} in slices under the exchange's freeze quantity.`);
  },
});
