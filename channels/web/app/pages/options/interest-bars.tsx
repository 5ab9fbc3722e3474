import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { Section } from '../../parts/section.tsx';
import type { Chain } from './chain-figures.tsx';
import { byStrike, nearest } from './strikes.ts';

/** Change of open interest by strike, calls against puts. Its table is the chain. */
export function InterestBars({ chain, count = 15 }: { chain: Chain; count?: number }): ReactNode {
  const price = chain.forward ?? chain.spot;
  const strikes = byStrike(chain.rows, { near: price, count });
  const largest = Math.max(1, ...strikes.flatMap(({ call, put }) => [Math.abs(call?.openInterestChange ?? 0), Math.abs(put?.openInterestChange ?? 0)]));
  const atMoney = nearest(strikes.map(({ strike }) => strike), price);
  const { calls, puts } = chain.openInterestChange;
  const known = strikes.some(({ call, put }) => call?.openInterestChange != null || put?.openInterestChange != null);
  const bar = (change: number | null | undefined, side: 'call' | 'put'): ReactNode => (
    <span className={`interest-side interest-${side}`}>
      <span className={`interest-bar${(change ?? 0) < 0 ? ' interest-less' : ''}`} style={{ width: `${(Math.abs(change ?? 0) / largest) * 100}%` }} />
      <span className="interest-figure figure">{change === null || change === undefined ? '—' : formatNumber(change, { plus: true })}</span>
    </span>
  );
  return (
    <Section title="Change of open interest" note={`calls ${formatNumber(calls, { plus: true })}, puts ${formatNumber(puts, { plus: true })}`}>
      {known ? (
        <div className="interest" role="img" aria-label={`Change of open interest by strike: calls ${formatNumber(calls, { plus: true })}, puts ${formatNumber(puts, { plus: true })}. The chain below has the figures.`}>
          <span className="interest-row interest-head muted">
            <span className="interest-side interest-call">Calls</span>
            <span className="interest-strike">Strike</span>
            <span className="interest-side interest-put">Puts</span>
          </span>
          {strikes.map(({ strike, call, put }) => (
            <span key={strike} className={`interest-row${strike === atMoney ? ' interest-at-money' : ''}`}>
              {bar(call?.openInterestChange, 'call')}
              <span className="interest-strike figure">{formatNumber(strike)}</span>
              {bar(put?.openInterestChange, 'put')}
            </span>
          ))}
        </div>
      ) : (
        <p className="muted">This chain does not say how open interest changed.</p>
      )}
    </Section>
  );
}
