import { tradingDate, type TradingDate } from '../../time.ts';
import { type Dated, heldOn } from './dated.ts';

/**
 * Lots and freeze quantities of index derivatives, in units of the index. Only the month that a file of the exchange attests
 * is covered (a freeze list that names no day: its year). A lot also depends on the contract's expiry, so for other days
 * nothing is said.
 */
const attested = (from: string, to: string, value: number, source: string): Dated<number> =>
  ({ validFrom: tradingDate(from), validTo: tradingDate(to), value, source });

const LOTS_2025 = 'NSE fo_mktlots.csv, October 2025';
const UDIFF_2026 = 'NSE F&O bhavcopy of 22 July 2026, NewBrdLotQty';
const FREEZE_2026 = 'NSE qtyfreeze, 2026';

const lots: Record<string, readonly Dated<number>[]> = {
  NIFTY: [attested('2025-10-01', '2025-10-31', 75, LOTS_2025), attested('2026-07-01', '2026-07-31', 65, UDIFF_2026)],
  BANKNIFTY: [attested('2023-06-01', '2023-06-29', 25, 'NSE contracts of expiry 29 June 2023'), attested('2025-10-01', '2025-10-31', 35, LOTS_2025), attested('2026-07-01', '2026-07-31', 30, UDIFF_2026)],
  FINNIFTY: [attested('2025-10-01', '2025-10-31', 65, LOTS_2025)],
  MIDCPNIFTY: [attested('2025-10-01', '2025-10-31', 140, LOTS_2025)],
  NIFTYNXT50: [attested('2025-10-01', '2025-10-31', 25, LOTS_2025)],
};
const freezes: Record<string, readonly Dated<number>[]> = {
  NIFTY: [attested('2026-01-01', '2026-12-31', 1800, FREEZE_2026)],
  BANKNIFTY: [attested('2026-01-01', '2026-12-31', 600, FREEZE_2026)],
  FINNIFTY: [attested('2026-01-01', '2026-12-31', 1200, FREEZE_2026)],
  MIDCPNIFTY: [attested('2026-01-01', '2026-12-31', 2800, FREEZE_2026)],
  NIFTYNXT50: [attested('2026-01-01', '2026-12-31', 600, FREEZE_2026)],
};

export const indexLot = (underlying: string, on: TradingDate): number | undefined => (Object.hasOwn(lots, underlying) ? heldOn(lots[underlying], on)?.value : undefined);
/** Largest single order that the exchange takes. */
export const freezeQuantity = (underlying: string, on: TradingDate): number | undefined => (Object.hasOwn(freezes, underlying) ? heldOn(freezes[underlying], on)?.value : undefined);
