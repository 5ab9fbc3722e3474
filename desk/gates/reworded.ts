import { accountFlat } from './checks/account-flat.ts';
import { catalystFreshness } from './checks/catalyst-freshness.ts';
import { horizon } from './checks/horizon.ts';
import { liquidity } from './checks/liquidity.ts';
import { orderRate } from './checks/order-rate.ts';
import { positionSizeCount } from './checks/position-size-count.ts';
import { rights } from './checks/rights.ts';
import { staleData } from './checks/stale-data.ts';
import type { Check } from './define.ts';

/** A check that judged as it does now and spoke otherwise: a recorded report keeps the sentence of its day. */
const spokenOnce = (check: Check, version: number, before: (sentence: string) => string): Check => Object.freeze({
  ...check, version,
  evaluate(snapshot, action) { const outcome = check.evaluate(snapshot, action); return { ...outcome, message: before(outcome.message) }; },
} satisfies Check);

/** Version 1 of these knew no singular, some of them no separators either. */
const pluralAlways = (sentence: string): string => sentence.replace(/(?<![\d.,])1 (day|hour|order|position|second|share)\b/g, '1 $1s');
const ungrouped = (sentence: string): string => pluralAlways(sentence.replace(/(?<=\d),(?=\d)/g, ''));
export const reworded: readonly Check[] = [
  ...[catalystFreshness, liquidity].map((check) => spokenOnce(check, 1, pluralAlways)),
  ...[accountFlat, horizon, orderRate, positionSizeCount, staleData].map((check) => spokenOnce(check, 1, ungrouped)),
  spokenOnce(rights, 1, (sentence) => sentence.replace(/^An owner /, 'A owner ')),
];
