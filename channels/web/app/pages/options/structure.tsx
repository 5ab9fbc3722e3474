import type { ReactNode } from 'react';
import { formatMoney, formatNumber, formatPercent, formatPrice, sentenceCase } from '../../format/number.ts';
import { useQuery } from '../../location.ts';
import { Propose, Reasons } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Stats } from '../../parts/stats.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadInput, ReadOutput } from '../../read/read-types.ts';
import { Payoff } from './payoff.tsx';
import { ScenarioGrid } from './scenario-grid.tsx';

type Kind = Exclude<ReadInput<'option_strategy'>['kind'], 'custom'>;
/** The kinds as people read them; a kind that the desk learns later is offered in the conversation until it is here. */
const kinds: Record<Kind, string> = {
  iron_condor: 'Iron condor', iron_butterfly: 'Iron butterfly', butterfly: 'Butterfly', bull_call: 'Bull call spread', bear_put: 'Bear put spread', bull_put: 'Bull put spread', bear_call: 'Bear call spread',
  long_straddle: 'Long straddle', short_straddle: 'Short straddle', long_strangle: 'Long strangle', short_strangle: 'Short strangle', calendar: 'Calendar', call_ratio: 'Call ratio', put_ratio: 'Put ratio',
  covered_call: 'Covered call', protective_put: 'Protective put',
};
const names = Object.keys(kinds) as Kind[];
const deltas = ['0.1', '0.15', '0.2', '0.3', '0.4'] as const;
type Leg = ReadOutput<'option_strategy'>['legs'][number];
const columns: readonly GridColumn<Leg>[] = [
  { key: 'leg', title: 'Leg', value: ({ side, type, strike }) => `${side} ${type}${strike === null ? '' : ` ${strike}`}`, show: ({ side, type, strike }) => `${side === 'BUY' ? 'Buy' : 'Sell'} ${strike === null ? type : `${formatNumber(strike)} ${type}`}` },
  { key: 'quantity', title: 'Quantity', align: 'right', value: ({ quantity }) => quantity, show: ({ quantity }) => formatNumber(quantity, { plus: true }) },
  { key: 'price', title: 'Price', align: 'right', value: ({ price }) => price, show: ({ price, thin }) => <>{formatPrice(price)}{thin ? <span className="warn"> thin</span> : null}</> },
  { key: 'iv', title: 'IV', unit: '%', align: 'right', value: ({ iv }) => iv, show: ({ iv }) => (iv === null ? null : formatNumber(iv * 100, { decimals: 1 })) },
  { key: 'delta', title: 'Delta', align: 'right', wide: true, value: ({ delta }) => delta, show: ({ delta }) => (delta === null ? null : formatNumber(delta, { decimals: 2 })) },
  { key: 'spread', title: 'Spread', unit: '%', align: 'right', wide: true, value: (row) => row.spreadPercent, show: (row) => (row.spreadPercent === null ? null : formatNumber(row.spreadPercent, { decimals: 1 })) },
  { key: 'oi', title: 'OI', align: 'right', wide: true, value: ({ openInterest }) => openInterest, show: ({ openInterest }) => (openInterest === null ? null : formatNumber(openInterest)) },
];
const keyOf = ({ side, type, strike, expiry }: Leg): string => `${side} ${type} ${strike ?? ''} ${expiry ?? ''}`;

/** One structure on the chain: the most that can be lost first, then what it brings, its payoff and how it does in other markets. */
export function Structure({ underlying, expiry }: { underlying: string; expiry: string }): ReactNode {
  const [kind, choose] = useQuery<Kind>('kind', 'iron_condor', names);
  const [delta, chooseDelta] = useQuery('delta', '0.2', deltas);
  const structure = useRead('option_strategy', { underlying, expiry, kind, delta: Number(delta) });
  return (
    <Section
      title={kinds[kind]}
      aside={
        <>
          <label className="expiries">
            <span className="unseen">Kind of structure</span>
            <select value={kind} onChange={(event) => choose(event.target.value as Kind)}>
              {names.map((each) => (
                <option key={each} value={each}>
                  {kinds[each]}
                </option>
              ))}
            </select>
          </label>
          <label className="expiries">
            <span className="unseen">Delta of the strikes</span>
            <select value={delta} onChange={(event) => chooseDelta(event.target.value as (typeof deltas)[number])}>
              {deltas.map((each) => (
                <option key={each} value={each}>
                  {each} delta
                </option>
              ))}
            </select>
          </label>
          <Propose words={`${sentenceCase(kind).toLowerCase()} on ${underlying}`}>Talk it over …</Propose>
        </>
      }
    >
      <Shown read={structure} lines={10}>
        {(value) => (
          <>
            <Stats
              stats={[
                { name: 'Most that can be lost', text: value.maxLoss === null ? 'Unlimited' : formatMoney(value.maxLoss), ...(value.maxLoss === null ? { sign: -1 } : {}), note: value.modelled ? 'by the model' : undefined },
                { name: 'Most it can bring', text: value.maxProfit === null ? 'Unlimited' : formatMoney(value.maxProfit), note: value.rewardOverRisk === null ? undefined : `${formatNumber(value.rewardOverRisk, { decimals: 2 })} for 1 at risk` },
                { name: 'Chance of a profit', text: formatPercent(value.probabilityOfProfit * 100, { decimals: 0 }), note: `flat volatility ${formatPercent(value.probabilityFlat * 100, { decimals: 0 })}` },
                { name: value.netPremium < 0 ? 'Received' : 'Paid', text: formatMoney(Math.abs(value.netPremium)), note: value.charges.total === null ? (value.charges.reason ?? undefined) : `charges ${formatMoney(value.charges.total)}` },
                { name: 'Margin', text: formatMoney(value.margin), note: value.marginDetail.text },
                { name: 'Break-evens', text: value.breakEvens.length === 0 ? 'none' : value.breakEvens.map((price) => formatNumber(price, { decimals: 0 })).join(' · ') },
                { name: 'Delta', text: formatNumber(value.greeks.delta, { decimals: 1, plus: true }), note: `gamma ${formatNumber(value.greeks.gamma, { decimals: 4, plus: true })}` },
                { name: 'Theta a day', text: formatMoney(value.greeks.thetaPerDay, { plus: true }), note: `vega ${formatMoney(value.greeks.vega, { plus: true })} a point` },
              ]}
            />
            <Payoff value={value} />
            <h3>Legs</h3>
            <Grid title="Legs" columns={columns} rows={value.legs} rowKey={keyOf} exportName={`${underlying}-${kind}-legs`} />
            <ScenarioGrid value={value} />
            <Reasons reasons={value.notes} />
          </>
        )}
      </Shown>
    </Section>
  );
}
