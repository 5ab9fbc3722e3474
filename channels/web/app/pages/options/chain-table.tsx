import { useState, type ReactNode } from 'react';
import { formatNumber, formatPrice, unknown } from '../../format/number.ts';
import { csvOf } from '../../parts/csv.ts';
import { saveFile } from '../../parts/save-file.ts';
import { Section } from '../../parts/section.tsx';
import { asPercent, type Chain } from './chain-figures.tsx';
import { byStrike, nearest } from './strikes.ts';

type Row = Chain['rows'][number] | null;
const few = 21;
const columns: readonly { name: string; wide?: boolean; show: (row: Row) => string }[] = [
  { name: 'OI change', wide: true, show: (row) => formatNumber(row?.openInterestChange ?? null, { plus: true }) },
  { name: 'OI', wide: true, show: (row) => formatNumber(row?.openInterest ?? null) },
  { name: 'IV', show: (row) => asPercent(row?.iv ?? null).replace(' %', '') },
  { name: 'Delta', wide: true, show: (row) => formatNumber(row?.delta ?? null, { decimals: 2 }) },
  { name: 'Bid', show: (row) => formatPrice(row?.bid ?? null) },
  { name: 'Ask', show: (row) => formatPrice(row?.ask ?? null) },
];
const mirrored = [...columns].reverse();

const save = (chain: Chain): void =>
  saveFile(
    `${chain.underlying}-${chain.expiry}.csv`,
    csvOf(
      ['contract', 'strike', 'type', 'bid', 'ask', 'last', 'volume', 'oi', 'oi_change', 'iv', 'delta', 'gamma', 'vega', 'theta_day'],
      chain.rows.map((row) => [row.contract, row.strike, row.type, row.bid, row.ask, row.last, row.volume, row.openInterest, row.openInterestChange, row.iv, row.delta, row.gamma, row.vega, row.thetaPerDay]),
    ),
  );

/** Calls on the left, puts on the right of their strike; the one at the money is marked. */
export function ChainTable({ chain }: { chain: Chain }): ReactNode {
  const [whole, setWhole] = useState(false);
  const price = chain.forward ?? chain.spot;
  const strikes = byStrike(chain.rows, { near: price, count: whole ? Number.MAX_SAFE_INTEGER : few });
  const atMoney = nearest(strikes.map(({ strike }) => strike), price);
  const total = chain.rows.length / 2;
  const cells = (row: Row, list: typeof columns): ReactNode =>
    list.map(({ name, wide, show }) => {
      const text = show(row);
      return (
        <td key={name} className={`right${wide ? ' grid-wide' : ''}`} title={row && row.marks.length > 0 ? row.marks.join(', ') : undefined}>
          {text === unknown ? <span className="muted">{unknown}</span> : text}
        </td>
      );
    });
  const heads = (list: typeof columns, side: string): ReactNode =>
    list.map(({ name, wide }) => (
      <th key={name} scope="col" className={`right${wide ? ' grid-wide' : ''}`}>
        <span className="unseen">{side} </span>
        {name}
      </th>
    ));
  return (
    <Section
      title="Chain"
      note={`IV in % a year`}
      aside={
        <>
          {total > few ? (
            <button type="button" className="quiet" aria-pressed={whole} onClick={() => setWhole(!whole)}>
              {whole ? 'Near the money' : `All ${formatNumber(total, { decimals: 0 })} strikes`}
            </button>
          ) : null}
          <button type="button" className="quiet" onClick={() => save(chain)}>
            Save as CSV
          </button>
        </>
      }
    >
      <div className="grid">
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Option chain">
          <table className="chain">
            <caption className="unseen">
              {chain.underlying} options of {chain.expiryText}
            </caption>
            <thead>
              <tr>
                {heads(columns, 'Call')}
                <th scope="col" className="chain-strike">
                  Strike
                </th>
                {heads(mirrored, 'Put')}
              </tr>
            </thead>
            <tbody>
              {strikes.map(({ strike, call, put }) => (
                <tr key={strike} className={strike === atMoney ? 'chain-at-money' : undefined}>
                  {cells(call, columns)}
                  <th scope="row" className="chain-strike">
                    {formatNumber(strike)}
                    {strike === atMoney ? <span className="unseen">, at the money</span> : null}
                  </th>
                  {cells(put, mirrored)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Section>
  );
}
