import { dailySeries } from '../../db/stores/bars.ts';
import { eventsKnown } from '../../db/stores/events.ts';
import { corporateActions } from '../../db/stores/reference.ts';
import type { Executor } from '../../db/client.ts';
import { sha256 } from '../../desk/canonical.ts';
import type { CorporateAction, DailyBar } from '../../desk/market/types.ts';
import type { SignalEvent } from '../../desk/signals/define.ts';
import { prepareSeries, type SymbolSeries } from '../../desk/signals/series.ts';
import { at, dateIn, plusDays, type Instant, type TradingDate } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';
import { featureSessions } from '../../tools/symbol-history.ts';
import { toSignalEvents } from './signal-events.ts';

/** Events of these days are read anew each time; older ones serve for comparison and do not change. */
const RECENT_DAYS = 5;
/** Calendar days that hold the sessions of a series, holidays included. */
const HISTORY_DAYS = Math.ceil(featureSessions * 1.6);
const MOST_EVENTS = 10_000;
/** Today's and one earlier day's, for questions about the past. */
const MOST_ENTRIES = 2;

/** What was read for a market date, not yet made into series unless an earlier cycle did so. */
export interface HistoryFacts {
  key: string;
  prepared: PreparedHistory | null;
  /** Symbols with a bar in the last two weeks. */
  symbols: number;
  bars: ReadonlyMap<string, DailyBar[]>;
  actions: readonly CorporateAction[];
  pastEvents: SignalEvent[];
  /** Events later than this are not in `pastEvents`. */
  pastUntil: Instant;
}

/** What does not change between two cycles of one market date. */
export interface PreparedHistory {
  series: SymbolSeries[];
  bySymbol: ReadonlyMap<string, SymbolSeries>;
  /** The market's last completed session; null without bars. */
  session: TradingDate | null;
  pastEvents: SignalEvent[];
  /** Symbols whose bars could not be used, with why. */
  leftOut: { symbol: string; reason: string }[];
}

/** Keeps the series of a market date until a bar or corporate action comes in. */
export interface HistoryCache {
  /** Reads what tells whether anything has changed, and the whole history where it has. */
  read(executor: Executor, input: { market: MarketView; asOf: Instant }): Promise<HistoryFacts>;
  prepare(facts: HistoryFacts, input: { market: MarketView; asOf: Instant }): PreparedHistory;
  clear(): void;
}

/** Everything that the prepared history is made of and that can change from one cycle to the next, in one digest. */
const keyOf = (recent: ReadonlyMap<string, DailyBar[]>, actions: readonly CorporateAction[], today: TradingDate): string =>
  sha256(JSON.stringify([today, [...recent.keys()].sort().map((symbol) => recent.get(symbol)), actions]));

export function createHistoryCache(): HistoryCache {
  const entries = new Map<string, PreparedHistory>();
  return {
    clear: () => entries.clear(),
    async read(executor, { market, asOf }) {
      const today = dateIn(asOf, market.zone);
      const recent = await dailySeries(executor, { asOf, sessions: 1 });
      const actions = await corporateActions(executor, { asOf });
      const key = keyOf(recent, actions, today);
      const pastUntil = at(plusDays(today, -RECENT_DAYS), '00:00', market.zone);
      const prepared = entries.get(key) ?? null;
      if (prepared) return { key, prepared, symbols: recent.size, bars: new Map(), actions, pastEvents: prepared.pastEvents, pastUntil };
      const bars = await dailySeries(executor, { asOf, sessions: featureSessions });
      const past = await eventsKnown(executor, { after: at(plusDays(today, -HISTORY_DAYS), '00:00', market.zone), asOf: pastUntil, limit: MOST_EVENTS });
      return { key, prepared, symbols: recent.size, bars, actions, pastEvents: toSignalEvents(past), pastUntil };
    },
    prepare(facts, { market, asOf }) {
      if (facts.prepared) return facts.prepared;
      const prepared = { ...prepareAll({ bars: facts.bars, actions: facts.actions, market, asOf }), pastEvents: facts.pastEvents };
      entries.set(facts.key, prepared);
      for (const oldest of entries.keys()) if (entries.size > MOST_ENTRIES) entries.delete(oldest);
      return prepared;
    },
  };
}

function prepareAll({ bars, actions, market, asOf }: { bars: ReadonlyMap<string, DailyBar[]>; actions: readonly CorporateAction[]; market: MarketView; asOf: Instant }): Pick<PreparedHistory, 'series' | 'bySymbol' | 'session' | 'leftOut'> {
  const calendar = market.calendar();
  const symbols = market.symbols(asOf);
  const actionsOf = Map.groupBy(actions, ({ symbol }) => symbol);
  const series: SymbolSeries[] = [];
  const leftOut: PreparedHistory['leftOut'] = [];
  for (const symbol of [...bars.keys()].sort()) {
    const record = symbols.get(symbol);
    if (record !== undefined && record.kind !== 'EQUITY') continue;
    try {
      const prepared = prepareSeries({ bars: bars.get(symbol) ?? [], published: actionsOf.get(symbol) ?? [], calendar, asOf, exchange: record?.exchange ?? calendar.exchange, sector: record?.sector ?? null });
      if (prepared) series.push(prepared);
    } catch (error) {
      // One symbol's broken bars must not take the others with them.
      if (!(error instanceof RangeError)) throw error;
      leftOut.push({ symbol, reason: error.message });
    }
  }
  const session = series.reduce<TradingDate | null>((latest, { latest: { asOf: date } }) => (latest === null || date > latest ? date : latest), null);
  return { series, bySymbol: new Map(series.map((each) => [each.symbol, each])), session, leftOut };
}
