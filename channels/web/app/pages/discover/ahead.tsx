import type { ReactNode } from 'react';
import { withoutHiding } from '../../format/plain-text.ts';
import { go } from '../../location.ts';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

/** Results, board meetings, ex-dates and holidays that lie ahead, as far as a source covers them. */
export function Ahead(): ReactNode {
  const coming = useRead('calendar', {});
  return (
    <Section title="What is ahead" note={coming.reading.state === 'here' ? `to ${coming.reading.value.toText}` : undefined}>
      <Shown read={coming} lines={6}>
        {({ items, covered, reason }) =>
          items.length === 0 ? (
            <p className="muted">{reason ?? (covered ? 'Nothing is scheduled in this time.' : 'No source covers these days; nobody knows what is ahead.')}</p>
          ) : (
            <ul className="lines">
              {items.slice(0, 20).map((item) => {
                const { symbol } = item;
                const words = (
                  <>
                    <span className="line-main">
                      {symbol ?? withoutHiding(item.title)} <span className="muted">{item.words}</span>
                    </span>
                    <span className="muted">{item.dayText}</span>
                    {symbol === null ? null : <span className="muted line-under">{withoutHiding(item.title)}</span>}
                  </>
                );
                return (
                  <li key={`${item.date} ${item.kind} ${symbol ?? ''} ${item.title}`}>
                    {symbol === null ? (
                      <span className="line">{words}</span>
                    ) : (
                      <button type="button" className="line" data-walk="" onClick={() => go({ part: 'desk', query: { symbol, interval: '1d' } })}>
                        {words}
                      </button>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Shown>
    </Section>
  );
}
