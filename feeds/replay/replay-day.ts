import type { CorporateAction, DailyBar, IntradayBar, Quote, SymbolName, TradingCalendar } from '../../desk/market/types.ts';
import type { ListedContract } from '../../desk/options/contract-symbol.ts';
import { adjustBars } from '../../desk/market/corporate-actions.ts';
import { demergerFactor, withMeasuredFactors } from '../../desk/market/measured-factors.ts';
import { at, dateIn, epochMs, instant, plusDays } from '../../desk/time.ts';
import type { TradingDate } from '../../desk/time.ts';
import { knownOfDailyBar, knownOfIntradayBars } from './known-prices.ts';
import type { KnownPrices, Session } from './known-prices.ts';
import { modelledSpread } from './modelled-spread.ts';
import type { ReplayHistory } from './replay-history.ts';
import { type StoredOptions, storedOptions } from './stored-options.ts';

/** One date of a replay, read from the history once. It holds what that date will bring, and tells only what is known. */
export interface ReplayDay {
  readonly date: TradingDate;
  /** Null on days on which the exchange is closed or nothing is known of it. */
  readonly session: Session | null;
  /** Moments at which prices change: open, ends of intraday bars, close, option chains; in order. */
  readonly stops: readonly number[];
  /** Null for a symbol without any known price, and for a share whose previous close nobody knows. */
  quote(symbol: SymbolName, atMs: number): Quote | null;
  /** How an option of the latest stored chain is traded; null for anything else, and where nobody says its lot. */
  contract(symbol: SymbolName, atMs: number): ListedContract | null;
}

function bySymbol<T extends { symbol: SymbolName }>(rows: readonly T[]): Map<SymbolName, T[]> {
  const grouped = new Map<SymbolName, T[]>();
  for (const row of rows) {
    const group = grouped.get(row.symbol);
    if (group) group.push(row);
    else grouped.set(row.symbol, [row]);
  }
  return grouped;
}

export async function readReplayDay({
  history,
  calendar,
  date,
}: {
  history: ReplayHistory;
  calendar: TradingCalendar;
  date: TradingDate;
}): Promise<ReplayDay> {
  const hours = calendar.session(date);
  const session = hours ? { openMs: epochMs(hours.open), closeMs: epochMs(hours.close) } : null;
  const printed = new Map((await history.latestBarsBefore(date)).map((bar) => [bar.symbol, bar]));
  const actions = await actionsSince({ history, bars: printed, date });
  const latest = inSharesOf({ date, bars: printed, actions, zone: calendar.zone });
  const demerged = new Set(actions.filter(({ kind, factor, exDate }) => kind === 'DEMERGER' && factor === 1 && exDate === date).map(({ symbol }) => symbol));
  const daily = new Map((session ? await history.dailyBars(date) : []).map((bar) => [bar.symbol, bar]));
  const intraday = bySymbol<IntradayBar>(session ? await history.intradayBars(date) : []);
  const stops = new Set<number>();
  if (session) {
    stops.add(session.openMs).add(session.closeMs);
    for (const bars of intraday.values()) for (const { start, minutes } of bars) stops.add(epochMs(start) + minutes * 60_000);
  }

  const options = await readOptions({ history, calendar, date });
  for (const stop of options?.stops ?? []) stops.add(stop);

  const quoteFrom = ({
    symbol,
    known,
    previousClose,
    before,
  }: {
    symbol: SymbolName;
    known: KnownPrices;
    previousClose: number;
    before: DailyBar | null;
  }): Quote => ({
    symbol,
    at: instant(known.sinceMs),
    last: known.last,
    volume: known.volume,
    open: known.open,
    high: known.high,
    low: known.low,
    previousClose,
    ...modelledSpread({ exchange: calendar.exchange, last: known.last, tickSize: history.tickSize?.(symbol) ?? null, previous: before }),
    spreadFrom: 'bars',
  });

  const knownToday = (symbol: SymbolName, atMs: number): KnownPrices | null => {
    if (!session || atMs < session.openMs) return null;
    const bar = daily.get(symbol);
    const bars = intraday.get(symbol);
    // With intraday bars the first of them says when trading began; the daily open would tell it too early.
    if (bar && (!bars || atMs >= session.closeMs)) return knownOfDailyBar(bar, session, atMs);
    return knownOfIntradayBars(bars ?? [], atMs);
  };

  /** Until something is known of today, the last session's close, however old, is both price and previous close. */
  const lastClose = (symbol: SymbolName): Quote | null => {
    const bar = latest.get(symbol);
    const closedAt = bar && calendar.session(bar.date)?.close;
    // A bar on a day that the calendar calls closed has no moment at which it was known.
    if (!bar || !closedAt) return null;
    const known = { last: bar.close, sinceMs: epochMs(closedAt), open: bar.open, high: bar.high, low: bar.low, volume: bar.volume };
    return quoteFrom({ symbol, known, previousClose: bar.close, before: bar });
  };

  return {
    date,
    session,
    stops: [...stops].sort((a, b) => a - b),
    contract: (symbol, atMs) => options?.contract(symbol, atMs) ?? null,
    quote(symbol, atMs) {
      const option = options?.quote(symbol, atMs);
      if (option) return option;
      const known = knownToday(symbol, atMs);
      const bars = known ? null : lastClose(symbol);
      const index = options && history.isIndex?.(symbol) ? indexFromChain({ spot: options.spot(symbol, atMs), sinceMs: known?.sinceMs ?? (bars ? epochMs(bars.at) : 0), previous: latest.get(symbol) ?? null, calendar, symbol }) : null;
      if (index) return index;
      if (!known) return bars;
      const before = latest.get(symbol) ?? null;
      // The exchange states the previous close before the open: on ex-dates it is not the last printed one, though some files print that.
      const stated = daily.get(symbol)?.previousClose;
      const previousClose = stated === undefined || (before && stated === printed.get(symbol)?.close) ? (before?.close ?? stated) : stated;
      if (previousClose === undefined) return null;
      // After a demerger the exchange starts from the price that its special pre-open session finds, which is the first trade.
      const parted = demerged.has(symbol) && known.open !== null && demergerFactor({ opening: known.open, cumPrice: previousClose }) !== null;
      return quoteFrom({ symbol, known, previousClose: parted && known.open !== null ? known.open : previousClose, before });
    },
  };
}

/** Published actions of shares, rights and demergers that lie between a symbol's latest bar and the date, and were known when the date began. */
async function actionsSince({ history, bars, date }: { history: ReplayHistory; bars: ReadonlyMap<SymbolName, DailyBar>; date: TradingDate }): Promise<CorporateAction[]> {
  const oldest = [...bars.values()].reduce<TradingDate>((least, bar) => (bar.date < least ? bar.date : least), date);
  return (await history.shareActions?.({ after: oldest, through: date })) ?? [];
}

/** Earlier bars in the shares of the date: what is told of them before the date's own prices must compare with those. */
function inSharesOf({ date, bars, actions, zone }: { date: TradingDate; bars: ReadonlyMap<SymbolName, DailyBar>; actions: readonly CorporateAction[]; zone: TradingCalendar['zone'] }): Map<SymbolName, DailyBar> {
  const adjusted = new Map(bars);
  const beginsAt = at(date, '00:00', zone);
  for (const [symbol, own] of Map.groupBy(actions, (action) => action.symbol)) {
    const bar = bars.get(symbol);
    if (!bar) continue;
    const known = own.filter(({ basis, knownAt }) => basis === 'published' && knownAt <= beginsAt);
    const [found] = adjustBars([bar], withMeasuredFactors(known, [bar]), date);
    if (found) adjusted.set(symbol, found);
  }
  return adjusted;
}

async function readOptions({ history, calendar, date }: { history: ReplayHistory; calendar: TradingCalendar; date: TradingDate }): Promise<StoredOptions | null> {
  if (!history.optionChains) return null;
  const chains = await history.optionChains({ date, after: at(date, '00:00', calendar.zone), through: at(plusDays(date, 1), '00:00', calendar.zone) });
  if (chains.length === 0) return null;
  const underlyings = [...new Set(chains.map(({ snapshot }) => snapshot.underlying))];
  return storedOptions({ date, chains, sizes: (await history.contractSizes?.({ date, underlyings })) ?? new Map() });
}

/** An index is not traded itself, so what a chain printed as its price is a quote of it where nothing newer is known. Null without a price. */
function indexFromChain({ symbol, spot, sinceMs, previous, calendar }: { symbol: SymbolName; spot: ReturnType<StoredOptions['spot']>; sinceMs: number; previous: DailyBar | null; calendar: TradingCalendar }): Quote | null {
  if (spot?.spot == null || epochMs(spot.asOf) <= sinceMs) return null;
  const last = spot.spot;
  const sessionBefore = calendar.covers(dateIn(spot.asOf, calendar.zone)) ? calendar.previous(dateIn(spot.asOf, calendar.zone)) : null;
  const previousClose = spot.spotPreviousClose ?? (previous && previous.date === sessionBefore ? previous.close : null);
  return { symbol, at: spot.asOf, last, bid: last, ask: last, bidSize: 0, askSize: 0, volume: 0, open: null, high: null, low: null, previousClose, spreadFrom: 'snapshot' };
}
