import {
  CandlestickSeries,
  ColorType,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  HistogramSeries,
  LineSeries,
  LineStyle,
  type IChartApi,
  type IPriceLine,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { PriceChart } from '../../../vocabulary.ts';
import { formatNumber, formatPrice } from '../format/number.ts';
import { zoneOffsetSeconds, type Zone } from '../format/time.ts';
import { tokensOf, useThemeCount, type Tokens } from './chart-colours.ts';
import { priceRange } from './price-range.ts';

type Bar = PriceChart['bars'][number];
/** `vwap`: volume-weighted average price at each bar, null where there is none yet. */
export type DrawnChart = PriceChart & { vwap?: readonly (number | null)[] };
const lineOf = (name: PriceChart['lines'][number]['name'], tokens: Tokens): { color: string; lineStyle: LineStyle } =>
  ({
    entry: { color: tokens.accent, lineStyle: LineStyle.Solid },
    stop: { color: tokens.loss, lineStyle: LineStyle.Dashed },
    target: { color: tokens.gain, lineStyle: LineStyle.Dashed },
    last: { color: tokens.muted, lineStyle: LineStyle.Dotted },
  })[name];

interface Drawing {
  api: IChartApi;
  /** Puts other figures into the same drawing: nothing is drawn anew, what was scrolled to stays in view. */
  fill(chart: DrawnChart): void;
}
/** Draws the frame once for a symbol and a theme; `read` is told the bar under the crosshair. */
function draw(element: HTMLElement, input: { daily: boolean; zone: Zone; read: (bar: Bar | null) => void }): Drawing {
  const { daily, zone } = input;
  const tokens = tokensOf(element);
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
    timeScale: { borderColor: tokens.line, timeVisible: !daily, secondsVisible: false, rightOffset: 2, minBarSpacing: 1 },
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
  const average = api.addSeries(LineSeries, {
    color: tokens.accent,
    lineWidth: 1,
    lastValueVisible: false,
    priceLineVisible: false,
    crosshairMarkerVisible: false,
  });
  const markers = createSeriesMarkers(candles, []);
  let lines: IPriceLine[] = [];
  let byTime = new Map<number, Bar>();
  api.subscribeCrosshairMove(({ time }) => input.read(typeof time === 'number' ? (byTime.get(time) ?? null) : null));
  let fitted = false;
  return {
    api,
    fill(chart) {
      volume.setData(chart.bars.map((bar) => ({ time: at(bar.time), value: bar.volume })));
      candles.setData(chart.bars.map((bar) => ({ time: at(bar.time), open: bar.open, high: bar.high, low: bar.low, close: bar.close })));
      average.setData(
        chart.bars.flatMap((bar, index) => {
          const value = chart.vwap?.[index];
          return value === undefined || value === null ? [] : [{ time: at(bar.time), value }];
        }),
      );
      for (const line of lines) candles.removePriceLine(line);
      lines = chart.lines.map(({ name, price }) =>
        candles.createPriceLine({
          price,
          title: name,
          lineWidth: 1,
          axisLabelVisible: true,
          axisLabelTextColor: tokens.surface,
          ...lineOf(name, tokens),
        }),
      );
      const { low, high } = priceRange(chart);
      candles.applyOptions({ autoscaleInfoProvider: () => ({ priceRange: { minValue: low, maxValue: high } }) });
      const times = chart.bars.map(({ time }) => Date.parse(time));
      markers.setMarkers(
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
      byTime = new Map(chart.bars.map((bar) => [Number(at(bar.time)), bar]));
      if (!fitted) api.timeScale().fitContent();
      fitted = true;
    },
  };
}

export default function Candles({ chart, zone }: { chart: DrawnChart; zone: Zone }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const [under, setUnder] = useState<Bar | null>(null);
  const theme = useThemeCount();
  const daily = chart.bars.every(({ time }) => !time.includes('T'));
  const { symbol } = chart;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means other colours, another symbol another view
  useEffect(() => {
    if (!element.current) return;
    const drawn = draw(element.current, { daily, zone, read: setUnder });
    drawing.current = drawn;
    return () => drawn.api.remove();
  }, [daily, symbol, zone, theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new drawing is filled, too
  useEffect(() => drawing.current?.fill(chart), [chart, daily, symbol, zone, theme]);
  const shown = under ?? chart.bars.at(-1) ?? null;
  const average = shown === null ? null : (chart.vwap?.[chart.bars.findIndex(({ time }) => time === shown.time)] ?? null);
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
        {average === null ? null : (
          <span>
            <i className="chart-line" /> <span className="muted">VWAP</span> {formatPrice(average)}
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
