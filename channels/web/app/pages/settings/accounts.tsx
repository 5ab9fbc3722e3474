import type { ReactNode } from 'react';
import { formatMoney, kindWords } from '../../format/number.ts';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Row = ReadOutput<'accounts'>['accounts'][number];
const rights = ({ canPropose, canConfirm }: Row): string => ['see', canPropose ? 'propose' : null, canConfirm ? 'confirm' : null].filter(Boolean).join(', ');
const columns: readonly GridColumn<Row>[] = [
  { key: 'name', title: 'Account', value: ({ name }) => name },
  { key: 'type', title: 'Type', wide: true, value: ({ type }) => kindWords(type) },
  { key: 'mode', title: 'Mode', value: ({ mode }) => mode },
  { key: 'broker', title: 'Broker', wide: true, value: ({ broker }) => broker },
  { key: 'state', title: 'Entries', value: ({ state }) => state.toLowerCase() },
  { key: 'rights', title: 'You may', value: rights },
  { key: 'equity', title: 'Worth', align: 'right', value: ({ equity }) => equity, show: ({ equity, currency }) => formatMoney(equity, { currency }) },
];
const keyOf = ({ accountId }: Row): string => accountId;

export function Accounts(): ReactNode {
  const accounts = useRead('accounts', {});
  return (
    <Section title="Accounts">
      <Shown read={accounts}>{({ accounts: all }) => <Grid title="Accounts" columns={columns} rows={all} rowKey={keyOf} empty={<p className="muted">You may see no account yet; the owner gives rights.</p>} />}</Shown>
    </Section>
  );
}
