import Big from 'big.js';
import type { ActionOf } from '../actions/types.ts';
import { type Decimal, decimal, type Minor } from '../decimal.ts';
import { formatCount, formatDay } from '../format.ts';
import { ratioWords, type ShareRatio, shareRatio } from '../market/share-ratio.ts';
import type { TradingCalendar } from '../market/types.ts';
import type { Instant, TradingDate } from '../time.ts';
import { adjustBracket, adjustPosition, type AdjustmentEffect, type BracketTerms, dividendMinor } from './adjust-holding.ts';
import { openCostMinor, type Position } from './position.ts';
import { tighterStop } from './trail.ts';

type LateKind = ActionOf<'holding_adjustment'>['of'];
/** A split, bonus or consolidation that is worked in, or waits to be. */
export interface KnownAdjustment extends ShareRatio { exDate: TradingDate; kind: LateKind; /** A person said the ratio. */ given: boolean; /** What a fraction of a share brought, or the dividend. */ cashMinor: Minor }

/**
 * Whether prices of the ex-date, or of a later day, have met the orders, it was told after the ex-date had opened, or a person gave another
 * ratio: nothing is done by itself any more then.
 */
export function isLate({ met, contradicted, exDate, knownAt }: { met: boolean; contradicted: boolean; exDate: TradingDate; knownAt: Instant }, calendar: TradingCalendar): boolean {
  const session = calendar.session(exDate);
  return met || contradicted || (session !== null && knownAt > session.open);
}

/** All that decides whether a late split, bonus, consolidation or dividend can be worked in, and what it makes of what is held. */
export interface LateAdjustmentFacts {
  symbol: string; exDate: TradingDate; accountName: string; broker: string; live: boolean;
  /** What is stored of it under this date and kind; null: nothing. */
  published: { factor: number; amount: Decimal | null; subject: string } | null;
  /** Other splits and bonuses of the share that are published within days of this one. */
  publishedNear: (ShareRatio & { exDate: TradingDate; kind: LateKind })[];
  /** Splits, bonuses and dividends of this account's shares that are worked in. */
  workedIn: KnownAdjustment[];
  /** Others of this account and share that wait as well. */
  waiting: { exDate: TradingDate; kind: LateKind }[];
  /** The position that went over the ex-date, open or closed by now. */
  positionId: string | null;
  /** What is still held of the position that went over the ex-date, or nothing where that is sold since. Quantities signed. */
  held: { position: Position; bracket: BracketTerms; /** Triggers of the stops that work. */ standing: Decimal[] } | null;
  /** Shares at the ex-date's first moment, signed, by what is held now and traded since, in shares of today's count. */
  quantityThen: number;
  /** Ex-dates after it of published changes of shares, whether or not anything was on record as held then; oldest first. */
  changedSince: readonly TradingDate[];
  /** Traded since; and what the shares sold were booked to have cost. */
  since: { bought: number; sold: number; soldCostMinor: Minor };
  /** What a person has moved since, in prices of the new shares. */
  movedSince: { stop: boolean; target: boolean; trail: boolean };
  /** Entries and exits that work and were placed on the ex-date or later; and those of before. */
  placedSince: number; placedBefore: number;
  /** Option contracts on the share that the account holds. */
  contracts: string[];
  /** The last price before the ex-date, in old shares; the opening on it over that, as printed. */
  priceBefore: Decimal | null; openingGap: number | null;
  tickSize: Decimal;
}

export interface AskedAdjustment extends ShareRatio { of: LateKind; basis: 'PUBLISHED' | 'GIVEN' }
/**
 * What working it in makes of the holding: of the shares as the ex-date found them, with their cost, and of those held now (`position`;
 * null: nothing was held, or the shares stay). `restatedMinor`: what the shares sold since cost less than was booked.
 */
export interface LateAdjustment {
  ratio: ShareRatio; quantityBefore: number; quantityAfter: number; costBeforeMinor: Minor; costAfterMinor: Minor; effect: AdjustmentEffect; amount: Decimal | null;
  position: Position | null; bracket: BracketTerms | null; soldSince: number; restatedMinor: Minor;
}

/** Sources date one action differently by a weekend at most. */
const sameActionDays = 3;
/** NSE keeps a share within 20 % of its base price, which is the close before by the ratio. */
const largestOpeningMove = Math.log(1.25);
/** Whether an opening, over the close before, can be that of a share after this ratio. */
export const openingFits = (openingGap: number, { newShares, oldShares }: ShareRatio): boolean => Math.abs(Math.log((openingGap * newShares) / oldShares)) <= largestOpeningMove;
export const isNear = (one: string, other: string): boolean => Math.abs(Date.parse(one) - Date.parse(other)) <= sameActionDays * 86_400_000;
const sameRatio = (one: ShareRatio, other: ShareRatio): boolean => one.newShares * other.oldShares === other.newShares * one.oldShares;
const changesShares = (kind: LateKind): boolean => kind !== 'DIVIDEND';
/** Working in goes from the oldest on; a dividend is on the shares of before a split of the same day. */
export const comesBefore = (one: { exDate: string; kind: LateKind }, other: { exDate: string; kind: LateKind }): boolean =>
  one.exDate < other.exDate || (one.exDate === other.exDate && one.kind === 'DIVIDEND' && other.kind !== 'DIVIDEND');

/** Why it cannot be worked in rightly; null where it can. */
function whyNot(facts: LateAdjustmentFacts, asked: AskedAdjustment): string | null {
  const { symbol, exDate, accountName, since } = facts;
  if (facts.live || facts.broker !== 'paper') return `${accountName} trades at ${facts.broker}, which counts its shares by itself; nothing is worked in beside it`;
  const done = facts.workedIn.find((each) => each.exDate === exDate && each.kind === asked.of);
  if (done) return `the ${nameOf(asked)} of ${formatDay(exDate)} is worked in already`;
  if (changesShares(asked.of)) {
    const given = facts.workedIn.find((each) => each.given && isNear(each.exDate, exDate));
    if (given) return `a person gave a ${ratioWords(given.kind, given)} of ${formatDay(given.exDate)}, and it is worked in`;
    const again = facts.workedIn.find((each) => changesShares(each.kind) && each.exDate !== exDate && isNear(each.exDate, exDate) && sameRatio(each, asked));
    if (again) return `the same ratio was worked in on ${formatDay(again.exDate)}, so this is that one told again`;
  }
  const later = laterThan(facts, asked).find((each) => each.cashMinor !== 0 || since.bought + since.sold > 0);
  if (later) return `a ${ratioWords(later.kind, later)} of ${formatDay(later.exDate)} is worked in already, and what was held before it cannot be counted back, since ${later.cashMinor === 0 ? 'the share was traded meanwhile' : 'a fraction of a share was paid out'}`;
  const first = facts.waiting.find((each) => comesBefore(each, { exDate, kind: asked.of }));
  if (first) return `the ${first.kind === 'DIVIDEND' ? 'dividend' : 'change of shares'} of ${formatDay(first.exDate)} comes first`;
  if (!changesShares(asked.of)) return null;
  if (facts.contracts.length > 0) return `the account holds options on ${symbol} (${facts.contracts.join(', ')}), whose strikes and lots the exchange adjusts by a rule that the desk does not know; close them first`;
  if (!soldAlone(facts, asked)) return `${symbol} was traded since the ex-date (${[since.bought > 0 ? `${formatCount(since.bought)} bought` : '', since.sold > 0 ? `${formatCount(since.sold)} sold` : ''].filter(Boolean).join(', ')}), so that nobody can tell which shares its cost, stop and result are of`;
  if (facts.placedSince > 0) return `${facts.placedSince === 1 ? 'an order' : `${facts.placedSince} orders`} in ${symbol} of on or after the ex-date still ${facts.placedSince === 1 ? 'works' : 'work'}; cancel ${facts.placedSince === 1 ? 'it' : 'them'} first`;
  return facts.held ? whyNotBracket(facts, facts.held, asked) : null;
}

/** A trail that has followed prices of after the ex-date mixes both kinds of prices. */
function whyNotBracket({ movedSince, symbol, quantityThen }: LateAdjustmentFacts, { bracket }: NonNullable<LateAdjustmentFacts['held']>, { newShares, oldShares }: ShareRatio): string | null {
  if (bracket.trail === null) return null;
  const followed = quantityThen > 0 ? newShares < oldShares : newShares > oldShares;
  return followed || movedSince.stop || movedSince.trail ? `the trailing stop of ${symbol} has followed prices of after the ex-date; set a fixed stop first` : null;
}

/** Changes of shares that are worked in and went ex after the one that is asked for. */
const laterThan = ({ workedIn, exDate }: LateAdjustmentFacts, { of }: Pick<AskedAdjustment, 'of'>): KnownAdjustment[] => workedIn.filter((each) => changesShares(each.kind) && (each.exDate > exDate || (each.exDate === exDate && of === 'DIVIDEND')));

/** Nothing was traded since, or what was held was sold in part or whole, which was of the new shares: of a published ratio that is counted rightly. */
const soldAlone = ({ since, quantityThen }: LateAdjustmentFacts, { basis }: AskedAdjustment): boolean => since.bought === 0 && (since.sold === 0 || (basis === 'PUBLISHED' && quantityThen > 0 && since.sold <= quantityThen));

const nameOf = ({ of, newShares, oldShares }: AskedAdjustment): string => (of === 'DIVIDEND' ? 'dividend' : ratioWords(of, { newShares, oldShares }));

/** The terms that count: those published, or those given where none are. */
function termsOf(facts: LateAdjustmentFacts, asked: AskedAdjustment): { ratio: ShareRatio; amount: Decimal | null } | { refused: string } {
  const { published, symbol, exDate } = facts;
  if (asked.basis === 'GIVEN') return givenTerms(facts, asked);
  if (!published) return { refused: `nothing of that kind is published of ${symbol} on ${formatDay(exDate)}` };
  if (asked.of === 'DIVIDEND') return published.amount === null ? { refused: `the amount of the dividend is not known (${published.subject})` } : { ratio: { newShares: 1, oldShares: 1 }, amount: published.amount };
  const ratio = shareRatio(published.factor);
  return ratio ? { ratio, amount: null } : { refused: `no ratio of whole shares can be read from “${published.subject}”` };
}

function givenTerms({ publishedNear, published, symbol, exDate, openingGap }: LateAdjustmentFacts, asked: AskedAdjustment): { ratio: ShareRatio; amount: null } | { refused: string } {
  const ratio = { newShares: asked.newShares, oldShares: asked.oldShares };
  if (asked.of === 'DIVIDEND' || ratio.newShares === ratio.oldShares) return { refused: 'a ratio that is given is one of shares, and changes them' };
  const near = publishedNear[0];
  if (published || near) return { refused: `a ratio of ${symbol} is published (${near ? `${ratioWords(near.kind, near)}, ex ${formatDay(near.exDate)}` : published?.subject}); what is published counts` };
  if (openingGap !== null && !openingFits(openingGap, ratio)) {
    return { refused: `${symbol} opened on ${formatDay(exDate)} at ${formatCount(Number((openingGap * 100).toFixed(1)))} % of the close before, and a ${ratioWords(asked.of, ratio)} makes about ${formatCount(Number(((ratio.oldShares / ratio.newShares) * 100).toFixed(1)))} %` };
  }
  return { ratio, amount: null };
}

/**
 * What a late split, bonus, consolidation or dividend makes of a holding, or why it cannot be right. A stop or target that was moved since
 * the ex-date is in new prices and stays; what was there before goes by the ratio. The fraction of a share is paid at the last price
 * before the ex-date in new terms, as it is for one that comes in time. What was sold since was of the new shares: the cost is spread over
 * all of them, and those that were not sold are held.
 */
export function planLateAdjustment(facts: LateAdjustmentFacts, asked: AskedAdjustment): LateAdjustment | { refused: string } {
  const terms = termsOf(facts, asked);
  if ('refused' in terms) return terms;
  const { ratio, amount } = terms;
  const reason = whyNot(facts, { ...asked, ...ratio });
  if (reason !== null) return { refused: reason };
  const later = laterThan(facts, asked).reduce((all, each) => ({ newShares: all.newShares * each.newShares, oldShares: all.oldShares * each.oldShares }), { newShares: 1, oldShares: 1 });
  const quantityThen = (facts.quantityThen * later.oldShares) / later.newShares;
  if (!Number.isInteger(quantityThen)) return { refused: `the ${formatCount(Math.abs(facts.quantityThen))} shares held cannot be counted back to those of ${formatDay(facts.exDate)}` };
  const nothingSold = { soldSince: 0, restatedMinor: 0 };
  if (amount !== null) {
    if (quantityThen === 0) return { refused: `nothing of ${facts.symbol} was held on ${formatDay(facts.exDate)}` };
    const cashMinor = dividendMinor(quantityThen, amount);
    const costMinor = facts.held ? openCostMinor(facts.held.position) : 0;
    return { ratio, amount, quantityBefore: quantityThen, quantityAfter: quantityThen, costBeforeMinor: costMinor, costAfterMinor: costMinor, position: null, bracket: null, effect: { cashMinor, costMinor: 0, realisedMinor: cashMinor }, ...nothingSold };
  }
  if (!facts.held) {
    if (facts.placedBefore === 0) return { refused: `nothing of ${facts.symbol} is held or on order from before ${formatDay(facts.exDate)}` };
    return { ratio, amount, quantityBefore: 0, quantityAfter: 0, costBeforeMinor: 0, costAfterMinor: 0, position: null, bracket: null, effect: { cashMinor: 0, costMinor: 0, realisedMinor: 0 }, ...nothingSold };
  }
  return planHolding({ ...facts, held: facts.held, quantityThen }, { ratio, later });
}

/** `later`: what changes of shares that went ex since, and are worked in, made of them together. */
function planHolding(facts: LateAdjustmentFacts & { held: NonNullable<LateAdjustmentFacts['held']> }, { ratio, later }: { ratio: ShareRatio; later: ShareRatio }): LateAdjustment | { refused: string } {
  const { held, movedSince, tickSize, priceBefore, quantityThen, since } = facts;
  const priceAfter = priceBefore === null ? null : decimal(new Big(priceBefore).times(ratio.oldShares).div(ratio.newShares).round(6).toFixed());
  const costBeforeMinor = openCostMinor(held.position) + since.soldCostMinor;
  const untouched = since.sold === 0 && later.newShares === later.oldShares;
  const then: Position = untouched ? held.position : { ...held.position, quantity: quantityThen, basis: { quantity: quantityThen, costMinor: costBeforeMinor } };
  const adjusted = adjustPosition({ position: then, ratio, priceAfter });
  if ('refused' in adjusted) return adjusted;
  const [quantityAfter, costAfterMinor] = [adjusted.position.quantity, openCostMinor(adjusted.position)];
  const quantity = (quantityAfter * later.newShares) / later.oldShares - since.sold;
  if (!Number.isInteger(quantity)) return { refused: 'a fraction of a share would be left by what went ex since' };
  // What the ratio left may have been changed again while nothing of it was on record.
  const unseen = facts.changedSince.find((day) => !facts.workedIn.some((each) => each.exDate === day && changesShares(each.kind)));
  if (since.sold > 0 && unseen !== undefined) return { refused: `shares of ${facts.symbol} changed again on ${formatDay(unseen)}, when all that was on record was sold; the desk does not count through both` };
  if (since.sold > 0 && quantity < 0) return { refused: `${formatCount(since.sold)} were sold since, and only ${formatCount(quantityAfter)} shares were left by it` };
  const basis = quantity === 0 ? { quantity: 0, costMinor: 0 } : untouched || since.sold > 0 ? adjusted.position.basis : { quantity, costMinor: costAfterMinor };
  const left: Position = { ...adjusted.position, quantity, basis };
  const restatedMinor = since.soldCostMinor - (costAfterMinor - openCostMinor(left));
  const direction = quantityThen > 0 ? 'LONG' : 'SHORT';
  const standing = movedSince.stop ? null : held.standing.reduce<Decimal | null>((tightest, stop) => (tightest === null ? stop : tighterStop(direction, tightest, stop)), null);
  const scaled = adjustBracket({ direction, ratio, tickSize, bracket: held.bracket, standing });
  return {
    ratio, amount: null, quantityBefore: quantityThen, quantityAfter, costBeforeMinor, costAfterMinor, effect: adjusted.effect, soldSince: since.sold, restatedMinor, position: { ...left, realisedMinor: left.realisedMinor + restatedMinor },
    bracket: { ...scaled, stop: movedSince.stop ? held.bracket.stop : scaled.stop, target: movedSince.target ? held.bracket.target : scaled.target },
  };
}

/** Whether an action asks for exactly what the plan makes. */
export const isAsPlanned = (action: ActionOf<'holding_adjustment'>, { ratio, quantityBefore, quantityAfter, effect, bracket, soldSince, restatedMinor }: LateAdjustment): boolean =>
  action.newShares === ratio.newShares && action.oldShares === ratio.oldShares && action.quantityBefore === quantityBefore && action.quantityAfter === quantityAfter && action.cashMinor === effect.cashMinor
  && (action.soldSince ?? 0) === soldSince && (action.restatedMinor ?? 0) === restatedMinor && samePrice(action.stop, bracket?.stop ?? null) && samePrice(action.target, bracket?.target ?? null);
const samePrice = (one: Decimal | null, other: Decimal | null): boolean => (one === null || other === null ? one === other : new Big(one).eq(other));
