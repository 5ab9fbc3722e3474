import { useMemo, type ReactNode } from 'react';
import type { PositionState } from '../../../../conversation-service.ts';
import { formatMoney, formatNumber, formatPercent, formatPrice } from '../../format/number.ts';
import { go, useRoute } from '../../location.ts';
import { useDesk, usePick } from '../../page-context.tsx';
import { Changing } from '../../panel/changing.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Skeleton } from '../../parts/shown.tsx';

type Row = PositionState & { account: string; currency: 'INR' | 'USD' };
const columns: readonly GridColumn<Row>[] = [
  { key: 'symbol', title: 'Symbol', value: ({ symbol }) => symbol },
  { key: 'account', title: 'Account', value: ({ account }) => account, wide: true },
  { key: 'quantity', title: 'Quantity', align: 'right', value: ({ quantity }) => quantity, show: ({ quantity }) => formatNumber(quantity) },
  { key: 'average', title: 'Average', align: 'right', wide: true, value: ({ averagePrice }) => averagePrice, show: ({ averagePrice }) => formatPrice(averagePrice) },
  { key: 'last', title: 'Last', align: 'right', value: ({ last }) => last, show: ({ last, lastNote }) => <><Changing text={formatPrice(last)} />{lastNote ? <span className="muted" title={`No trade is known; this is ${lastNote}.`}> {lastNote}</span> : null}</> },
  {
    key: 'pnl', title: 'P&L', align: 'right', value: ({ pnl }) => pnl, sign: ({ pnl }) => pnl,
    show: ({ pnl, currency }) => <Changing text={formatMoney(pnl, { currency, plus: true })} />,
  },
  { key: 'percent', title: 'P&L', unit: '%', align: 'right', wide: true, value: ({ pnlPercent }) => pnlPercent, sign: ({ pnlPercent }) => pnlPercent, show: ({ pnlPercent }) => formatPercent(pnlPercent, { plus: true }).replace(' %', '') },
  { key: 'stop', title: 'Stop', align: 'right', value: ({ stop }) => stop, show: ({ stop }) => (stop === null ? <span className="warn">none</span> : formatPrice(stop)) },
  { key: 'target', title: 'Target', align: 'right', wide: true, value: ({ target }) => target, show: ({ target }) => (target === null ? <span className="muted">none</span> : formatPrice(target)) },
  { key: 'risk', title: 'Risk left', align: 'right', wide: true, value: ({ riskLeft }) => riskLeft, show: ({ riskLeft, currency }) => formatMoney(riskLeft, { currency }) },
];
const keyOf = ({ positionId }: Row): string => positionId;

/** What is held, at the prices of now. A row shows its symbol below; its story is one step further. */
export function Positions(): ReactNode {
  const desk = useDesk();
  const account = usePick((state) => state.account);
  const { query } = useRoute();
  const rows = useMemo((): Row[] => {
    const owner = new Map((desk?.accounts ?? []).map((each) => [each.accountId, each]));
    return (desk?.positions ?? []).flatMap((position) => {
      const own = owner.get(position.accountId);
      return own && (account === null || own.name === account) ? [{ ...position, account: own.name, currency: own.currency }] : [];
    });
  }, [desk, account]);
  const shown = rows.find(({ symbol, actionId }) => symbol === query.symbol && actionId !== null);
  return (
    <Section
      title="Positions"
      note={rows.length === 0 ? undefined : String(rows.length)}
      aside={
        shown?.actionId ? (
          <button type="button" className="quiet" onClick={() => go({ sheets: [{ kind: 'story', actionId: shown.actionId ?? '' }] })}>
            Story of {shown.symbol}
          </button>
        ) : undefined
      }
    >
      {desk ? (
        <Grid
          title="Positions"
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          open={({ symbol }) => go({ query: { symbol } }, { inPlace: true })}
          openLabel={({ symbol }) => `Show ${symbol}`}
          exportName="positions"
          empty={<Empty offer="find me a trade in the SIP account" label="Find me a trade">What you hold stands here, with live profit, stop and risk.</Empty>}
        />
      ) : (
        <Skeleton lines={4} />
      )}
    </Section>
  );
}
