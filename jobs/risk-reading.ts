import { type Account, activeMandate, listAccounts } from '../db/stores/accounts.ts';
import { recentErrors } from '../db/stores/error-rate.ts';
import { ordersSince } from '../db/stores/execution.ts';
import { balances } from '../db/stores/ledger.ts';
import { closedPositions, openPositions } from '../db/stores/positions.ts';
import { latestRiskSnapshots, type RiskSnapshot } from '../db/stores/risk-snapshots.ts';
import { targetVolatility } from '../desk/allocation/size.ts';
import type { RiskReading } from '../desk/gates/kill-switches.ts';
import { holdingVolatilityPercent } from '../desk/portfolio/holding-volatility.ts';
import { type AccountPulse, lossStreak, riskState, type RiskState } from '../desk/portfolio/risk-state.ts';
import { at, dateIn, msBetween } from '../desk/time.ts';
import { bookTrades } from '../tools/book/trades.ts';
import { histories } from '../tools/symbol-history.ts';
import { expectedWorth } from './expected-worth.ts';
import type { JobServices } from './services.ts';

/** Over these minutes errors are counted, against at least that many orders and actions: two in two are no trend. */
const errorMinutes = 60;
const errorsAgainst = 10;
const volatilitySessions = 21;
const tradesInStreak = 50;

export interface ScopeReading { account: Account | null; currency: 'INR' | 'USD'; state: RiskState; volatilityPercent: number | null; volatilityTargetPercent: number | null; reading: RiskReading }
/** Volatilities of what was held, by what it was and on which day: prices of past sessions do not change within one. */
export type VolatilityMemory = Map<string, number | null>;

/** Catalogue C12 for every account and the whole desk, read now. */
export async function readRisk(services: JobServices, volatilities: VolatilityMemory): Promise<ScopeReading[]> {
  const { database: { orm }, market } = services;
  const accounts = (await listAccounts(orm)).filter(({ status }) => status !== 'CLOSED');
  const ids = accounts.map(({ id }) => id);
  const day = market.today();
  const [ledgers, positions, before] = [await balances(orm, { accountIds: ids }), await openPositions(orm, ids), await latestRiskSnapshots(orm)];
  const fills = await bookTrades(orm, { accountIds: ids, from: at(day, '00:00', market.zone) });
  const expected = await expectedWorth(services, { accountIds: ids, positions });
  const common = await deskReading(services);
  const pulses = new Map<string, AccountPulse>();
  for (const account of accounts) {
    const ledger = ledgers.get(account.id) ?? {};
    const own = fills.filter((fill) => fill.accountId === account.id);
    pulses.set(account.id, {
      cashMinor: ledger.cash ?? null, contributedMinor: -(ledger.external ?? 0) - (ledger.transit ?? 0), realisedTodayMinor: own.reduce((sum, fill) => sum + fill.realisedMinor - fill.chargesMinor, 0), expectedMinor: expected.get(account.id) ?? 0,
      holdings: positions.filter((position) => position.accountId === account.id).map((position) => ({
        symbol: position.symbol, sector: market.symbols().get(position.symbol)?.sector ?? null, quantity: position.quantity, costMinor: position.costMinor, last: market.quote(position.symbol)?.last ?? null,
        stop: position.stopLoss === null ? null : Number(position.stopLoss), openedToday: dateIn(position.openedAt, market.zone) === day,
      })),
    });
  }
  const readings: ScopeReading[] = [];
  for (const account of accounts) {
    const pulse = pulses.get(account.id);
    if (!pulse) continue;
    const closed = await closedPositions(orm, { accountIds: [account.id], limit: tradesInStreak });
    const latestFirst = [...closed].sort((a, b) => ((a.closedAt ?? '') < (b.closedAt ?? '') ? 1 : -1)).map(({ realisedMinor, feesMinor }) => realisedMinor - feesMinor);
    const mandate = await activeMandate(orm, account.id);
    readings.push(await scopeReading(services, { account, currency: account.baseCurrency, pulse, before: before.get(account.id), streak: lossStreak(latestFirst), target: mandate ? targetVolatility[mandate.terms.objective] : null, common, volatilities }));
  }
  // The desk is its accounts in rupees together; money in another currency is never added to it.
  const together = accounts.filter(({ baseCurrency }) => baseCurrency === 'INR').flatMap(({ id }) => pulses.get(id) ?? []);
  const cash = together.map(({ cashMinor }) => cashMinor);
  const pulse: AccountPulse = {
    cashMinor: cash.length === 0 || cash.includes(null) ? null : cash.reduce<number>((sum, each) => sum + (each ?? 0), 0), contributedMinor: together.reduce((sum, each) => sum + each.contributedMinor, 0),
    realisedTodayMinor: together.reduce((sum, each) => sum + each.realisedTodayMinor, 0), expectedMinor: together.reduce((sum, each) => sum + each.expectedMinor, 0), holdings: together.flatMap(({ holdings }) => holdings),
  };
  return [await scopeReading(services, { account: null, currency: 'INR', pulse, before: before.get('desk'), streak: null, target: null, common, volatilities }), ...readings];
}

type Common = Pick<RiskReading, 'errors' | 'errorPercent' | 'oldestFeedSeconds' | 'staleFeedsPercent' | 'ordersLastSecond' | 'orderLimitPerSecond'>;
async function deskReading({ database: { orm }, market, feedHealth, ordersPerSecond }: JobServices): Promise<Common> {
  const { ended, errors } = await recentErrors(orm, errorMinutes);
  const feeds = await feedHealth();
  const heard = feeds.map(({ lastHeardMarketTime }) => (lastHeardMarketTime === null ? null : Math.max(0, msBetween(lastHeardMarketTime, market.now()) / 1000)));
  return {
    errors, errorPercent: (errors * 100) / Math.max(ended, errorsAgainst), oldestFeedSeconds: heard.length === 0 || heard.includes(null) ? null : Math.max(...heard.map((each) => each ?? 0)),
    staleFeedsPercent: feeds.length === 0 ? null : (feeds.filter(({ stale }) => stale).length * 100) / feeds.length, ordersLastSecond: await ordersSince(orm, 1), orderLimitPerSecond: ordersPerSecond,
  };
}

async function scopeReading(services: JobServices, input: { account: Account | null; currency: 'INR' | 'USD'; pulse: AccountPulse; before: RiskSnapshot | undefined; streak: number | null; target: number | null; common: Common; volatilities: VolatilityMemory }): Promise<ScopeReading> {
  const { account, currency, pulse, before, target } = input;
  const state = riskState({ pulse, memory: before ?? null, day: services.market.today() });
  const volatilityPercent = await volatilityOf(services, { pulse, equityMinor: state.equityMinor, volatilities: input.volatilities });
  return {
    account, currency, state, volatilityPercent, volatilityTargetPercent: target,
    reading: {
      at: services.wallNow(), currency, dailyPnlMinor: state.pnlMinor === null || state.dayStartPnlMinor === null ? null : state.pnlMinor - state.dayStartPnlMinor, dayStartEquityMinor: state.dayStartEquityMinor,
      drawdownMinor: state.drawdownMinor, drawdownPercent: state.drawdownPercent, volatilityPercent, volatilityTargetPercent: target, lossStreak: input.streak, ...input.common,
    },
  };
}

async function volatilityOf({ database: { orm }, market }: JobServices, { pulse, equityMinor, volatilities }: { pulse: AccountPulse; equityMinor: number | null; volatilities: VolatilityMemory }): Promise<number | null> {
  if (equityMinor === null || !(equityMinor > 0)) return null;
  const weights = new Map<string, number>();
  for (const { symbol, last, quantity } of pulse.holdings) if (last !== null) weights.set(symbol, (weights.get(symbol) ?? 0) + (last * quantity * 100) / equityMinor);
  // To a percent of equity: a tick in the price makes no other volatility.
  const key = [market.today(), ...[...weights].map(([symbol, weight]) => `${symbol}:${weight.toFixed(2)}`).sort()].join(' ');
  const known = volatilities.get(key);
  if (known !== undefined) return known;
  const history = await histories(orm, { symbols: [...weights.keys()], asOf: market.now(), calendar: market.calendar(), sessions: volatilitySessions });
  const value = holdingVolatilityPercent({ weights, closes: new Map([...history].map(([symbol, { bars }]) => [symbol, bars.map(({ close }) => close)])) });
  if (volatilities.size > 200) volatilities.clear();
  volatilities.set(key, value);
  return value;
}
