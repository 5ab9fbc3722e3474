import { useState, type ReactNode } from 'react';
import { useQuery } from '../location.ts';
import { Choice } from '../parts/choice.tsx';
import { Section } from '../parts/section.tsx';
import { Shown } from '../parts/shown.tsx';
import { useRead } from '../read/use-read.ts';
import { ChainFigures } from './options/chain-figures.tsx';
import { ChainTable } from './options/chain-table.tsx';
import { Ideas } from './options/ideas.tsx';
import { InterestBars } from './options/interest-bars.tsx';
import { Structure } from './options/structure.tsx';

const views = [['chain', 'Chain'], ['structure', 'Structure'], ['ideas', 'Ideas']] as const;

function UnderlyingForm({ underlying, choose }: { underlying: string; choose: (underlying: string) => void }): ReactNode {
  const [text, setText] = useState('');
  return (
    <form
      className="symbol-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') choose(text.trim().toUpperCase());
        setText('');
      }}
    >
      <label>
        <span className="unseen">Underlying</span>
        <input value={text} placeholder={underlying} autoComplete="off" spellCheck={false} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" className="button button-small">
        Show
      </button>
    </form>
  );
}

/** What the chain says first, then the chain itself, one structure on it, or what the desk would look at. */
export default function OptionsView(): ReactNode {
  const [underlying, choose] = useQuery('underlying', 'NIFTY');
  const [expiry, chooseExpiry] = useQuery('expiry', '');
  const [view, chooseView] = useQuery('view', 'chain', ['chain', 'structure', 'ideas']);
  const asked = { underlying, ...(expiry === '' ? {} : { expiry }) };
  const chain = useRead('option_chain', asked);
  const here = chain.reading.state === 'here' ? chain.reading.value : null;
  return (
    <>
      <Section
        title={here === null ? underlying : `${here.underlying}, ${here.expiryText}`}
        note={here === null ? undefined : `${here.asOfText}, ${here.source}${here.stale ? ', old' : ''}`}
        aside={
          <>
            {here === null ? null : (
              <label className="expiries">
                <span className="unseen">Expiry</span>
                <select value={here.expiry} onChange={(event) => chooseExpiry(event.target.value)}>
                  {here.expiries.map((each) => (
                    <option key={each} value={each}>
                      {each}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <UnderlyingForm underlying={underlying} choose={choose} />
          </>
        }
      >
        <Shown read={chain} lines={4}>
          {(value) => <ChainFigures chain={value} />}
        </Shown>
      </Section>
      {here === null ? null : (
        <>
          <Choice name="What is shown" value={view} values={views} choose={chooseView} />
          {view === 'chain' ? (
            <>
              <InterestBars chain={here} />
              <ChainTable chain={here} />
            </>
          ) : view === 'structure' ? (
            <Structure underlying={here.underlying} expiry={here.expiry} />
          ) : (
            <Ideas underlying={here.underlying} expiry={here.expiry} />
          )}
        </>
      )}
    </>
  );
}
