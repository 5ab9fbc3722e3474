import { z } from 'zod';
import { analysePayoff } from '../desk/options/structures/payoff.ts';
import { changesByMove } from '../desk/options/structures/revalue.ts';
import { betaExposureOf } from '../desk/portfolio/exposures.ts';
import { correlationMatrix } from '../desk/portfolio/correlation.ts';
import { deviation } from '../desk/portfolio/moments.ts';
import { riskMetrics } from '../desk/portfolio/risk-metrics.ts';
import { expectedShortfall, valueAtRisk } from '../desk/portfolio/value-at-risk.ts';
import { accountBooks, percentOf, sumKnown } from './book/account-book.ts';
import { type MovingHolding, movingHoldings } from './book/option-exposure.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { benchmarkSymbol } from './book/returns.ts';
import { accountsInScope, oneCurrency } from './book/scope.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { heldLegs } from './held-legs.ts';
import { type HeldStructure, structuresHeld } from './option-book.ts';
import { histories, type SymbolHistory } from './symbol-history.ts';
import { sectorNamed } from './sector-names.ts';

/** A year of sessions; fewer than the least say too little of a tail. */
const sessions = 250;
const fewestSessions = 60;
const sessionsAYear = 252;
const confidence = 0.95;
/** Pairs above this move together (as the gates' cluster limit takes it). */
const together = 0.7;
/** Catalogue H1: a beta this far from its target is told. */
const alertBeyond = 0.2;

const Figure = z.number().nullable();
const Minor = z.int().nullable();
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), accounts: z.array(z.string()), equityMinor: Minor, positions: z.int(), openRiskMinor: Minor, openRiskPercent: Figure,
  sessions: z.int().describe('daily returns that every held symbol shares'), confidencePercent: z.number(),
  valueAtRisk: z.object({ historicalMinor: Minor, historicalPercent: Figure, parametricMinor: Minor, parametricPercent: Figure, cornishFisherMinor: Minor, cornishFisherPercent: Figure }).describe('loss of one day that 5 in 100 days exceed; historical: of what is held now at each past session’s move, options priced anew; parametric and Cornish–Fisher: of the mean, deviation and shape of these same days'),
  expectedShortfallMinor: Minor, expectedShortfallPercent: Figure, volatilityPercent: Figure.describe('a year, of equity'), worstDayPercent: Figure,
  beta: Figure, targetBeta: Figure, betaDrift: Figure, betaAlert: z.boolean().nullable(), betaAlertBeyond: z.number(),
  betas: z.array(z.object({ symbol: z.string(), account: z.string(), beta: Figure.describe('of what it moves with'), value: Figure, exposure: Figure.describe('the value of what it moves with: of an option its delta times its underlying'), riskLeft: Figure })),
  options: z.object({ positions: z.int(), exposureMinor: Minor }).nullable().describe('options that are held, and the value of their underlyings by delta, signed; null: none'),
  pairs: z.array(z.object({ first: z.string(), second: z.string(), correlation: z.number() })).describe('most alike first'), pairsTogether: z.int(), reasons: z.array(z.string()),
  imagined: z.object({ percent: z.number(), symbol: z.string().nullable().describe('null: the market, or a sector'), sector: z.string().nullable(), resultMinor: Minor, resultPercent: Figure.describe('of equity'), heldMinor: Minor.describe('of what moves') }).nullable().describe('what a move would do to the book, where one was named; null result: not known'),
});

/**
 * What the book as it stands would have done over the past year of sessions: today's holdings at their past returns, cash at none. An option
 * is priced anew at each of these days' moves of its underlying (`desk/options/structures/revalue.ts`); in beta it counts as its delta in units of the underlying.
 * Value at risk as `desk/portfolio/value-at-risk.ts`; beta against NIFTY over the same sessions. Errors: `NO_SUCH_ACCOUNT`, `MIXED_CURRENCIES`, `NO_SUCH_SECTOR`.
 */
export const portfolioRisk = defineTool({
  name: 'portfolio_risk', purpose: 'Risk of what is held: value at risk, expected shortfall, beta against its target, volatility, correlations, open risk', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), imagine: z.object({ percent: z.number().min(-100).max(1000), symbol: z.string().min(1).optional().describe('absent or NIFTY: the market, by the betas of what is held'), sector: z.string().min(1).optional().describe('all that is held in it moves') }).optional(), asOf: AsOf }), output: Output,
  run: async (context, input) => {
    const { services } = context;
    const accounts = await accountsInScope(context, input.account);
    const currency = oneCurrency(accounts);
    const sector = input.imagine?.sector === undefined ? null : sectorNamed(input.imagine.sector, services.market.symbols().values());
    if (input.imagine?.sector !== undefined && !sector) throw new ToolError('NO_SUCH_SECTOR', `No share is listed in a sector called “${input.imagine.sector}”.`, 'imagine');
    const moment = momentOf(context, input.asOf);
    const books = await accountBooks(services, { accounts, moment });
    const holdings = books.flatMap((book) => book.holdings);
    const moving = await movingHoldings(context, holdings, input.asOf);
    const symbols = [...new Set(moving.map(({ symbol }) => symbol))];
    const history = await histories(services.database.orm, { symbols: [...symbols, benchmarkSymbol], asOf: moment.asOf, calendar: services.market.calendar(), sessions: sessions + 1 });
    const returns = new Map([...history].map(([symbol, of]) => [symbol, returnsByDate(of)]));
    const equityMinor = sumKnown(books.map((book) => book.equityMinor));
    const structures = moment.now ? await structuresHeld(context, accounts.map((account) => account.id)) : [];
    const openRiskMinor = sumKnown([...moving.map(({ holding, isOption }) => (isOption ? (moment.now ? 0 : null) : holding.riskLeftMinor)), ...structures.map((held) => leftToLose(context, held))]);
    const [onlyBook] = books;
    const targetBeta = books.length === 1 ? (onlyBook?.mandate?.terms.targetBeta ?? null) : null;
    return {
      asOf: moment.asOf, currency, accounts: accounts.map((account) => account.name), equityMinor, positions: holdings.length, openRiskMinor, openRiskPercent: percentOf(openRiskMinor, equityMinor),
      confidencePercent: confidence * 100, imagined: input.imagine ? imaginedOf({ moving, returns, equityMinor, move: input.imagine, sector }) : null, ...tailOf({ moving, returns, equityMinor }), ...optionsOf(moving), ...betaOf({ moving, returns, equityMinor, targetBeta }), ...pairsOf(symbols, returns),
      reasons: [...books.flatMap((book) => book.missing).filter((reason) => !optionsShort(reason, moving)), ...structures.filter((held) => leftToLose(context, held) === null).map(({ underlying, cardNumber }) => `What the options on ${underlying}${cardNumber === null ? '' : ` of card ${cardNumber}`} can still lose has no bound, or not all of them are priced now.`), ...(targetBeta === null && books.length > 1 ? ['Each account has a target beta of its own; name one to see its drift.'] : []), ...tooShort(symbols, returns), ...optionWords(moving)],
    };
  },
});

const major = (minor: number | null): number | null => (minor === null ? null : minor / 100);
type Returns = ReadonlyMap<string, ReadonlyMap<string, number>>;
const returnsByDate = ({ bars }: SymbolHistory): Map<string, number> => new Map(bars.slice(1).map((bar, i) => [bar.date, bar.close / (bars[i]?.close ?? bar.close) - 1]));
/** Dates on which all of these have a return. */
const sharedDates = (symbols: readonly string[], returns: Returns): string[] => {
  const [first, ...others] = symbols.map((symbol) => returns.get(symbol) ?? new Map<string, number>());
  return first ? [...first.keys()].filter((date) => others.every((other) => other.has(date))).sort() : [];
};
const tooShort = (symbols: readonly string[], returns: Returns): string[] => {
  const shared = sharedDates(symbols, returns).length;
  return symbols.length > 0 && shared < fewestSessions ? [`Value at risk and volatility need ${fewestSessions} sessions that all holdings share; there are ${shared}.`] : [];
};

function tailOf({ moving, returns, equityMinor }: { moving: readonly MovingHolding[]; returns: Returns; equityMinor: number | null }) {
  const dates = sharedDates([...new Set(moving.map(({ symbol }) => symbol))], returns);
  const unknown = {
    sessions: dates.length, valueAtRisk: { historicalMinor: null, historicalPercent: null, parametricMinor: null, parametricPercent: null, cornishFisherMinor: null, cornishFisherPercent: null },
    expectedShortfallMinor: null, expectedShortfallPercent: null, volatilityPercent: null, worstDayPercent: null,
  };
  if (equityMinor === null || equityMinor <= 0 || dates.length < fewestSessions || moving.some(({ pricing, isOption }) => isOption && pricing === null)) return unknown;
  const daily = new Float64Array(dates.length);
  for (const { symbol, exposureMinor, pricing } of moving) {
    const moves = dates.map((date) => returns.get(symbol)?.get(date) ?? 0);
    const changesMinor = pricing ? changesByMove({ ...pricing, moves }).map((change) => change * 100) : moves.map((move) => (exposureMinor ?? 0) * move);
    for (let day = 0; day < daily.length; day += 1) daily[day] = (daily[day] ?? 0) + (changesMinor[day] ?? 0) / equityMinor;
  }
  // What is sold can lose more than all there is, so these are no returns to compound.
  const series = [...daily];
  const [shortfall, spread] = [expectedShortfall(series, confidence), deviation(series)];
  const inMinor = (fraction: number | null): number | null => (fraction === null ? null : Math.round(fraction * equityMinor));
  const inPercent = (fraction: number | null): number | null => (fraction === null ? null : fraction * 100);
  const { historical, parametric, cornishFisher } = valueAtRisk(series, confidence);
  return {
    sessions: dates.length, expectedShortfallMinor: inMinor(shortfall), expectedShortfallPercent: inPercent(shortfall), volatilityPercent: inPercent(spread === null ? null : spread * Math.sqrt(sessionsAYear)), worstDayPercent: Math.min(...series) * 100,
    valueAtRisk: {
      historicalMinor: inMinor(historical), historicalPercent: inPercent(historical), parametricMinor: inMinor(parametric), parametricPercent: inPercent(parametric), cornishFisherMinor: inMinor(cornishFisher), cornishFisherPercent: inPercent(cornishFisher),
    },
  };
}

/** The most that a structure can lose from what it is worth now, in minor units; null: no bound, or a leg is not priced. */
function leftToLose(context: ToolContext, held: HeldStructure): number | null {
  const valued = heldLegs(context, held);
  if (!valued || held.legs.some(({ last }) => last === null)) return null;
  const { maxLoss } = analysePayoff(valued.legs.map((leg, i) => ({ ...leg, price: held.legs[i]?.last ?? leg.price })), valued.span.rate);
  return maxLoss === null ? null : Math.round(maxLoss * 100);
}
/** The account's words for shorts without a stop do not hold for options, whose structure bounds them. */
const optionsShort = (reason: string, moving: readonly MovingHolding[]): boolean => / short without a stop/.test(reason) && moving.every(({ holding, isOption }) => isOption || !reason.includes(holding.symbol));

function optionsOf(moving: readonly MovingHolding[]): Pick<z.infer<typeof Output>, 'options'> {
  const options = moving.filter(({ isOption }) => isOption);
  return { options: options.length === 0 ? null : { positions: options.length, exposureMinor: sumKnown(options.map(({ exposureMinor }) => exposureMinor)) } };
}
/** How options are counted, said. */
function optionWords(moving: readonly MovingHolding[]): string[] {
  const options = moving.filter(({ isOption }) => isOption);
  const unknown = options.filter(({ pricing }) => pricing === null).map(({ holding }) => holding.symbol);
  return [
    ...(options.length > 0 ? ['Options are priced anew at every past day’s move of their underlying, at their present volatility and a day nearer to their end; how volatility itself moves is left out. In beta they count as their underlying by delta.'] : []),
    ...(unknown.length > 0 ? [`The volatility of ${unknown.join(', ')} is not known, so value at risk is not either.`] : []),
  ];
}

function betaOf({ moving, returns, equityMinor, targetBeta }: { moving: readonly MovingHolding[]; returns: Returns; equityMinor: number | null; targetBeta: number | null }) {
  const betaOfSymbol = (symbol: string): number | null => {
    const dates = sharedDates([symbol, benchmarkSymbol], returns);
    if (dates.length < fewestSessions) return null;
    const series = (name: string): number[] => dates.map((date) => returns.get(name)?.get(date) ?? 0);
    return riskMetrics({ returns: series(symbol), benchmark: series(benchmarkSymbol) }).beta;
  };
  const lines = moving.map(({ holding, symbol, exposureMinor }) => ({ symbol: holding.symbol, sector: holding.sector, value: exposureMinor, beta: betaOfSymbol(symbol) }));
  const { beta, drift, alert } = betaExposureOf({ holdings: lines, equity: equityMinor ?? 0, targetBeta, alertBeyond });
  return { beta, targetBeta, betaDrift: drift, betaAlert: alert, betaAlertBeyond: alertBeyond, betas: moving.map(({ holding, exposureMinor }, i) => ({ symbol: holding.symbol, account: holding.account, beta: lines[i]?.beta ?? null, value: major(holding.valueMinor), exposure: major(exposureMinor), riskLeft: major(holding.riskLeftMinor) })) };
}

/** A share's or a sector's own move on what is held of it; the market's by each holding's beta. Stops are not assumed to fill. */
function imaginedOf({ moving, returns, equityMinor, move, sector }: { moving: readonly MovingHolding[]; returns: Returns; equityMinor: number | null; move: { percent: number; symbol?: string | undefined }; sector: { label: string; symbols: ReadonlySet<string> } | null }): z.infer<typeof Output>['imagined'] {
  const isMarket = sector === null && (move.symbol === undefined || move.symbol === benchmarkSymbol);
  const own = isMarket ? moving : moving.filter(({ symbol }) => (sector ? sector.symbols.has(symbol) : symbol === move.symbol));
  const heldMinor = sumKnown(own.map(({ exposureMinor }) => exposureMinor));
  const beta = isMarket ? betaOf({ moving, returns, equityMinor, targetBeta: null }).beta : null;
  const resultMinor = own.length === 0 ? 0 : isMarket ? (beta === null || equityMinor === null ? null : Math.round((beta * equityMinor * move.percent) / 100)) : heldMinor === null ? null : Math.round((heldMinor * move.percent) / 100);
  return { percent: move.percent, symbol: isMarket || sector ? null : (move.symbol ?? null), sector: sector?.label ?? null, resultMinor, resultPercent: percentOf(resultMinor, equityMinor), heldMinor };
}

function pairsOf(symbols: readonly string[], returns: Returns): Pick<z.infer<typeof Output>, 'pairs' | 'pairsTogether'> {
  const dates = [...new Set(symbols.flatMap((symbol) => [...(returns.get(symbol)?.keys() ?? [])]))].sort();
  const { values } = correlationMatrix(symbols.map((symbol) => ({ symbol, returns: dates.map((date) => returns.get(symbol)?.get(date) ?? null) })), fewestSessions);
  const pairs = symbols.flatMap((first, i) => symbols.slice(i + 1).flatMap((second, k) => {
    const value = values[i]?.[i + 1 + k] ?? null;
    return value === null ? [] : [{ first, second, correlation: Number(value.toFixed(4)) }];
  })).sort((a, b) => b.correlation - a.correlation);
  return { pairs, pairsTogether: pairs.filter((pair) => pair.correlation >= together).length };
}
