import type { ReactNode } from 'react';
import { formatMinor } from '../../format/number.ts';
import { useAccountInput } from '../../parts/account-input.ts';
import { Section } from '../../parts/section.tsx';
import { useRead } from '../../read/use-read.ts';

/** Shares of parted companies that are not credited yet: in the equity by an estimate, and no money. Nothing where none are owed. */
export function Expected(): ReactNode {
  const { reading } = useRead('portfolio_state', useAccountInput());
  if (reading.state !== 'here' || reading.value.expected.length === 0) return null;
  const { expected, accounts, currency } = reading.value;
  return (
    <Section title="Expected: shares of the parted company" note="an estimate, in the equity until they are credited; neither cash nor free">
      <dl className="facts">
        {expected.map(({ account, symbol, exDate, exDateText, quantity, worthMinor }) => (
          <div key={`${account} ${symbol} ${exDate}`}>
            <dt>{accounts.length > 1 ? `${account}: ` : ''}{symbol}</dt>
            <dd>{`about ${formatMinor(worthMinor, { currency })}, parted from ${quantity} held on the ex-date, ${exDateText}`}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
