import { formatCount } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { atLeast, lacks, reasonOf } from '../outcomes.ts';

/** The mandate's least average volume, shares a day. Here the limit is a floor: headroom below zero is room. */
export const liquidityAdvFloor = defineCheck({
  id: 'liquidity_adv_floor', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.averageDailyVolume20', 'mandate.liquidityFloorAdv'],
  evaluate(snapshot, { symbol }) {
    const volume = instrumentOf(snapshot, symbol)?.averageDailyVolume20;
    if (!volume?.known) return lacks(`The average volume of ${symbol}`, reasonOf(volume));
    if (!snapshot.mandate.known) return lacks("The account's mandate", reasonOf(snapshot.mandate));
    const limit = snapshot.mandate.value.liquidityFloorAdv;
    return atLeast({ measured: volume.value, limit, unit: 'shares', message: `${symbol} trades ${formatCount(Math.round(volume.value))} shares a day on average; the mandate asks for ${formatCount(limit)}.` });
  },
});
