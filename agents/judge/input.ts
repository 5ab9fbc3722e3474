import type { Quote } from '../../desk/market/types.ts';
import type { Comparables, SignalStrategy, ThesisBullet } from '../../desk/signals/define.ts';

/**
 * What the judge weighs: figures that the desk computed, and typed fields of the event behind it. No words from outside the
 * desk are among them, so nothing in a filing or headline can speak to the judge.
 */
export interface JudgeInput {
  symbol: string;
  strategy: SignalStrategy;
  horizonDays: number;
  /** The reasons with their evidence, most important first. */
  bullets: readonly ThesisBullet[];
  /** 0–1. */
  confidence: number;
  /** After charges, percent. */
  netEdgePercent: number;
  rewardRisk: number;
  comparables: Comparables;
  sector: string | null;
  sectorAfterPercent: number; sectorLimitPercent: number;
  /** The nearest listed event within the horizon, outside the blackout; null: none that is known. */
  nextEvent: { what: string; tradingDaysAway: number } | null;
  /** Whether a calendar of results reaches that far for the symbol. */
  calendarKnown: boolean;
  spreadFrom: Quote['spreadFrom'];
  /** Since the close that completed the set-up, percent. */
  movedPercent: number;
  trust: number;
  /** Of earlier set-ups that were trusted so far, how many in a hundred reached the target before stop and time; null: too few are known. */
  targetChancePercent: number | null;
  boundBy: string;
  /** Place in the account's ranking, first is 1, and what it is ranked by. */
  rank: number;
  objective: 'MAX_PROFIT' | 'RISK_MINIMIZED' | 'BALANCED';
}
