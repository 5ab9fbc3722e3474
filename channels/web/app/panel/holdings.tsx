import { useId, type ReactNode } from 'react';
import type { AccountState, PositionState } from '../../../conversation-service.ts';
import { formatMoney, formatNumber, formatPercent, formatPrice, unknown } from '../format/number.ts';
import { useDesk, usePage } from '../page-context.tsx';
import { Changing } from './changing.tsx';

const tone = (value: number | null): string => (value === null || value === 0 ? '' : value > 0 ? 'gain' : 'loss');

function Account({ account }: { account: AccountState }): ReactNode {
  const money = (value: number | null, plus = false): string => formatMoney(value, { currency: account.currency, plus });
  return (
    <div className="holding-account">
      <span>
        <strong>{account.name}</strong>
        {account.switchState === 'ACTIVE' ? null : (
          <span className={`guard guard-${account.switchState.toLowerCase()}`} title={account.switchReason ?? undefined}>
            {account.switchState === 'HALTED' ? 'halted' : 'exits only'}
          </span>
        )}
      </span>
      <Changing className="figure" text={money(account.equity)} />
      <span className="muted">cash {money(account.cash)}</span>
      <span className={`figure ${tone(account.todayPnl)}`}>
        {money(account.todayPnl, true)} <span className="today">today</span>
      </span>
    </div>
  );
}

function Position({ position, currency }: { position: PositionState; currency: 'INR' | 'USD' }): ReactNode {
  const { openSheet } = usePage();
  const words = (
    <>
      <span className="holding-symbol">
        {position.symbol} <span className="muted">{formatNumber(position.quantity)}</span>
      </span>
      <Changing className={`figure ${tone(position.pnl)}`} text={formatMoney(position.pnl, { currency, plus: true })} />
      <span className="muted figure">
        {formatPrice(position.averagePrice)} → {formatPrice(position.last)}
        {position.lastNote ? <span title={`No trade is known; this is ${position.lastNote}.`}> {position.lastNote}</span> : null}
      </span>
      <span className="muted figure">
        {position.stop === null ? (
          <span className="warn">no stop</span>
        ) : (
          <>risk {position.riskLeft === null ? unknown : formatMoney(position.riskLeft, { currency })}</>
        )}{' '}
        {position.pnlPercent === null ? '' : `· ${formatPercent(position.pnlPercent, { plus: true })}`}
      </span>
    </>
  );
  const { actionId } = position;
  return (
    <li>
      {actionId === null ? (
        <div className="holding">{words}</div>
      ) : (
        <button
          type="button"
          className="holding"
          data-walk=""
          aria-label={`Story of ${position.symbol}`}
          onClick={() => openSheet({ kind: 'story', actionId })}
        >
          {words}
        </button>
      )}
    </li>
  );
}

/** What is at risk: accounts and what they hold. Each position opens its story. */
export function Holdings({ account }: { account: string | null }): ReactNode {
  const desk = useDesk();
  const heading = useId();
  const accounts = (desk?.accounts ?? []).filter(({ name }) => account === null || name === account);
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>At risk</h2>
      {accounts.length === 0 ? (
        <p className="muted">Your accounts and what they hold appear here.</p>
      ) : (
        accounts.map((each) => {
          const held = (desk?.positions ?? []).filter(({ accountId }) => accountId === each.accountId);
          return (
            <div key={each.accountId} className="holding-group">
              <Account account={each} />
              {held.length === 0 ? (
                <p className="muted holding-none">Holds nothing.</p>
              ) : (
                <ul>
                  {held.map((position) => (
                    <Position key={position.positionId} position={position} currency={each.currency} />
                  ))}
                </ul>
              )}
            </div>
          );
        })
      )}
    </section>
  );
}
