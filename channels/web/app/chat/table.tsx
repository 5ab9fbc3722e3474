import type { ReactNode } from 'react';
import type { Column, ConversationEvent } from '../../../vocabulary.ts';
import { columnDecimals, formatNumber, unknown } from '../format/number.ts';
import { withoutHiding } from '../format/plain-text.ts';

/** Columns whose sign is good or bad news; the sign itself is always written. */
const isOutcome = (column: Column): boolean =>
  /^(p&l|pnl|profit|return|change|today|gain)/i.test(column.key) || /^(p&l|profit|return|change)/i.test(column.title);

export function DeskTable({ table }: { table: Extract<ConversationEvent, { type: 'table' }> }): ReactNode {
  const decimals = new Map(table.columns.map((column) => [column.key, columnDecimals(table.rows.map((row) => row[column.key]))]));
  const cell = (column: Column, value: string | number | null | undefined): ReactNode => {
    if (value === null || value === undefined)
      return (
        <span className="muted" title="not known">
          <span aria-hidden="true">{unknown}</span>
          <span className="unseen">not known</span>
        </span>
      );
    if (typeof value === 'string') return withoutHiding(value);
    const text = formatNumber(value, { decimals: decimals.get(column.key) ?? 0, plus: isOutcome(column) });
    return isOutcome(column) && value !== 0 ? <span className={value > 0 ? 'gain' : 'loss'}>{text}</span> : text;
  };
  return (
    <figure className="table-figure">
      <figcaption>{withoutHiding(table.title)}</figcaption>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={withoutHiding(table.title)}>
        <table>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.key} scope="col" className={column.align}>
                  {column.title}
                  {column.unit ? <span className="unit"> {column.unit}</span> : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={index}>
                {table.columns.map((column, at) =>
                  at === 0 ? (
                    <th key={column.key} scope="row" className={column.align}>
                      {cell(column, row[column.key])}
                    </th>
                  ) : (
                    <td key={column.key} className={column.align}>
                      {cell(column, row[column.key])}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {table.rows.length === 0 ? <p className="muted table-empty">No rows.</p> : null}
      </div>
    </figure>
  );
}
