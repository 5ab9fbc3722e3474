import { formatCount } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { fails, lacks, passes } from '../outcomes.ts';

/** Whole lots only. */
export const lotSize = defineCheck({
  id: 'lot_size', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.lotSize'],
  evaluate(snapshot, { symbol, quantity }) {
    const lot = instrumentOf(snapshot, symbol)?.lotSize;
    if (lot === undefined || !(lot > 0)) return lacks(`The lot of ${symbol}`, 'the symbol is not among the instruments that were read');
    return quantity % lot === 0 ? passes(`${formatCount(quantity)} is whole lots of ${formatCount(lot)}.`) : fails(`${formatCount(quantity)} is not whole lots of ${formatCount(lot)}.`);
  },
  nearestPass(snapshot, { symbol, quantity }) {
    const lot = instrumentOf(snapshot, symbol)?.lotSize ?? 1;
    return { change: 'quantity', quantity: Math.max(1, Math.floor(quantity / lot)) * lot };
  },
});
