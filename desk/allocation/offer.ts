import type { ActionOf } from '../actions/types.ts';
import type { Decimal, Minor } from '../decimal.ts';
import type { Quote } from '../market/types.ts';
import type { Signal } from '../signals/define.ts';
import type { PlaybookEffect } from '../playbooks/effect.ts';
import type { CalibratedLabel } from '../signals/calibration.ts';
import type { TradingDate } from '../time.ts';
import type { LimitName } from './size.ts';

/** A listed event of a symbol, as near as the calendar tells. */
export interface ScheduledNear { kind: string; purpose: string; date: TradingDate; tradingDaysAway: number }

/** A signal with what can be had for it now. */
export interface Offer {
  signal: Signal;
  label: CalibratedLabel;
  /** Null where nobody knows a price. */
  quote: Quote | null;
  lotSize: number;
  tickSize: Decimal;
  /** In units of the currency; null where no source gives it. */
  marketCap: number | null;
  /** Coming events that are listed. */
  scheduled: readonly ScheduledNear[];
  /** What playbooks say of it in this account. */
  playbook: PlaybookEffect;
}

/** Before any account's playbooks have been asked. */
export type BareOffer = Omit<Offer, 'playbook'>;

/** An entry that fits the account, ready to be judged and proposed. */
export interface Candidate {
  action: ActionOf<'enter'>;
  offer: Offer;
  /** What it was ranked by. */
  score: number;
  /** After charges, percent. */
  netEdgePercent: number;
  valueMinor: Minor;
  /** Loss at the stop with charges, gain at the target after them. */
  riskMinor: Minor;
  rewardMinor: Minor;
  chargesMinor: Minor;
  /** Distance of the target over that of the stop. */
  rewardRisk: number;
  /** The limit that kept it from being larger. */
  boundBy: LimitName;
  /** Of equity once this is filled, with the limit that it is held against. */
  sectorAfterPercent: number;
  sectorLimitPercent: number;
}

export interface Rejection { symbol: string; strategy: string; /** Machine word of the rule. */ code: string; /** One sentence for people. */ reason: string; score: number }
