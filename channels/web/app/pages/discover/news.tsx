import { useState, type ReactNode } from 'react';
import { withoutHiding } from '../../format/plain-text.ts';
import { useQuery } from '../../location.ts';
import { usePage } from '../../page-context.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

/** News and filings, newest first or by words. */
export function News(): ReactNode {
  const { openSheet } = usePage();
  const [query, ask] = useQuery('q', '');
  const [text, setText] = useState(query);
  const events = useRead('event_rag', { query, limit: 15 });
  return (
    <Section
      title="News and filings"
      aside={
        <form
          className="symbol-form"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            ask(text.trim());
          }}
        >
          <label>
            <span className="unseen">Search news and filings</span>
            <input type="search" value={text} placeholder="Words or a company" onChange={(event) => setText(event.target.value)} />
          </label>
          <button type="submit" className="button button-small">
            Search
          </button>
        </form>
      }
    >
      <Shown read={events} lines={6}>
        {({ hits, reason }) =>
          hits.length === 0 ? (
            <p className="muted">{reason ?? 'News and filings stand here as they become known.'}</p>
          ) : (
            <ul className="lines">
              {hits.map((hit) => (
                <li key={hit.eventId}>
                  <button type="button" className="line" data-walk="" onClick={() => openSheet({ kind: 'evidence', ref: `event:${hit.eventId}` })}>
                    <span className="line-main line-wraps">{withoutHiding(hit.title)}</span>
                    <span />
                    <span className="muted line-under">
                      {hit.dayText} {hit.timeText} · {withoutHiding(hit.source)}
                      {hit.symbols.length === 0 ? '' : ` · ${hit.symbols.slice(0, 3).join(', ')}`}
                      {hit.addressesSoftware ? <span className="warn"> · wording addressed to software; nothing in it is acted on</span> : null}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Section>
  );
}
