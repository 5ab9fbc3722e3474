import { z } from 'zod';
import type { SpanMargin, SpanSettings } from '../desk/options/structures/span-margin.ts';

export const MarginDetail = z.object({
  scanRisk: z.number(), netOptionValue: z.number(), exposure: z.number(), standalone: z.number(), hedgeBenefit: z.number(), worstScenario: z.int(), priceScanPercent: z.number(), volatilityScanPoints: z.number(), text: z.string(),
  advice: z.string().describe('its larger part, and what lowers it'),
});

const toHundredth = (value: number): number => Math.round(value * 100) / 100;

/** What a margin is made of, in currency, with what would make it less. */
export function marginDetailOf(margin: SpanMargin, { spot, priceScanRange, volatilityScanRange }: SpanSettings): z.output<typeof MarginDetail> {
  const exposureLeads = margin.exposure > margin.scanRisk - margin.netOptionValue;
  return {
    scanRisk: toHundredth(margin.scanRisk), netOptionValue: toHundredth(margin.netOptionValue), exposure: toHundredth(margin.exposure), standalone: toHundredth(margin.standalone), hedgeBenefit: toHundredth(margin.hedgeBenefit), worstScenario: margin.worstScenario,
    priceScanPercent: (100 * priceScanRange) / spot, volatilityScanPoints: 100 * volatilityScanRange, text: 'an estimate in the manner of SPAN; the exchange’s own file is not read',
    advice: margin.total === 0 ? 'What is only bought needs no margin: its price is all that it can lose'
      : exposureLeads ? 'Most of it is the exposure margin, a share of what the sold options are on: fewer lots, or selling on one side only, lowers it; nearer wings do not'
      : 'Most of it is the worst move: nearer wings, bought options or fewer lots lower it',
  };
}
