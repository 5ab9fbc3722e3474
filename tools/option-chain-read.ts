import { z } from 'zod';
import { chainKnown } from '../db/stores/option-chains.ts';
import { rulesInForce } from '../db/stores/reference.ts';
import { formatDay } from '../desk/format.ts';
import { indexLot } from '../desk/gates/rules/index-derivatives.ts';
import type { ChainAnalysis, ExpiryAnalysis } from '../desk/options/analyse-chain.ts';
import { type ChainSnapshot, analyseSnapshot, assumedRate } from '../desk/options/stored-chain.ts';
import { storedPriceStands } from '../desk/market/stored-price.ts';
import { dateIn, msBetween, type Zone } from '../desk/time.ts';
import { type ReadingMoment, readingMoment } from './as-of.ts';
import { type ToolContext, ToolError } from './define.ts';

export interface ReadChain {
  underlying: string;
  moment: ReadingMoment;
  snapshot: ChainSnapshot;
  analysis: ChainAnalysis;
  source: string;
  rate: number;
  /** Milliseconds between the chain and the moment of reading. */
  ageMs: number;
  /** Whether an order may rest on it: it was just made, or it was stored and no session has opened since. */
  tradable: boolean;
}

/** A chain of a market that goes on is no price any more after this. */
const FRESH_MS = 60_000;

/** From this on the newest chain tells of its own day alone: no weekend and no row of holidays is as long. */
const OUTDATED_DAYS = 8;
export const OutdatedChain = z.object({ onText: z.string(), days: z.int() }).nullable().describe('the day of the newest stored chain and how many days before that is, where it is too old to tell anything of the day of reading');
/** Says of a chain that is more than a week old of which day it is; null of a younger one. */
export function outdated({ snapshot, moment, ageMs }: ReadChain, zone: Zone): z.output<typeof OutdatedChain> {
  const days = Math.floor(ageMs / 86_400_000);
  return days < OUTDATED_DAYS ? null : { onText: formatDay(dateIn(snapshot.asOf, zone), moment.date), days };
}

/** What people call an underlying, as its symbol. A name that only chains know is taken as it is. */
export function underlyingNamed({ services: { market } }: ToolContext, name: string): string {
  const found = market.resolve(name);
  if (found.kind === 'ambiguous') throw new ToolError('AMBIGUOUS_SYMBOL', `${name} may be ${found.candidates.map(({ symbol }) => symbol).join(' or ')}.`, 'underlying');
  return found.kind === 'one' ? found.symbol : name.trim().toUpperCase();
}

/** The chain of an underlying at the moment of reading: the live one where the feed has one and it is now, else the latest that was stored. */
export async function readChain(context: ToolContext, { underlying: name, asOf }: { underlying: string; asOf?: string | undefined }): Promise<ReadChain> {
  const { market, database: { orm } } = context.services;
  const underlying = underlyingNamed(context, name);
  const moment = readingMoment(context, asOf);
  const live = moment.live ? (market.chain(underlying) ?? null) : null;
  const stored = live ? null : await chainKnown(orm, { underlying, asOf: moment.asOf });
  const snapshot = live ?? stored?.snapshot;
  if (!snapshot) throw new ToolError('NO_CHAIN', `No option chain of ${underlying} is known ${moment.live ? 'now' : `at ${formatDay(moment.date)}`}.`, 'underlying');
  const ageMs = Math.max(0, msBetween(snapshot.asOf, moment.asOf));
  return { underlying, moment, snapshot, analysis: analyseSnapshot(snapshot), source: stored?.source ?? market.label(), rate: assumedRate(snapshot.exchange, snapshot.asOf), ageMs, tradable: moment.live && (ageMs <= FRESH_MS || (market.kind === 'replay' && storedPriceStands({ at: snapshot.asOf, now: moment.asOf, calendar: market.calendar() }))) };
}

/** The expiry that was asked for (a date, or the first on or after it), or the nearest that still lives. */
export function expiryNamed({ analysis, underlying }: ReadChain, asked: string | undefined): ExpiryAnalysis {
  const living = analysis.expiries.filter(({ timeYears, marked, strikes }) => timeYears > 0 && (marked.WRONG_CYCLE ?? 0) < 2 * strikes.length);
  const found = asked === undefined ? living[0] : (analysis.expiries.find(({ expiry }) => expiry === asked) ?? living.find(({ expiry }) => expiry >= asked));
  if (found) return found;
  const listed = analysis.expiries.map(({ expiry }) => formatDay(expiry)).join(', ');
  throw new ToolError('NO_EXPIRY', asked === undefined ? `No expiry of ${underlying} in this chain still lives; it has ${listed}.` : `${underlying} has no expiry on or after ${asked}; this chain has ${listed}.`, 'expiry');
}

/** Units of the underlying in one contract, with where that is known from; null where nobody says. */
export async function lotOf(context: ToolContext, { snapshot, underlying }: ReadChain, expiry: string): Promise<{ lotSize: number; from: string } | null> {
  const told = snapshot.expiries.find((each) => each.expiry === expiry)?.lotSize;
  if (told) return { lotSize: told, from: 'the chain' };
  const date = dateIn(snapshot.asOf, context.services.market.zone);
  const listed = Number((await rulesInForce(context.services.database.orm, { rule: 'MARKET_LOT', symbols: [underlying], date, asOf: snapshot.asOf })).get(underlying));
  if (listed > 0) return { lotSize: listed, from: 'the exchange’s list of lots' };
  const attested = indexLot(underlying, date);
  return attested === undefined ? null : { lotSize: attested, from: 'the exchange’s files of that month' };
}
