import { type Minor, valueMinor } from '../decimal.ts';
import type { TradingDate } from '../time.ts';

export interface RiskHolding { symbol: string; sector: string | null; /** Signed. */ quantity: number; costMinor: Minor; last: number | null; stop: number | null; openedToday: boolean }
/** What an account is at one moment, read once. */
export interface AccountPulse {
  cashMinor: Minor | null;
  /** Put in from outside and from other accounts, less what was taken out. */
  contributedMinor: Minor;
  holdings: readonly RiskHolding[];
  /** What shares of parted companies are expected to be worth until they are credited: neither gained nor lost by a demerger. */
  expectedMinor: Minor;
  /** Closed today, after charges. */
  realisedTodayMinor: Minor;
}
/** What the reading before left behind. */
export interface RiskMemory { day: TradingDate; pnlMinor: Minor | null; dayStartPnlMinor: Minor | null; peakPnlMinor: Minor | null; dailyMaxDrawdownMinor: Minor | null }

/** Profits are since the account began, apart from money that came or went; drawdowns from the highest profit so far, above zero. Null: not known, and `missing` says why. */
export interface RiskState {
  equityMinor: Minor | null; pnlMinor: Minor | null; dayStartPnlMinor: Minor | null; dayStartEquityMinor: Minor | null; peakPnlMinor: Minor | null;
  totalOpenRiskMinor: Minor | null; unrealisedMinor: Minor | null; openPositions: number; dailyNewRiskMinor: Minor | null; dailyRealisedMinor: Minor;
  drawdownMinor: Minor | null; drawdownPercent: number | null; dailyMaxDrawdownMinor: Minor | null;
  /** Percent of equity by sector; a symbol without one counts in a sector of its own. */
  sectorExposures: Record<string, number>;
  missing: string[];
}

const worth = ({ last, quantity }: RiskHolding): Minor | null => (last === null ? null : valueMinor(last, quantity));
/** From the last price to the stop, the whole value without one; null for a short without a stop, which has no bound. */
function openRisk({ last, stop, quantity }: RiskHolding): Minor | null {
  if (last === null) return null;
  if (stop === null) return quantity > 0 ? valueMinor(last, quantity) : null;
  return Math.max(0, valueMinor(last - stop, quantity));
}
const total = (values: readonly (Minor | null)[]): Minor | null => values.reduce<Minor | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);

/**
 * The risk of an account now. Deposits and withdrawals move neither profit nor drawdown. The day starts where the day
 * before ended; an account without a past starts at nothing, so a first reading in mid-life counts what it made before as
 * its peak and none of it as today's.
 */
export function riskState({ pulse, memory, day }: { pulse: AccountPulse; memory: RiskMemory | null; day: TradingDate }): RiskState {
  const { holdings, cashMinor, contributedMinor } = pulse;
  const missing: string[] = [];
  const unpriced = holdings.filter(({ last }) => last === null).map(({ symbol }) => symbol);
  if (cashMinor === null) missing.push('the account has no ledger entries');
  if (unpriced.length > 0) missing.push(`no price is known for ${unpriced.join(', ')}`);
  const unbounded = holdings.filter((holding) => holding.last !== null && openRisk(holding) === null).map(({ symbol }) => symbol);
  if (unbounded.length > 0) missing.push(`${unbounded.join(', ')} is short without a stop: its risk has no bound`);
  const heldMinor = total(holdings.map(worth));
  const equityMinor = cashMinor === null || heldMinor === null ? null : cashMinor + heldMinor + pulse.expectedMinor;
  const pnlMinor = equityMinor === null ? null : equityMinor - contributedMinor;
  const sameDay = memory?.day === day;
  const dayStartPnlMinor = sameDay ? memory.dayStartPnlMinor ?? pnlMinor : memory ? memory.pnlMinor ?? pnlMinor : pnlMinor;
  const peakBefore = memory?.peakPnlMinor ?? 0;
  const peakPnlMinor = pnlMinor === null ? memory?.peakPnlMinor ?? null : Math.max(peakBefore, pnlMinor);
  const drawdownMinor = pnlMinor === null || peakPnlMinor === null ? null : peakPnlMinor - pnlMinor;
  const atPeak = peakPnlMinor === null ? null : contributedMinor + peakPnlMinor;
  const dailyBefore = sameDay ? memory.dailyMaxDrawdownMinor ?? 0 : 0;
  const fallToday = pnlMinor === null || dayStartPnlMinor === null ? null : Math.max(0, dayStartPnlMinor - pnlMinor);
  const sectorExposures: Record<string, number> = {};
  if (equityMinor !== null && equityMinor > 0) {
    for (const holding of holdings) {
      const sector = holding.sector ?? holding.symbol;
      sectorExposures[sector] = Math.round(((sectorExposures[sector] ?? 0) + (Math.abs(worth(holding) ?? 0) * 100) / equityMinor) * 1e4) / 1e4;
    }
  }
  return {
    equityMinor, pnlMinor, dayStartPnlMinor, dayStartEquityMinor: dayStartPnlMinor === null ? null : contributedMinor + dayStartPnlMinor, peakPnlMinor,
    totalOpenRiskMinor: total(holdings.map(openRisk)), unrealisedMinor: heldMinor === null ? null : heldMinor - holdings.reduce((sum, { costMinor }) => sum + costMinor, 0), openPositions: holdings.length,
    dailyNewRiskMinor: total(holdings.filter(({ openedToday }) => openedToday).map(openRisk)), dailyRealisedMinor: pulse.realisedTodayMinor,
    drawdownMinor, drawdownPercent: drawdownMinor === null || atPeak === null || atPeak <= 0 ? null : (drawdownMinor * 100) / atPeak,
    dailyMaxDrawdownMinor: fallToday === null ? (sameDay ? memory.dailyMaxDrawdownMinor : null) : Math.max(dailyBefore, fallToday), sectorExposures, missing,
  };
}

/** Losses without a gain between them, counted from the latest closed trade back. */
export function lossStreak(resultsLatestFirst: readonly Minor[]): number {
  const firstOther = resultsLatestFirst.findIndex((result) => result >= 0);
  return firstOther < 0 ? resultsLatestFirst.length : firstOther;
}
/** Gains without a loss between them, counted from the latest closed trade back. */
export function winStreak(resultsLatestFirst: readonly Minor[]): number {
  const firstOther = resultsLatestFirst.findIndex((result) => result <= 0);
  return firstOther < 0 ? resultsLatestFirst.length : firstOther;
}
