import type { ReactNode } from 'react';
import { formatMoney, formatNumber } from '../../format/number.ts';
import { useQuery } from '../../location.ts';
import { Choice } from '../../parts/choice.tsx';
import type { ReadOutput } from '../../read/read-types.ts';

type Scenario = ReadOutput<'option_strategy'>['scenarios'][number];
const distinct = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
const dayWord = (days: number, last: number): string => (days === 0 ? 'Today' : days === last ? 'At expiry' : `In ${formatNumber(Math.max(1, Math.round(days)))} ${Math.round(days) <= 1 ? 'day' : 'days'}`);

/** Profit by move of the price and of volatility: numbers in cells that are tinted by them. */
export function ScenarioGrid({ value }: { value: { scenarios: readonly Scenario[] } }): ReactNode {
  const days = distinct(value.scenarios.map(({ daysAhead }) => daysAhead));
  const [asked, choose] = useQuery('days', '0');
  const at = days[Number(asked)] ?? days[0] ?? 0;
  const here = value.scenarios.filter(({ daysAhead }) => daysAhead === at);
  const moves = distinct(here.map(({ spotPercent }) => spotPercent));
  const shifts = distinct(here.map(({ volPoints }) => volPoints));
  const largest = Math.max(1, ...value.scenarios.map(({ profit }) => Math.abs(profit)));
  const profitOf = (move: number, shift: number): number | null => here.find(({ spotPercent, volPoints }) => spotPercent === move && volPoints === shift)?.profit ?? null;
  return (
    <div className="scenario-grid">
      <div className="part-head">
        <h3>Scenarios</h3>
        <span className="part-aside">
          <Choice name="When" value={String(days.indexOf(at))} values={days.map((each, index) => [String(index), dayWord(each, days.at(-1) ?? 0)] as const)} choose={choose} />
        </span>
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Scenarios">
        <table className="scenarios">
          <caption className="unseen">Profit by move of the price, across, and of volatility in points, down</caption>
          <thead>
            <tr>
              <th scope="col">Volatility</th>
              {moves.map((move) => (
                <th key={move} scope="col" className="right">
                  {formatNumber(move, { decimals: 0, plus: true })} %
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shifts.map((shift) => (
              <tr key={shift}>
                <th scope="row">{formatNumber(shift, { decimals: 0, plus: true })} points</th>
                {moves.map((move) => {
                  const profit = profitOf(move, shift);
                  const strength = profit === null ? 0 : Math.round(Math.sqrt(Math.abs(profit) / largest) * 100);
                  return (
                    <td key={move} className={`right ${profit === null || profit === 0 ? '' : profit > 0 ? 'tint-gain' : 'tint-loss'}`} style={{ '--strength': `${strength}%` } as React.CSSProperties}>
                      {formatMoney(profit, { plus: true })}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
