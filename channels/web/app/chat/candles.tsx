import {
  CandlestickSeries,
  ColorType,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  HistogramSeries,
  LineStyle,
  type IChartApi,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { PriceChart } from '../../../vocabulary.ts';
import { formatNumber, formatPrice } from '../format/number.ts';
import { zoneOffsetSeconds, type Zone } from '../format/time.ts';
import { priceRange } from './price-range.ts';

type Bar = PriceChart['bars'][number];
type Tokens = Record<'ink' | 'muted' | 'line' | 'surface' | 'gain' | 'loss' | 'accent' | 'volume', string>;

/** The page's colours as the canvas needs them: resolved, whatever the theme. */
function tokensOf(element: HTMLElement): Tokens {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const tokens: Tokens = {
    ink: read('ink'),
    muted: read('muted'),
    line: read('line'),
    surface: read('surface'),
    gain: read('gain'),
    loss: read('loss'),
    accent: read('accent'),
    volume: read('volume'),
  };
  probe.remove();
  return tokens;
}
const lineOf = (name: PriceChart['lines'][number]['name'], tokens: Tokens): { color: string; lineStyle: LineStyle } =>
  ({
    entry: { color: tokens.accent, lineStyle: LineStyle.Solid },
    stop: { color: tokens.loss, lineStyle: LineStyle.Dashed },
    target: { color: tokens.gain, lineStyle: LineStyle.Dashed },
    last: { color: tokens.muted, lineStyle: LineStyle.Dotted },
  })[name];

function draw(element: HTMLElement, chart: PriceChart, zone: Zone, read: (bar: Bar | null) => void): IChartApi {
  const tokens = tokensOf(element);
  const daily = chart.bars.every(({ time }) => !time.includes('T'));
  const at = (time: string): UTCTimestamp =>
    (Math.floor(Date.parse(time) / 1000) + (daily ? 0 : zoneOffsetSeconds(time, zone))) as UTCTimestamp;
  const api = createChart(element, {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: tokens.muted,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: 11,
      attributionLogo: false,
    },
    grid: { vertLines: { visible: false }, horzLines: { color: tokens.line } },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.08, bottom: 0.2 } },
    timeScale: { borderColor: tokens.line, timeVisible: !daily, secondsVisible: false, rightOffset: 2, minBarSpacing: 2 },
    crosshair: {
      mode: CrosshairMode.Magnet,
      vertLine: { color: tokens.muted, labelBackgroundColor: tokens.muted },
      horzLine: { color: tokens.muted, labelBackgroundColor: tokens.muted },
    },
    handleScroll: { vertTouchDrag: false, mouseWheel: false },
    handleScale: { mouseWheel: false },
    localization: { priceFormatter: (price: number) => formatPrice(price) },
  });
  const volume = api.addSeries(HistogramSeries, {
    priceScaleId: '',
    color: tokens.volume,
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  });
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
  volume.setData(chart.bars.map((bar) => ({ time: at(bar.time), value: bar.volume })));
  // Falling candles are filled, rising ones hollow: the direction does not hang on colour.
  const candles = api.addSeries(CandlestickSeries, {
    upColor: tokens.surface,
    borderUpColor: tokens.gain,
    wickUpColor: tokens.gain,
    downColor: tokens.loss,
    borderDownColor: tokens.loss,
    wickDownColor: tokens.loss,
    lastValueVisible: false,
    priceLineVisible: false,
  });
  candles.setData(chart.bars.map((bar) => ({ time: at(bar.time), open: bar.open, high: bar.high, low: bar.low, close: bar.close })));
  for (const { name, price } of chart.lines)
    candles.createPriceLine({
      price,
      title: name,
      lineWidth: 1,
      axisLabelVisible: true,
      axisLabelTextColor: tokens.surface,
      ...lineOf(name, tokens),
    });
  const { low, high } = priceRange(chart);
  candles.applyOptions({ autoscaleInfoProvider: () => ({ priceRange: { minValue: low, maxValue: high } }) });
  const times = chart.bars.map(({ time }) => Date.parse(time));
  createSeriesMarkers(
    candles,
    chart.pins.map((pin) => {
      // A pin stands on the bar during which it happened.
      const index = times.findLastIndex((time) => time <= Date.parse(pin.time));
      return {
        time: at(chart.bars[Math.max(0, index)]?.time ?? pin.time),
        position: 'aboveBar' as const,
        shape: 'arrowDown' as const,
        color: tokens.accent,
        size: 1.4,
      };
    }),
  );
  api.timeScale().fitContent();
  const byTime = new Map(chart.bars.map((bar) => [Number(at(bar.time)), bar]));
  api.subscribeCrosshairMove(({ time }) => read(typeof time === 'number' ? (byTime.get(time) ?? null) : null));
  return api;
}

export default function Candles({ chart, zone }: { chart: PriceChart; zone: Zone }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [under, setUnder] = useState<Bar | null>(null);
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const changed = (): void => setTheme((count) => count + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    system.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      system.removeEventListener('change', changed);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means other colours
  useEffect(() => {
    if (!element.current) return;
    const api = draw(element.current, chart, zone, setUnder);
    return () => api.remove();
  }, [chart, zone, theme]);
  const shown = under ?? chart.bars.at(-1) ?? null;
  return (
    <div aria-hidden="true">
      <div className="chart-read">
        {shown === null
          ? null
          : (['open', 'high', 'low', 'close'] as const).map((name) => (
              <span key={name}>
                <span className="muted">{name}</span> {formatPrice(shown[name])}
              </span>
            ))}
        {shown === null ? null : (
          <span>
            <span className="muted">volume</span> {formatNumber(shown.volume)}
          </span>
        )}
      </div>
      <div className="chart-canvas" ref={element} />
      {chart.lines.length === 0 ? null : (
        <div className="chart-read chart-lines">
          {chart.lines.map(({ name, price }) => (
            <span key={name}>
              <i className={`chart-line chart-line-${name}`} />
              <span className="muted">{name}</span> {formatPrice(price)}
            </span>
          ))}
        </div>
      )}
      <p className="chart-credit">
        <a href="https://www.tradingview.com/" target="_blank" rel="noopener noreferrer" tabIndex={-1}>
          Chart by TradingView
        </a>
      </p>
    </div>
  );
}
