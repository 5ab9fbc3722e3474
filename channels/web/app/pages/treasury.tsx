import type { ReactNode } from 'react';
import { formatMinor, formatMoney, kindWords } from '../format/number.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { useAccountInput } from '../parts/account-input.ts';
import { Propose, Reasons } from '../parts/empty.tsx';
import { Grid, type GridColumn } from '../parts/grid.tsx';
import { Section } from '../parts/section.tsx';
import { Shown } from '../parts/shown.tsx';
import { Stats } from '../parts/stats.tsx';
import { useRead } from '../read/use-read.ts';
import type { ReadOutput } from '../read/read-types.ts';

type Output = ReadOutput<'treasury'>;
type Row = Output['table'][number];
const money = (key: 'cash' | 'deployable' | 'keptBack' | 'invested' | 'deposited' | 'equity', title: string, wide = false): GridColumn<Row> => ({
  key, title, wide, align: 'right', value: (row) => row[key], show: (row) => formatMoney(row[key]),
});
const columns: readonly GridColumn<Row>[] = [
  { key: 'account', title: 'Account', value: ({ account }) => account },
  money('cash', 'Cash'), money('deployable', 'Free to deploy'), money('keptBack', 'Kept back', true), money('invested', 'Invested', true), money('deposited', 'Paid in', true), money('equity', 'Worth'),
];
const keyOf = ({ account }: Row): string => account;

const Funding = ({ plans }: { plans: Output['funding'] }): ReactNode => (
  <div className="part-pair">
    {plans.map((plan) => (
      <div key={plan.account}>
        <h3>
          {plan.account} <span className="muted">{kindWords(plan.type)}</span>
        </h3>
        {plan.allowance === null ? null : (
          <p className="muted part-line">
            Instalment {formatMinor(plan.allowance.instalmentMinor)}, carried {formatMinor(plan.allowance.carriedMinor)}, deployed {formatMinor(plan.allowance.deployedMinor)}: {formatMinor(plan.allowance.availableMinor)} to deploy.
          </p>
        )}
        <ul className="lines">
          {plan.lines.map((line) => (
            <li key={`${line.kind} ${line.number} ${line.state}`} className="line line-still">
              <span className="line-main">
                {line.kind === 'TRANCHE' ? 'Tranche' : 'Instalment'} {line.number}
              </span>
              <span className="figure">{formatMinor(line.amountMinor)}</span>
              <span className="muted line-under">
                {line.shown}
                {line.dueDate === null ? '' : ` · ${line.dueDate}`}
                {line.waitsFor === null ? '' : ` · ${withoutHiding(line.waitsFor)}`}
              </span>
            </li>
          ))}
        </ul>
      </div>
    ))}
  </div>
);

/** Cash first, then what the funding plans let out and when. Every move of money is a proposal in the conversation. */
export default function TreasuryView(): ReactNode {
  const treasury = useRead('treasury', useAccountInput());
  return (
    <Shown read={treasury} lines={8}>
      {({ totals, table, funding, dueMinor, currency, reasons }) => (
        <>
          <Stats
            stats={[
              { name: 'Cash', text: formatMinor(totals.cashMinor, { currency }) },
              { name: 'Free to deploy', text: formatMinor(totals.deployableMinor, { currency }) },
              { name: 'Reserved for orders', text: formatMinor(totals.reservedMinor, { currency }) },
              { name: 'Buffer', text: formatMinor(totals.bufferMinor, { currency }) },
              { name: 'Held back by plans', text: formatMinor(totals.heldBackMinor, { currency }) },
              { name: 'Realised', text: formatMinor(totals.realisedMinor, { currency, plus: true }), sign: totals.realisedMinor, note: `charges ${formatMinor(totals.chargesMinor, { currency })}` },
            ]}
          />
          <Section
            title="Accounts"
            aside={
              <>
                <Propose words="transfer ₹ from  to ">Transfer …</Propose>
                <Propose words="deposit ₹ into ">Deposit …</Propose>
                <Propose words="withdraw ₹ from ">Withdraw …</Propose>
              </>
            }
          >
            <Grid title="Balances" columns={columns} rows={table} rowKey={keyOf} exportName="treasury" />
          </Section>
          <Section title="Funding plans" note={dueMinor === null || dueMinor === 0 ? undefined : `${formatMinor(dueMinor, { currency })} is due`}>
            {funding.length === 0 ? <p className="muted">Instalments and tranches of a funding plan stand here with their dates.</p> : <Funding plans={funding} />}
          </Section>
          <Reasons reasons={reasons} />
        </>
      )}
    </Shown>
  );
}
