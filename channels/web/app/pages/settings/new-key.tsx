import { useState, type ReactNode } from 'react';
import { usePage } from '../../page-context.tsx';
import { makeKey, makeKeyWords } from './make-key.ts';

/** Makes an API key in this browser and shows it once; the desk is told its hash, in a proposal in the conversation. */
export function NewKey({ people }: { people: readonly string[] }): ReactNode {
  const { compose } = usePage();
  const [label, setLabel] = useState('');
  const [person, setPerson] = useState(people[0] ?? '');
  const [made, setMade] = useState<{ key: string; words: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const make = async (): Promise<void> => {
    const found = await makeKey();
    setCopied(false);
    setProblem(found === null ? 'This page has no cryptography: open the desk at localhost or over https, or make the key in the terminal.' : null);
    setMade(found && { key: found.key, words: makeKeyWords({ label, person, hash: found.hash }) });
  };
  return (
    <>
      <form
        className="symbol-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (label.trim() !== '' && person !== '') void make();
        }}
      >
        <label>
          <span className="unseen">Label of the key</span>
          <input value={label} maxLength={60} placeholder="label, such as screener" autoComplete="off" spellCheck={false} onChange={(event) => setLabel(event.target.value)} />
        </label>
        <label className="field">
          <span className="unseen">Person that it acts for</span>
          <select value={person} onChange={(event) => setPerson(event.target.value)}>
            {people.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button type="submit" className="button button-small">
          Make a key
        </button>
      </form>
      {problem === null ? null : <p className="part-line warn">{problem}</p>}
      {made === null ? null : (
        <div className="part-line">
          <p>
            <code className="new-key">{made.key}</code>
          </p>
          <p className="muted">Shown here once and told to nobody, the desk included: copy it first. It works after the yes to its card.</p>
          <p className="chips">
            <button type="button" onClick={() => void navigator.clipboard.writeText(made.key).then(() => setCopied(true), () => setProblem('It could not be copied; select it and copy it by hand.'))}>
              {copied ? 'Copied' : 'Copy'}
            </button>
            <button
              type="button"
              onClick={() => {
                compose(made.words);
                setMade(null);
              }}
            >
              Propose it
            </button>
          </p>
        </div>
      )}
    </>
  );
}
