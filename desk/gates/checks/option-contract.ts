import { formatCount } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { fails, lacks, passes } from '../outcomes.ts';
import { indexLot } from '../rules/index-derivatives.ts';

/** Every leg is a contract that still lives and has the exchange's lot. */
export const optionContract = defineCheck({
  id: 'option_contract', version: 1, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'WARN', reads: ['instruments.lotSize', 'marketDate'],
  evaluate(snapshot, { legs, underlying }) {
    let unknown: string | null = null;
    for (const leg of legs) {
      if (leg.expiry < snapshot.marketDate) return fails(`${leg.symbol} expired on ${leg.expiry}.`);
      const lot = instrumentOf(snapshot, leg.symbol)?.lotSize ?? indexLot(underlying, snapshot.marketDate);
      if (lot === undefined) unknown = leg.symbol;
      else if (lot !== leg.lotSize) return fails(`The lot of ${leg.symbol} is ${formatCount(lot)}, not ${formatCount(leg.lotSize)}.`);
    }
    return unknown === null ? passes('All contracts are alive and have the right lot.') : lacks(`The lot of ${unknown}`, 'no table covers the day');
  },
});
