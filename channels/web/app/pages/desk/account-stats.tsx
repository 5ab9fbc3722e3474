import type { ReactNode } from 'react';
import { formatMoney, formatPercent } from '../../format/number.ts';
import { useDesk, usePick } from '../../page-context.tsx';
import { Skeleton } from '../../parts/shown.tsx';
import { Stats } from '../../parts/stats.tsx';

const sum = (values: readonly (number | null)[]): number | null => values.reduce<number | null>((total, value) => (total === null || value === null ? null : total + value), 0);

/** Worth, today's profit, cash and what the stops leave at risk, of what is looked at. Accounts in other currencies are not added up. */
export function AccountStats(): ReactNode {
  const desk = useDesk();
  const account = usePick((state) => state.account);
  if (!desk) return <Skeleton lines={2} />;
  const accounts = desk.accounts.filter(({ name }) => account === null || name === account);
  const currency = accounts[0]?.currency ?? 'INR';
  const same = accounts.filter((each) => each.currency === currency);
  const ids = new Set(same.map(({ accountId }) => accountId));
  const held = desk.positions.filter(({ accountId }) => ids.has(accountId));
  const equity = sum(same.map((each) => each.equity));
  const today = sum(same.map((each) => each.todayPnl));
  const unprotected = held.filter(({ stop }) => stop === null).length;
  return (
    <Stats
      stats={[
        { name: 'Equity', text: formatMoney(equity, { currency }), ...(same.length === accounts.length ? {} : { note: `${currency} accounts` }) },
        {
          name: 'Today',
          text: formatMoney(today, { currency, plus: true }),
          sign: today,
          note: formatPercent(today === null || equity === null || equity === today ? null : (today / (equity - today)) * 100, { plus: true }),
        },
        { name: 'Cash', text: formatMoney(sum(same.map((each) => each.cash)), { currency }) },
        {
          name: 'At risk to the stops',
          text: formatMoney(sum(held.filter(({ stop }) => stop !== null).map(({ riskLeft }) => riskLeft)), { currency }),
          ...(unprotected === 0 ? {} : { note: <span className="warn">{unprotected} without a stop</span> }),
        },
      ]}
    />
  );
}
