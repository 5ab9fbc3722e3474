import type { ReactNode } from 'react';

const keys: [string, string][] = [
  ['⌘K or Ctrl K', 'Commands and parts of the desk'],
  ['/', 'Write to the desk'],
  ['Enter', 'Send; open what is marked'],
  ['Shift Enter', 'New line'],
  ['↑', 'Bring back what you said last, in an empty box'],
  ['J  K', 'Next and previous card or line'],
  ['C  R', 'Confirm and reject, inside an open card'],
  ['Esc', 'Close; leave an edit, then the box'],
  ['?', 'These keys'],
];
export const KeysSheet = (): ReactNode => (
  <dl className="keys">
    {keys.map(([key, what]) => (
      <div key={key}>
        <dt>
          {key.split(/ {2}| or /).map((each) => (
            <kbd key={each}>{each}</kbd>
          ))}
        </dt>
        <dd>{what}</dd>
      </div>
    ))}
  </dl>
);
