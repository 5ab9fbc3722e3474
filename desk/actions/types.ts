import { z } from 'zod';
import { decimal, type Decimal } from '../decimal.ts';
import { instant, type Instant, type TradingDate, tradingDate } from '../time.ts';
import { FundingPlan } from '../treasury/funding-plan.ts';

/** No share costs a hundredth of this, and what this many shares are worth at it is still an exact number of the database, in minor units. */
const highestPrice = 10_000_000;
const largestQuantity = 1_000_000_000;

/**
 * Every change of state that anybody can propose. Nothing else changes state.
 * Prices are exact decimals, quantities whole shares or contracts, money integer minor units, times UTC instants.
 */
export const Price = z.union([z.string(), z.number()])
  .transform((value, context): Decimal => {
    try { return decimal(value); } catch { context.addIssue({ code: 'custom', message: 'not a price' }); return z.NEVER; }
  }).refine((value) => Number(value) > 0, 'a price is above zero').refine((value) => Number(value) <= highestPrice, 'a price is at most 10,000,000');
export const Quantity = z.int().positive().max(largestQuantity, 'a quantity is at most 1,000,000,000');
export const Amount = z.int().positive().describe('integer minor units (paise, cents)');
export const InstantText = z.string().transform((value, context): Instant => {
  try { return instant(value); } catch { context.addIssue({ code: 'custom', message: 'not a time' }); return z.NEVER; }
});
export const DateText = z.string().transform((value, context): TradingDate => {
  try { return tradingDate(value); } catch { context.addIssue({ code: 'custom', message: 'not a date' }); return z.NEVER; }
});
export const Uuid = z.uuid();
const Reason = z.string().min(1).max(500);

/** How the protective stop follows the price: by a fixed distance, raised (long) only. */
export const TrailRule = z.strictObject({ distance: Price, activateAt: Price.optional() });
export const Bracket = z.strictObject({ stop: Price, target: Price.optional(), trail: TrailRule.optional() });

export const Side = z.enum(['BUY', 'SELL']);
const order = { accountId: Uuid, symbol: z.string().min(1).max(40), exchange: z.enum(['NSE', 'BSE', 'US']) };

export const Enter = z.strictObject({
  kind: z.literal('enter'), ...order,
  side: Side, quantity: Quantity,
  orderType: z.enum(['MARKET', 'LIMIT']), limitPrice: Price.optional(),
  product: z.enum(['DELIVERY', 'INTRADAY']).default('DELIVERY'),
  bracket: Bracket,
  strategy: z.string().max(60), horizonDays: z.int().positive().max(400),
  /** The event behind it, for event-driven strategies. */
  eventId: Uuid.optional(), signalId: Uuid.optional(), cardId: Uuid.optional(),
  /** "Only if it holds 3850": the entry is sent only while the last price is on the right side of this. */
  onlyIf: z.strictObject({ comparison: z.enum(['ABOVE', 'BELOW']), price: Price }).optional(),
});
/** Leaves a position whole. */
export const Exit = z.strictObject({
  kind: z.literal('exit'), ...order, positionId: Uuid,
  orderType: z.enum(['MARKET', 'LIMIT']), limitPrice: Price.optional(), reason: Reason.optional(),
});
/** Leaves part of a position. */
export const Reduce = z.strictObject({
  kind: z.literal('reduce'), ...order, positionId: Uuid, quantity: Quantity,
  orderType: z.enum(['MARKET', 'LIMIT']), limitPrice: Price.optional(), reason: Reason.optional(),
});
export const Cancel = z.strictObject({ kind: z.literal('cancel'), accountId: Uuid, orderId: Uuid, reason: Reason.optional() });
/** Moves an order's price, or a position's stop, target or trail. */
export const Modify = z.strictObject({
  kind: z.literal('modify'), accountId: Uuid, positionId: Uuid.optional(), orderId: Uuid.optional(),
  limitPrice: Price.optional(), stop: Price.optional(), target: Price.optional(), trail: TrailRule.nullable().optional(),
}).refine((value) => (value.positionId === undefined) !== (value.orderId === undefined), 'names either a position or an order');
/** Halts entries, cancels open entries, exits every position: one action, one confirmation. */
export const CloseAll = z.strictObject({ kind: z.literal('close_all'), accountId: Uuid, haltEntries: z.boolean(), reason: Reason.optional() });

export const OptionLeg = z.strictObject({
  symbol: z.string(), right: z.enum(['CALL', 'PUT']), strike: Price, expiry: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  side: Side, lots: Quantity, lotSize: Quantity, limitPrice: Price,
  /** `CLOSE`: takes back what the account holds the other way in this contract. Absent: opens. */
  effect: z.enum(['OPEN', 'CLOSE']).optional(),
});
export const OptionStructure = z.strictObject({
  kind: z.literal('option_structure'), accountId: Uuid, underlying: z.string(), structure: z.string(), legs: z.array(OptionLeg).min(1).max(8),
  maxLossMinor: z.int().nullable(), marginMinor: z.int().nonnegative(),
  exchange: z.enum(['NSE', 'BSE', 'US']).optional(),
});

export const TransferCash = z.strictObject({ kind: z.literal('transfer_cash'), accountId: Uuid, toAccountId: Uuid, amountMinor: Amount, reason: Reason });
export const Deposit = z.strictObject({ kind: z.literal('deposit'), accountId: Uuid, amountMinor: Amount, reason: Reason });
export const Withdrawal = z.strictObject({ kind: z.literal('withdrawal'), accountId: Uuid, amountMinor: Amount, reason: Reason });
/** An instalment brings its amount in; a tranche lets money be used that is there. Numbered as in `desk/treasury/funding-due.ts`. */
export const FundingRelease = z.strictObject({ kind: z.literal('funding_release'), accountId: Uuid, tranche: z.int().nonnegative(), amountMinor: Amount });

/** Percentages are numbers like 1.5 for 1.5 %. */
export const MandateTerms = z.strictObject({
  objective: z.enum(['MAX_PROFIT', 'RISK_MINIMIZED', 'BALANCED']),
  riskPerTradePercent: z.number().positive().max(10),
  maxPositions: z.int().positive().max(200),
  maxSectorExposurePercent: z.number().positive().max(100),
  maxPositionPercent: z.number().positive().max(100),
  targetBeta: z.number().min(-2).max(3),
  horizonMinDays: z.int().positive(), horizonMaxDays: z.int().positive().max(400),
  bannedSectors: z.array(z.string()), bannedSymbols: z.array(z.string()),
  earningsBlackoutDays: z.int().nonnegative().max(30),
  liquidityFloorAdv: z.int().nonnegative().describe('least 20-day average daily volume, shares'),
  minMarketCap: z.number().nonnegative().nullable(),
  allowedStrategies: z.array(z.string()).min(1),
  slMultiplier: z.number().positive().max(10), tpMultiplier: z.number().positive().max(20),
  trailingStopEnabled: z.boolean(),
});
export type MandateTerms = z.infer<typeof MandateTerms>;
export const MandateChange = z.strictObject({ kind: z.literal('mandate_change'), accountId: Uuid, terms: MandateTerms, summary: z.string(), assumptionLog: z.array(z.string()), /** Takes the place of the plan in force; absent: that one stays. */ fundingPlan: FundingPlan.optional() });
/** The rules by which one type of event is traded. Null: the mandate and the desk's settings hold. Percentages are numbers like 1.5 for 1.5 %. */
export const PlaybookTerms = z.strictObject({
  name: z.string().min(1).max(60),
  eventType: z.enum(['BUYBACK', 'EARNINGS', 'GUIDANCE', 'PENALTY', 'POLICY', 'ORDER_WIN', 'M&A', 'RATING', 'MANAGEMENT', 'DIVIDEND', 'BONUS', 'SPLIT', 'FUND_RAISE', 'LITIGATION', 'BOARD_MEETING', 'INSIDER', 'MACRO', 'OTHER']),
  stance: z.enum(['BULLISH', 'BEARISH']),
  /** Empty lists ask for nothing. */
  regimeMatch: z.strictObject({ volatility: z.array(z.enum(['LOW_VOL', 'MED_VOL', 'HIGH_VOL'])), liquidity: z.array(z.enum(['HIGH', 'MEDIUM', 'LOW'])) }),
  /** Added to 1 and multiplied into the ranking. */
  priorityBoost: z.number().min(0).max(5),
  /** Parts of the full size, the first at once, later ones so long after the first entry. */
  tranchePlan: z.array(z.strictObject({ percent: z.number().positive().max(100), delayMinutes: z.int().nonnegative().max(10_080) })).min(1).max(5)
    .refine((plan) => plan.reduce((sum, { percent }) => sum + percent, 0) <= 100 + 1e-9, 'the parts are 100 % at most'),
  gapChaseMaxPercent: z.number().nonnegative().max(50).nullable(),
  slMultiplier: z.number().positive().max(10).nullable(), tpMultiplier: z.number().positive().max(20).nullable(),
  staleMinutes: z.int().positive().max(43_200).nullable(), executionWindowHours: z.number().positive().max(720).nullable(),
  pauseSmallcap: z.boolean(), pauseDurationHours: z.number().positive().max(720).nullable(),
  rotateExposureSectors: z.array(z.string()).max(20),
});
export const PlaybookChange = z.strictObject({ kind: z.literal('playbook_change'), playbookId: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/), terms: PlaybookTerms, summary: z.string() });
/** Another value for one of the gates' limits (`desk/gates/limit-settings.ts`), for the whole desk or one account. */
export const LimitChange = z.strictObject({ kind: z.literal('limit_change'), accountId: Uuid.optional(), setting: z.string(), value: z.number() });

/** `newShares` for every `oldShares`; whole numbers, as exchanges announce them. */
const ratioTerm = z.int().min(1).max(1000);
/**
 * Works in a split, bonus, consolidation or dividend that became known too late to be worked in by itself, exactly as it is shown:
 * where what is held has come to differ it is refused. `GIVEN`: nobody published the ratio, whoever proposes it says it.
 */
export const HoldingAdjustment = z.strictObject({
  kind: z.literal('holding_adjustment'), accountId: Uuid, symbol: z.string().min(1).max(40), exDate: DateText, of: z.enum(['SPLIT', 'BONUS', 'DIVIDEND']), subject: z.string().min(1).max(200),
  newShares: ratioTerm, oldShares: ratioTerm, basis: z.enum(['PUBLISHED', 'GIVEN']),
  /** Signed shares at the ex-date's first moment and in its new terms; the cash that a fraction or the dividend brings, below zero where it is owed. */
  quantityBefore: z.int(), quantityAfter: z.int(), cashMinor: z.int(), stop: Price.nullable(), target: Price.nullable(),
  /** Of those after the ex-date: what was sold since, before the desk knew; and by how much its realised result is more, since these shares cost less than was booked. */
  soldSince: Quantity.optional(), restatedMinor: z.int().optional(),
});

/**
 * Credits the shares of the company that a demerger parted from a holding, with a part of its cost; with `into` null it ends what was
 * expected of it. The ratio is the person's: shares of `into` for those held at the ex-date's first moment.
 */
export const PartedShares = z.strictObject({
  kind: z.literal('parted_shares'), accountId: Uuid, symbol: z.string().min(1).max(40), exDate: DateText, subject: z.string().min(1).max(200), into: z.string().min(1).max(40).nullable(),
  newShares: z.int().positive().max(1_000_000_000), oldShares: z.int().positive().max(1_000_000_000), quantityThen: z.int(), quantity: z.int().nonnegative(),
  /** What of the cost goes over, and by what: as the company announced it (`partedPercent`), or by the measured prices. */
  costMinor: z.int().nonnegative(), costBasis: z.enum(['GIVEN', 'PRICES']).nullable(), partedPercent: Price.nullable(),
  /** What has counted in the equity until now. */
  expectedMinor: z.int(),
});

export const SwitchType = z.enum(['MAX_DAILY_LOSS', 'MAX_DRAWDOWN', 'VOL_SPIKE', 'LOSS_STREAK', 'ERROR_RATE', 'STALE_DATA', 'ORDER_RATE', 'MANUAL']);
export type SwitchType = z.infer<typeof SwitchType>;
export const KillSwitchSet = z.strictObject({
  kind: z.literal('kill_switch_set'), accountId: Uuid.optional(), switchType: SwitchType, threshold: z.number(),
  thresholdType: z.enum(['ABSOLUTE', 'PERCENTAGE']),
  onTrigger: z.array(z.enum(['pauseNewEntries', 'cancelOpenEntries', 'closeAll'])), autoResetMinutes: z.int().positive().nullable(), active: z.boolean(),
});
export const KillSwitchTrip = z.strictObject({ kind: z.literal('kill_switch_trip'), accountId: Uuid.optional(), switchType: SwitchType, reason: Reason, /** What the switch read, and where it is set; absent when a person tripped it. */ measured: z.number().optional(), threshold: z.number().optional() });
export const KillSwitchReset = z.strictObject({ kind: z.literal('kill_switch_reset'), accountId: Uuid.optional(), switchType: SwitchType });
export const Pause = z.strictObject({ kind: z.literal('pause'), accountId: Uuid.optional(), reason: Reason.optional() });
export const Resume = z.strictObject({ kind: z.literal('resume'), accountId: Uuid.optional(), reason: Reason.optional() });
export const ArmLive = z.strictObject({ kind: z.literal('arm_live'), accountId: Uuid, until: InstantText });
export const DisarmLive = z.strictObject({ kind: z.literal('disarm_live'), accountId: Uuid });
export const AccountMode = z.strictObject({ kind: z.literal('account_mode'), accountId: Uuid, mode: z.enum(['paper', 'live']), broker: z.string() });
export const AccountOpen = z.strictObject({ kind: z.literal('account_open'), name: z.string().min(1).max(40), type: z.enum(['SIP', 'LUMP_SUM', 'EVENT_TACTICAL']), baseCurrency: z.enum(['INR', 'USD']), openingBalanceMinor: z.int().nonnegative(), /** A month, from today on; absent: no plan, all cash may be used. */ sipAmountMinor: Amount.optional() });
/** Renames an account; type, currency and owner never change. */
export const AccountEdit = z.strictObject({ kind: z.literal('account_edit'), accountId: Uuid, name: z.string().min(1).max(40) });
/** Ends an account with nothing open; the cash that is left goes out. */
export const AccountClose = z.strictObject({ kind: z.literal('account_close'), accountId: Uuid, reason: Reason.optional() });
/** A paper account starts over: the old one is closed and kept, a new one of the same name and rules begins with this balance. */
export const AccountReset = z.strictObject({ kind: z.literal('account_reset'), accountId: Uuid, openingBalanceMinor: z.int().nonnegative() });
export const WatchlistEdit = z.strictObject({ kind: z.literal('watchlist_edit'), add: z.array(z.string()), remove: z.array(z.string()) });
export const RunCycle = z.strictObject({ kind: z.literal('run_cycle'), eventId: Uuid.optional() });
export const TriggerEval = z.strictObject({ kind: z.literal('trigger_eval'), suite: z.string().optional() });
export const PersonAdd = z.strictObject({ kind: z.literal('person_add'), name: z.string().min(1).max(60), role: z.enum(['owner', 'trader', 'viewer']) });
export const RightsChange = z.strictObject({ kind: z.literal('rights_change'), personId: Uuid, accountId: Uuid, canView: z.boolean(), canPropose: z.boolean(), canConfirm: z.boolean() });
export const IdentityLink = z.strictObject({ kind: z.literal('identity_link'), personId: Uuid, channel: z.string(), externalId: z.string() });
export const IdentityUnlink = z.strictObject({ kind: z.literal('identity_unlink'), personId: Uuid, channel: z.string() });
/** `keyHash`: SHA-256 of the key, which the desk never sees in words after it was shown once. */
export const ApiKeyCreate = z.strictObject({ kind: z.literal('api_key_create'), personId: Uuid, label: z.string().min(1).max(60), keyHash: z.string().regex(/^[0-9a-f]{64}$/) });
export const ApiKeyRevoke = z.strictObject({ kind: z.literal('api_key_revoke'), keyId: Uuid });

export const Action = z.discriminatedUnion('kind', [
  Enter, Exit, Reduce, Cancel, Modify, CloseAll, OptionStructure, TransferCash, Deposit, Withdrawal, FundingRelease,
  MandateChange, PlaybookChange, LimitChange, KillSwitchSet, KillSwitchTrip, KillSwitchReset, Pause, Resume, ArmLive, DisarmLive,
  AccountMode, AccountOpen, AccountEdit, AccountClose, AccountReset, WatchlistEdit, RunCycle, TriggerEval, PersonAdd, RightsChange, IdentityLink, IdentityUnlink,
  ApiKeyCreate, ApiKeyRevoke, HoldingAdjustment, PartedShares,
]);
export type Action = z.infer<typeof Action>;
export type ActionKind = Action['kind'];
export type ActionOf<K extends ActionKind> = Extract<Action, { kind: K }>;
export type Side = z.infer<typeof Side>;
export type Bracket = z.infer<typeof Bracket>;
export type TrailRule = z.infer<typeof TrailRule>;

/** Who put an action forward. `agent`: a model or its twin; `person`: an explicit command with no model in the path. */
export type Proposer =
  | { kind: 'person'; personId: string; channel: string }
  | { kind: 'agent'; agent: string; onBehalfOf: string; channel: string }
  | { kind: 'desk'; rule: string };

/** The account that an action concerns, when it concerns one. */
export const accountOf = (action: Action): string | undefined => ('accountId' in action ? action.accountId : undefined);
