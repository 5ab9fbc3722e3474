import { memo, useMemo, useRef, useState, type ReactNode } from 'react';
import { unknown } from '../format/number.ts';
import { csvOf } from './csv.ts';
import { saveFile } from './save-file.ts';
import { heldKeys, sortedKeys, type Order } from './sorted-keys.ts';
import { useWindow } from './use-window.ts';

export interface GridColumn<Row> {
  key: string;
  title: string;
  unit?: string;
  align?: 'left' | 'right';
  /** What is sorted by and exported. */
  value: (row: Row) => string | number | null;
  /** What is shown; the value as it stands when absent. */
  show?: (row: Row) => ReactNode;
  /** Good or bad by its sign; the sign is in the text, too. */
  sign?: (row: Row) => number | null;
  /** Left out where there is little room. */
  wide?: boolean;
}
interface GridInput<Row> {
  title: string;
  columns: readonly GridColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Opens what stands behind a row; Enter does, too. */
  open?: (row: Row) => void;
  openLabel?: (row: Row) => string;
  exportName?: string;
  /** The order at first. */
  order?: Order;
  empty?: ReactNode;
}
const signTone = (value: number | null): string => (value === null || value === 0 ? '' : value > 0 ? ' gain' : ' loss');

interface LineInput<Row> {
  row: Row;
  /** Its place in the whole table, from 1; the heading is 1. */
  index: number;
  columns: readonly GridColumn<Row>[];
  open: ((row: Row) => void) | undefined;
  openLabel: ((row: Row) => string) | undefined;
}
function GridLine<Row>({ row, index, columns, open, openLabel }: LineInput<Row>): ReactNode {
  const cell = (column: GridColumn<Row>): ReactNode => {
    const shown = column.show ? column.show(row) : column.value(row);
    return shown === null || shown === undefined || shown === '' ? (
      <span className="muted" title="not known">
        {unknown}
      </span>
    ) : (
      shown
    );
  };
  return (
    <tr aria-rowindex={index} className={open ? 'grid-opens' : undefined} onClick={open ? () => open(row) : undefined}>
      {columns.map((column, at) => {
        const className = `${column.align ?? 'left'}${column.wide ? ' grid-wide' : ''}${column.sign ? signTone(column.sign(row)) : ''}`;
        if (at > 0)
          return (
            <td key={column.key} className={className}>
              {cell(column)}
            </td>
          );
        return (
          <th key={column.key} scope="row" className={className}>
            {open ? (
              <button
                type="button"
                data-walk=""
                aria-label={openLabel?.(row)}
                onClick={(event) => {
                  event.stopPropagation();
                  open(row);
                }}
              >
                {cell(column)}
              </button>
            ) : (
              cell(column)
            )}
          </th>
        );
      })}
    </tr>
  );
}
const sameLine = <Row,>(a: LineInput<Row>, b: LineInput<Row>): boolean =>
  a.columns === b.columns && a.index === b.index && (a.row === b.row || JSON.stringify(a.row) === JSON.stringify(b.row));
const Line = memo(GridLine, sameLine) as typeof GridLine;

/**
 * A table of the desk: sorted by a press on a heading, saved as CSV, walked with J and K. Rows are drawn anew only
 * when they say something else, of many only those in sight, and none moves while the pointer is over the table. `columns` is made once.
 */
export function Grid<Row>({ title, columns, rows, rowKey, open, openLabel, exportName, order: first, empty }: GridInput<Row>): ReactNode {
  const [order, setOrder] = useState<Order | null>(first ?? null);
  const over = useRef(false);
  const places = useRef<string[]>([]);
  const byKey = useMemo(() => new Map(rows.map((row) => [rowKey(row), row])), [rows, rowKey]);
  const column = order === null ? undefined : columns.find(({ key }) => key === order.column);
  const wanted =
    column === undefined || order === null ? [...byKey.keys()] : sortedKeys([...byKey].map(([key, row]) => ({ key, cell: column.value(row) })), order.descending);
  const keys = over.current ? heldKeys(places.current, wanted) : wanted;
  places.current = keys;
  const latest = useRef(open);
  latest.current = open;
  const view = useWindow(keys.length);
  const opens = open !== undefined;
  const openLatest = useMemo(() => (opens ? (row: Row) => latest.current?.(row) : undefined), [opens]);
  if (rows.length === 0 && empty !== undefined) return empty;
  const sort = (key: string): void => {
    over.current = false;
    setOrder(order?.column === key ? { column: key, descending: !order.descending } : { column: key, descending: columns.find((each) => each.key === key)?.align === 'right' });
  };
  return (
    <div className="grid">
      <div
        className="table-scroll"
        tabIndex={0}
        role="region"
        aria-label={title}
        ref={view.box}
        onScroll={view.onScroll}
        onPointerEnter={() => {
          over.current = true;
        }}
        onPointerLeave={() => {
          over.current = false;
        }}
      >
        <div style={{ paddingTop: view.from * view.rowHeight, paddingBottom: (keys.length - view.to) * view.rowHeight }}>
          <table aria-rowcount={keys.length + 1}>
            <caption className="unseen">{title}</caption>
            <thead>
              <tr>
                {columns.map(({ key, title: name, unit, align, wide }) => (
                  <th
                    key={key}
                    scope="col"
                    className={`${align ?? 'left'}${wide ? ' grid-wide' : ''}`}
                    aria-sort={order?.column === key ? (order.descending ? 'descending' : 'ascending') : undefined}
                  >
                    <button type="button" className="grid-sort" onClick={() => sort(key)}>
                      {name}
                      {unit ? <span className="unit"> {unit}</span> : null}
                      <span className="grid-order" aria-hidden="true">
                        {order?.column === key ? (order.descending ? ' ▾' : ' ▴') : ''}
                      </span>
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody ref={view.body} onFocus={view.onFocus}>
              {keys.slice(view.from, view.to).map((key, at) => {
                const row = byKey.get(key);
                return row === undefined ? null : <Line key={key} index={view.from + at + 2} row={row} columns={columns} open={openLatest} openLabel={openLabel} />;
              })}
            </tbody>
          </table>
        </div>
      </div>
      {exportName === undefined || rows.length === 0 ? null : (
        <button
          type="button"
          className="quiet grid-export"
          onClick={() =>
            saveFile(
              `${exportName}.csv`,
              csvOf(columns.map(({ key }) => key), keys.flatMap((key) => byKey.get(key) ?? []).map((row) => columns.map(({ value }) => value(row)))),
            )
          }
        >
          Save as CSV
        </button>
      )}
    </div>
  );
}
