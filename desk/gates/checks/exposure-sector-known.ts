import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { lacks, passes, reasonOf } from '../outcomes.ts';

/** A symbol without a sector counts in one of its own, and that is said. */
export const exposureSectorKnown = defineCheck({
  id: 'exposure_sector_known', version: 1, appliesTo: ['enter'], structural: false, severity: 'WARN', whenMissing: 'WARN', reads: ['instruments.sector'],
  evaluate(snapshot, { symbol }) {
    const sector = instrumentOf(snapshot, symbol)?.sector;
    return sector?.known ? passes(`${symbol} is in ${sector.value}.`) : lacks(`The sector of ${symbol}, which counts in a sector of its own,`, reasonOf(sector));
  },
});
