import { ColorType, createChart, HistogramSeries, LineSeries, type IChartApi, type ISeriesApi } from 'lightweight-charts';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { tokensOf, useThemeCount } from '../../chat/chart-colours.ts';
import { formatMoney, formatNumber, formatPercent } from '../../format/number.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Day = ReadOutput<'performance'>['series'][number] & { drawdownPercent: number | null };
interface Drawing {
  api: IChartApi;
  equity: ISeriesApi<'Line'>;
  drawdown: ISeriesApi<'Histogram'>;
}
function draw(element: HTMLElement, read: (date: string | null) => void): Drawing {
  const tokens = tokensOf(element);
  const api = createChart(element, {
    autoSize: true,
    layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: tokens.muted, fontFamily: getComputedStyle(element).fontFamily, fontSize: 11, attributionLogo: false, panes: { separatorColor: tokens.line, enableResize: false } },
    grid: { vertLines: { visible: false }, horzLines: { color: tokens.line } },
    rightPriceScale: { borderVisible: false },
    timeScale: { borderColor: tokens.line },
    handleScroll: { vertTouchDrag: false, mouseWheel: false },
    handleScale: { mouseWheel: false },
  });
  const plain = { lastValueVisible: false, priceLineVisible: false };
  const equity = api.addSeries(LineSeries, { ...plain, color: tokens.accent, lineWidth: 2, priceFormat: { type: 'custom', formatter: (value: number) => formatNumber(value, { decimals: 0 }) } });
  const drawdown = api.addSeries(HistogramSeries, { ...plain, color: tokens.loss, base: 0, priceFormat: { type: 'custom', formatter: (value: number) => formatPercent(value, { decimals: 1 }) } }, 1);
  api.panes()[1]?.setHeight(72);
  api.subscribeCrosshairMove(({ time }) => read(typeof time === 'string' ? time : null));
  return { api, equity, drawdown };
}

/** Worth at the end of each day, and below it how far under its high the return stood. */
export default function EquityChart({ series }: { series: readonly Day[] }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const [under, setUnder] = useState<string | null>(null);
  const theme = useThemeCount();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means other colours
  useEffect(() => {
    if (!element.current) return;
    const drawn = draw(element.current, setUnder);
    drawing.current = drawn;
    return () => drawn.api.remove();
  }, [theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new drawing is filled, too
  useEffect(() => {
    drawing.current?.equity.setData(series.flatMap(({ date, equityMinor }) => (equityMinor === null ? [] : [{ time: date, value: equityMinor / 100 }])));
    drawing.current?.drawdown.setData(series.flatMap(({ date, drawdownPercent }) => (drawdownPercent === null ? [] : [{ time: date, value: drawdownPercent }])));
    drawing.current?.api.timeScale().fitContent();
  }, [series, theme]);
  const shown = series.find(({ date }) => date === under) ?? series.at(-1);
  return (
    <div aria-hidden="true">
      <p className="chart-read">
        <span>
          <span className="muted">{shown?.date}</span> {formatMoney(shown?.equityMinor === undefined || shown.equityMinor === null ? null : shown.equityMinor / 100)}
        </span>
        <span>
          <span className="muted">below the high</span> {formatPercent(shown?.drawdownPercent ?? null)}
        </span>
      </p>
      <div className="equity-chart" ref={element} />
      <p className="chart-credit">
        <a href="https://www.tradingview.com/" target="_blank" rel="noopener noreferrer" tabIndex={-1}>
          Chart by TradingView
        </a>
      </p>
    </div>
  );
}
