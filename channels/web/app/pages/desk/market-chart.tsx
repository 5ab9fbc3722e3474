import { useMemo, useState, type ReactNode } from 'react';
import { ChartBlock } from '../../chat/chart-block.tsx';
import { formatNumber, formatPercent, formatPrice } from '../../format/number.ts';
import { useQuery } from '../../location.ts';
import { useDesk } from '../../page-context.tsx';
import { Changing } from '../../panel/changing.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { tone } from '../../parts/stats.tsx';
import type { DrawnChart } from '../../chat/candles.tsx';
import { useRead } from '../../read/use-read.ts';

const intervals = [['1m', 'Today, minutes'], ['1d', 'Days']] as const;

/** Bid, ask and the day of one symbol. */
function QuoteLine({ symbol }: { symbol: string }): ReactNode {
  const quote = useRead('broker_quote', { symbol });
  return (
    <Shown read={quote} lines={1}>
      {({ name, quote: now, reason }) =>
        now === null ? (
          <p className="muted">{reason ?? `Nobody knows a price of ${name} now.`}</p>
        ) : (
          <p className="quote figure">
            <strong>
              <Changing text={formatPrice(now.last)} />
            </strong>{' '}
            {now.lastFrom === null ? null : <span className="muted">no trade known: {now.lastFrom}</span>}{' '}
            <span className={tone(now.changePercent)}>{now.changePercent === null ? 'change not known' : formatPercent(now.changePercent, { plus: true })}</span>
            <span className="muted"> {name}</span>
            <span>
              <span className="muted">bid</span> {formatPrice(now.bid)} × {formatNumber(now.bidSize)}
            </span>
            <span>
              <span className="muted">ask</span> {formatPrice(now.ask)} × {formatNumber(now.askSize)}
            </span>
            <span>
              <span className="muted">volume</span> {formatNumber(now.volume)}
            </span>
          </p>
        )
      }
    </Shown>
  );
}

function SymbolForm({ symbol, choose, known }: { symbol: string; choose: (symbol: string) => void; known: readonly string[] }): ReactNode {
  const [text, setText] = useState('');
  return (
    <form
      className="symbol-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') choose(text.trim().toUpperCase());
        setText('');
      }}
    >
      <label>
        <span className="unseen">Symbol</span>
        <input list="symbols-known" value={text} placeholder={symbol} autoComplete="off" spellCheck={false} onChange={(event) => setText(event.target.value)} />
      </label>
      <datalist id="symbols-known">
        {known.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <button type="submit" className="button button-small">
        Show
      </button>
    </form>
  );
}

/** Candles with the session's volume-weighted average price, volume, what happened as pins, and the lines of what is held. */
export function MarketChart(): ReactNode {
  const desk = useDesk();
  const positions = useMemo(() => desk?.positions ?? [], [desk]);
  const movers = useRead('market_movers', { limit: 5 });
  const first = positions[0]?.symbol ?? (movers.reading.state === 'here' ? (movers.reading.value.gainers[0]?.symbol ?? movers.reading.value.losers[0]?.symbol ?? '') : '');
  const [symbol, choose] = useQuery('symbol', first);
  const [interval, chooseInterval] = useQuery('interval', '1m', ['1m', '1d']);
  const known = useMemo(() => {
    const moving = movers.reading.state === 'here' ? [...movers.reading.value.gainers, ...movers.reading.value.losers] : [];
    return [...new Set([...positions.map((each) => each.symbol), ...moving.map((each) => each.symbol)])];
  }, [positions, movers.reading]);
  const bars = useRead('market_bars', symbol === '' ? null : interval === '1m' ? { symbol, interval } : { symbol, sessions: 120 });
  const value = bars.reading.state === 'here' ? bars.reading.value : null;
  const ofToday = value?.interval === '1m' && value.bars.length > 0 ? value.bars : null;
  const vwap = useRead(
    'indicator',
    ofToday === null ? null : { name: 'vwap', bars: ofToday.map(({ open, high, low, close, volume }) => ({ open, high, low, close, volume })) },
  );
  const averages = vwap.reading.state === 'here' && 'values' in vwap.reading.value ? (vwap.reading.value.values as (number | null)[]) : null;
  const held = positions.find((each) => each.symbol === value?.symbol);
  const levels = `${held?.averagePrice ?? ''} ${held?.stop ?? ''} ${held?.target ?? ''}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `levels` stands for the position
  const chart = useMemo((): DrawnChart | null => {
    if (value === null) return null;
    const lines = [
      { name: 'entry' as const, price: held?.averagePrice ?? null },
      { name: 'stop' as const, price: held?.stop ?? null },
      { name: 'target' as const, price: held?.target ?? null },
    ];
    return {
      symbol: value.symbol,
      bars: value.bars,
      lines: lines.flatMap(({ name, price }) => (price === null ? [] : [{ name, price }])),
      pins: value.pins.map(({ time, title, eventId }) => ({ time, title, eventId: `event:${eventId}` })),
      ...(ofToday !== null && averages !== null && averages.length <= value.bars.length ? { vwap: averages } : {}),
    };
  }, [value, levels, averages, ofToday]);
  return (
    <Section
      title="Prices"
      aside={<SymbolForm symbol={symbol || 'Symbol'} choose={choose} known={known} />}
    >
      {known.length === 0 ? null : (
        <div className="chips">
          {known.slice(0, 8).map((each) => (
            <button key={each} type="button" aria-pressed={each === symbol} onClick={() => choose(each)}>
              {each}
            </button>
          ))}
        </div>
      )}
      {symbol === '' ? null : <QuoteLine symbol={symbol} />}
      <Shown read={bars} lines={8}>
        {() => (chart === null ? null : <ChartBlock chart={chart} aside={<Choice name="Bars" value={interval} values={intervals} choose={chooseInterval} />} />)}
      </Shown>
    </Section>
  );
}
