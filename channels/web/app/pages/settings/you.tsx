import type { ReactNode } from 'react';
import { signOut } from '../../desk-api.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { useDesk } from '../../page-context.tsx';
import { Section } from '../../parts/section.tsx';

export function You(): ReactNode {
  const person = useDesk()?.person;
  return (
    <Section title="You">
      <p className="part-line">
        Signed in as <strong>{withoutHiding(person?.name ?? '…')}</strong>
        {person ? `, ${person.role}` : ''}.{' '}
        <button type="button" className="button button-small" onClick={() => void signOut().then(() => location.assign('/'))}>
          Sign out
        </button>
      </p>
    </Section>
  );
}
