import type { Check } from './define.ts';
import { accountFlat } from './checks/account-flat.ts';
import { accountKnown } from './checks/account-known.ts';
import { accountStatus } from './checks/account-status.ts';
import { banned } from './checks/banned.ts';
import { bracketSane } from './checks/bracket-sane.ts';
import { brokerReachable } from './checks/broker-reachable.ts';
import { buyingPower, buyingPowerOnce } from './checks/buying-power.ts';
import { cashAvailable } from './checks/cash-available.ts';
import { catalystFreshness } from './checks/catalyst-freshness.ts';
import { deskState } from './checks/desk-state.ts';
import { duplicateOrder } from './checks/duplicate-order.ts';
import { entryCondition } from './checks/entry-condition.ts';
import { eventWindow } from './checks/event-window.ts';
import { exposureCluster } from './checks/exposure-cluster.ts';
import { exposureGross } from './checks/exposure-gross.ts';
import { exposureNet, exposureNetOnce } from './checks/exposure-net.ts';
import { exposureSectorKnown } from './checks/exposure-sector-known.ts';
import { exposureSingleName } from './checks/exposure-single-name.ts';
import { exposure } from './checks/exposure.ts';
import { fatFingerBracket } from './checks/fat-finger-bracket.ts';
import { fatFinger } from './checks/fat-finger.ts';
import { freezeQuantity } from './checks/freeze-quantity.ts';
import { horizon } from './checks/horizon.ts';
import { lateAdjustment } from './checks/late-adjustment.ts';
import { partedShares } from './checks/parted-shares.ts';
import { liquidityAdvFloor } from './checks/liquidity-adv-floor.ts';
import { liquiditySpread } from './checks/liquidity-spread.ts';
import { liquidity } from './checks/liquidity.ts';
import { liveArming } from './checks/live-arming.ts';
import { limitValue } from './checks/limit-value.ts';
import { lotSize } from './checks/lot-size.ts';
import { mandateBans } from './checks/mandate-bans.ts';
import { mandateConsistent } from './checks/mandate-consistent.ts';
import { mandatePresent } from './checks/mandate-present.ts';
import { margin, marginOnce } from './checks/margin.ts';
import { marketCap } from './checks/market-cap.ts';
import { marketHours } from './checks/market-hours.ts';
import { nakedShort } from './checks/naked-short.ts';
import { nothingOpen } from './checks/nothing-open.ts';
import { optionClosing } from './checks/option-closing.ts';
import { optionContract } from './checks/option-contract.ts';
import { optionExpiry } from './checks/option-expiry.ts';
import { optionLiquidity } from './checks/option-liquidity.ts';
import { optionPrice } from './checks/option-price.ts';
import { optionsEnabled } from './checks/options-enabled.ts';
import { orderKnown } from './checks/order-known.ts';
import { orderRate } from './checks/order-rate.ts';
import { positionCovers } from './checks/position-covers.ts';
import { positionSizeCount } from './checks/position-size-count.ts';
import { positionSizeValue } from './checks/position-size-value.ts';
import { positionSize } from './checks/position-size.ts';
import { priceBand } from './checks/price-band.ts';
import { recovery } from './checks/recovery.ts';
import { regime } from './checks/regime.ts';
import { rights } from './checks/rights.ts';
import { shortDelivery } from './checks/short-delivery.ts';
import { similarSetups } from './checks/similar-setups.ts';
import { staleData } from './checks/stale-data.ts';
import { strategyAllowed } from './checks/strategy-allowed.ts';
import { structureMaxLoss } from './checks/structure-max-loss.ts';
import { switchRule } from './checks/switch-rule.ts';
import { switchesTripped } from './checks/switches-tripped.ts';
import { tickSize } from './checks/tick-size.ts';
import { transferPolicy } from './checks/transfer-policy.ts';
import { reworded } from './reworded.ts';

/**
 * Every check there is, in the order of the report: who and whether at all, the order itself, the market, the size,
 * the surroundings, options, money. A changed rule comes in as a new file with the next version; the old one moves to `retired`.
 */
export const checks: readonly Check[] = Object.freeze([
  rights, accountKnown, accountStatus, mandatePresent, deskState, switchesTripped, liveArming, recovery,
  marketHours, brokerReachable, positionCovers, orderKnown, duplicateOrder, orderRate,
  staleData, banned, mandateBans, strategyAllowed, horizon, shortDelivery,
  bracketSane, tickSize, lotSize, freezeQuantity, priceBand, fatFinger, fatFingerBracket, entryCondition,
  liquidity, liquidityAdvFloor, liquiditySpread, marketCap,
  positionSize, positionSizeValue, positionSizeCount,
  exposure, exposureSectorKnown, exposureSingleName, exposureGross, exposureNet, exposureCluster,
  eventWindow, regime, catalystFreshness, similarSetups, buyingPower,
  optionsEnabled, optionContract, optionClosing, optionPrice, optionLiquidity, optionExpiry, structureMaxLoss, nakedShort, margin,
  cashAvailable, transferPolicy, accountFlat, nothingOpen, mandateConsistent, limitValue, switchRule, lateAdjustment, partedShares,
]);

/** Versions that are no longer in force but that recorded reports refer to. */
const retired: readonly Check[] = Object.freeze([buyingPowerOnce, exposureNetOnce, marginOnce, ...reworded]);

/**
 * The table as it was for a recorded report, by the ids and versions of its lines, in their order; the first that is
 * missing otherwise. A replay runs these, never today's.
 */
export function checksOf(lines: readonly { id: string; version: number }[]): { ok: true; checks: readonly Check[] } | { ok: false; missing: { id: string; version: number } } {
  const found: Check[] = [];
  for (const line of lines) {
    const check = [...checks, ...retired].find(({ id, version }) => id === line.id && version === line.version);
    if (!check) return { ok: false, missing: { id: line.id, version: line.version } };
    found.push(check);
  }
  return { ok: true, checks: found };
}
