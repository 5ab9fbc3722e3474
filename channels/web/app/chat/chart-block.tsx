import { Component, lazy, Suspense, useState, type ReactNode } from 'react';
import { formatNumber, formatPrice } from '../format/number.ts';
import { clockTime, shortDay } from '../format/time.ts';
import { csvOf } from '../parts/csv.ts';
import { saveFile } from '../parts/save-file.ts';
import { usePage, useZone } from '../page-context.tsx';
import type { DrawnChart } from './candles.tsx';

const Candles = lazy(() => import('./candles.tsx'));

/** When the drawing cannot be loaded the table behind it is still there. */
class TableInstead extends Component<{ children: ReactNode; fallback: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

const saveBars = ({ symbol, bars, vwap }: DrawnChart): void =>
  saveFile(
    `${symbol}.csv`,
    csvOf(
      ['time', 'open', 'high', 'low', 'close', 'volume', ...(vwap ? ['vwap'] : [])],
      bars.map((bar, index) => [bar.time, bar.open, bar.high, bar.low, bar.close, bar.volume, ...(vwap ? [vwap[index] ?? null] : [])]),
    ),
  );

export function ChartBlock({ chart, aside }: { chart: DrawnChart; /** Choices beside the name. */ aside?: ReactNode }): ReactNode {
  const { openSheet } = usePage();
  const zone = useZone();
  const [asTable, setAsTable] = useState(false);
  const daily = chart.bars.every(({ time }) => !time.includes('T'));
  const when = (time: string): string => (daily ? time : `${shortDay(time, zone)} ${clockTime(time, zone)}`);
  const table = (
    <div className={asTable ? 'table-scroll chart-table' : 'unseen'} tabIndex={asTable ? 0 : -1}>
      <table>
        <caption className="unseen">
          {chart.symbol}: {chart.bars.length} bars
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {['Open', 'High', 'Low', 'Close', 'Volume'].map((name) => (
              <th key={name} scope="col" className="right">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.bars.map((bar) => (
            <tr key={bar.time}>
              <th scope="row">{when(bar.time)}</th>
              {[bar.open, bar.high, bar.low, bar.close].map((price, index) => (
                <td key={index} className="right">
                  {formatPrice(price)}
                </td>
              ))}
              <td className="right">{formatNumber(bar.volume)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <figure className="chart">
      <div className="chart-head">
        <figcaption>{chart.symbol}</figcaption>
        {aside}
        <button type="button" className="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
        <button type="button" className="quiet" onClick={() => saveBars(chart)}>
          CSV
        </button>
      </div>
      {chart.bars.length === 0 ? (
        <p className="muted">No bars for this time.</p>
      ) : (
        <TableInstead fallback={<p className="muted">The drawing could not be loaded. The table has the same figures.</p>}>
          <Suspense fallback={<div className="chart-waiting skeleton" />}>
            <div hidden={asTable}>
              <Candles chart={chart} zone={zone} />
            </div>
          </Suspense>
        </TableInstead>
      )}
      {table}
      {chart.pins.length === 0 ? null : (
        <ul className="pins">
          {chart.pins.map((pin) => (
            <li key={pin.eventId + pin.time}>
              <button type="button" onClick={() => openSheet({ kind: 'evidence', ref: pin.eventId })}>
                <span className="pin-mark" aria-hidden="true" />
                <time dateTime={pin.time}>{when(pin.time)}</time> {pin.title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
