import type { ReactNode } from 'react';

/** A few values of which one holds; each press is an address of its own. */
export function Choice<T extends string>({ name, value, values, choose }: { name: string; value: T; values: readonly (readonly [T, string])[]; choose: (value: T) => void }): ReactNode {
  return (
    <fieldset className="choice">
      <legend className="unseen">{name}</legend>
      {values.map(([each, text]) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => choose(each)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
