import type { ReactNode } from 'react';
import { formatPercent, formatPrice } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { usePage } from '../../page-context.tsx';
import { useAccountInput } from '../../parts/account-input.ts';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

/** The latest set-ups that became cards, with the confidence that the desk puts in each. */
export function Signals(): ReactNode {
  const { openSheet } = usePage();
  const cards = useRead('cards', { ...useAccountInput(), limit: 40 });
  return (
    <Section title="Signals">
      <Shown read={cards} lines={4}>
        {({ cards: all }) => {
          const found = all.filter(({ confidence, symbol }) => confidence !== null && symbol !== null).slice(0, 8);
          if (found.length === 0) return <Empty offer="find me a trade" label="Look for set-ups">Set-ups that passed the filters stand here with their confidence.</Empty>;
          return (
            <ul className="lines">
              {found.map((card) => (
                <li key={card.actionId}>
                  <button type="button" className="line" data-walk="" onClick={() => openSheet({ kind: card.waiting ? 'card' : 'story', actionId: card.actionId })}>
                    <span className="line-main">
                      {card.symbol} <span className="muted">{withoutHiding(card.strategy.replaceAll('_', ' '))}</span>
                    </span>
                    <span className="figure">{formatPercent(card.confidence === null ? null : card.confidence * 100, { decimals: 0 })}</span>
                    <span className="muted line-under">
                      {card.account} · {card.status.toLowerCase().replaceAll('_', ' ')}
                      {card.entryPrice === null ? '' : ` · entry ${formatPrice(card.entryPrice)}`}
                    </span>
                    <span className="confidence" aria-hidden="true">
                      <span style={{ width: `${(card.confidence ?? 0) * 100}%` }} />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Shown>
    </Section>
  );
}
