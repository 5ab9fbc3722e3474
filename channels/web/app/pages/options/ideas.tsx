import type { ReactNode } from 'react';
import { formatMoney, formatNumber, formatPercent, sentenceCase } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { go, useQuery } from '../../location.ts';
import { Choice } from '../../parts/choice.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Reasons } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Found = ReadOutput<'option_structures'>['structures'][number];
const columns: readonly GridColumn<Found>[] = [
  { key: 'kind', title: 'Structure', value: ({ kind }) => sentenceCase(kind) },
  { key: 'strikes', title: 'Strikes', value: ({ strikes }) => strikes.join(' '), show: ({ strikes }) => strikes.map((each) => formatNumber(each)).join(' · ') },
  { key: 'loss', title: 'Most lost', align: 'right', value: ({ maxLoss }) => maxLoss, show: ({ maxLoss }) => (maxLoss === null ? 'unlimited' : formatMoney(maxLoss)) },
  { key: 'profit', title: 'Most gained', align: 'right', value: ({ maxProfit }) => maxProfit, show: ({ maxProfit }) => (maxProfit === null ? 'unlimited' : formatMoney(maxProfit)) },
  { key: 'chance', title: 'Chance', unit: '%', align: 'right', value: (row) => row.probabilityOfProfit, show: (row) => formatNumber(row.probabilityOfProfit * 100, { decimals: 0 }) },
  { key: 'margin', title: 'Margin', align: 'right', wide: true, value: ({ margin }) => margin, show: ({ margin }) => formatMoney(margin) },
];
const keyOf = ({ kind, strikes }: Found): string => `${kind} ${strikes.join(' ')}`;
const conditionMark = { MET: 'met', NOT_MET: 'not met', NOT_KNOWN: 'not known' } as const;

function Router({ underlying, expiry }: { underlying: string; expiry: string }): ReactNode {
  const router = useRead('strategy_router', { underlying, expiry });
  return (
    <Section title="What the strategies see">
      <Shown read={router} lines={4}>
        {({ strategies }) => (
          <ul className="lines">
            {strategies.map((strategy) => (
              <li key={strategy.id} className="line line-still">
                <span className="line-main">
                  {strategy.id.replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2').trim()} <span className="muted">{sentenceCase(strategy.structure).toLowerCase()}</span>
                </span>
                <span className={strategy.signal ? 'gain' : 'muted'}>{strategy.signal ? `signal, ${formatPercent(strategy.confidence * 100, { decimals: 0 })}` : 'no signal'}</span>
                <span className="muted line-under">
                  {strategy.signal ? `${withoutHiding(strategy.rationale)} ` : ''}
                  {strategy.conditions.map(({ says, state }) => `${withoutHiding(says)}: ${conditionMark[state]}`).join('; ')}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </Section>
  );
}

/** Structures that fit a view, best first, and what the option strategies see in this chain. */
export function Ideas({ underlying, expiry }: { underlying: string; expiry: string }): ReactNode {
  const [view, choose] = useQuery('gains', 'STILL', ['UP', 'DOWN', 'STILL', 'MOVING']);
  const found = useRead('option_structures', { underlying, expiry, view, limit: 12 });
  return (
    <>
      <Section
        title="Structures"
        note="one lot each, best first"
        aside={<Choice name="Gains when the price" value={view} values={[['UP', 'Rises'], ['DOWN', 'Falls'], ['STILL', 'Stays'], ['MOVING', 'Moves']]} choose={choose} />}
      >
        <Shown read={found} lines={8}>
          {({ structures, notes, searched }) => (
            <>
              <Grid
                title="Structures"
                columns={columns}
                rows={structures}
                rowKey={keyOf}
                open={({ kind }) => go({ query: { view: 'structure', kind } })}
                openLabel={({ kind, strikes }) => `${sentenceCase(kind)} ${strikes.join(' ')}`}
                exportName={`${underlying}-structures`}
                empty={<p className="muted">No structure of this view meets the least chance and reward.</p>}
              />
              <Reasons reasons={[searched, ...notes]} />
            </>
          )}
        </Shown>
      </Section>
      <Router underlying={underlying} expiry={expiry} />
    </>
  );
}
