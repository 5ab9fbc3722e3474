import type { ReactNode } from 'react';
import { sentenceCase } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { useDesk } from '../../page-context.tsx';
import { Propose } from '../../parts/empty.tsx';
import { Grid, type GridColumn } from '../../parts/grid.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import { NewKey } from './new-key.tsx';
import type { ReadOutput } from '../../read/read-types.ts';

type Output = ReadOutput<'people'>;
type Person = Output['people'][number];
type Right = Person['byAccount'][number];
type Link = Output['links'][number];
type Key = Output['keys'][number];
const may = ({ sees, proposes, confirms }: Right): string => [sees ? 'sees' : null, proposes ? 'proposes' : null, confirms ? 'confirms' : null].filter(Boolean).join(', ') || 'nothing';

const personColumns: readonly GridColumn<Person>[] = [
  { key: 'name', title: 'Person', value: ({ name }) => withoutHiding(name) },
  { key: 'role', title: 'Role', value: ({ role }) => role },
  {
    key: 'rights', title: 'May', value: ({ rights }) => rights,
    show: ({ byAccount }) => (byAccount.length === 0 ? <span className="muted">nothing yet</span> : byAccount.map((right) => <div key={right.account}>{withoutHiding(right.account)}: {may(right)}</div>)),
  },
  { key: 'change', title: 'Change', value: () => null, show: ({ name }) => <Propose words={`let ${name} confirm in `}>Give a right …</Propose> },
];
const linkColumns: readonly GridColumn<Link>[] = [
  { key: 'person', title: 'Person', value: ({ person }) => withoutHiding(person) },
  { key: 'channel', title: 'Channel', value: ({ channel }) => sentenceCase(channel) },
  { key: 'linked', title: 'Linked', wide: true, value: ({ linkedText }) => linkedText },
  { key: 'end', title: 'End it', value: () => null, show: (link) => <EndLink {...link} /> },
];
const keyColumns: readonly GridColumn<Key>[] = [
  { key: 'label', title: 'Key', value: ({ label }) => withoutHiding(label) },
  { key: 'person', title: 'Acts for', value: ({ person }) => withoutHiding(person) },
  { key: 'made', title: 'Made', wide: true, value: ({ madeText }) => madeText },
  { key: 'state', title: 'State', value: ({ works }) => (works ? 'works' : 'revoked'), show: ({ works, endedText }) => (works ? 'works' : <span className="muted">revoked {endedText}</span>) },
  { key: 'end', title: 'End it', value: () => null, show: ({ label, person, works }) => (works ? <Propose danger words={`/revokekey ${label} of ${person}`}>Revoke</Propose> : null) },
];
/** One's own link ends with the sentence; somebody else's is proposed. */
function EndLink({ person, channel }: Link): ReactNode {
  const own = useDesk()?.person.name === person;
  return <Propose danger words={own ? `/unlink ${channel}` : `unlink ${person} from ${channel}`}>Unlink</Propose>;
}
const personKey = ({ name }: Person): string => name;
const linkKey = ({ person, channel, linkedText }: Link): string => `${person} ${channel} ${linkedText}`;
const keyKey = ({ label, person, madeText }: Key): string => `${label} ${person} ${madeText}`;

/** Who may use the desk, from where, and which programs act for them. For owners; each change is a proposal in the conversation. */
export function People(): ReactNode {
  const people = useRead('people', {});
  return (
    <>
      <Section title="People" aside={<Propose words="add Name as viewer">Add a person …</Propose>}>
        <Shown read={people}>{(value) => <Grid title="People" columns={personColumns} rows={value.people} rowKey={personKey} exportName="people" />}</Shown>
      </Section>
      <Section title="Channel links" note="unlinking ends what was asked there, at once" aside={<Propose words="/link">Link a chat of mine</Propose>}>
        <Shown read={people}>
          {({ links }) => <Grid title="Channel links" columns={linkColumns} rows={links} rowKey={linkKey} empty={<p className="muted">Nobody has linked a chat. Say /link here, and send the code to the desk’s bot on Telegram or Discord.</p>} />}
        </Shown>
      </Section>
      <Section title="API keys">
        <Shown read={people}>
          {({ keys }) => <Grid title="API keys" columns={keyColumns} rows={keys} rowKey={keyKey} empty={<p className="muted">No program has a key.</p>} />}
        </Shown>
        <div className="part-line">
          <Shown read={people} lines={1}>{(value) => <NewKey people={value.people.map(({ name }) => name)} />}</Shown>
        </div>
        <p className="muted part-line">
          A key lets a program do what its person may. In the terminal: <code>npm run -s parapet -- user key NAME --label LABEL</code>
        </p>
      </Section>
    </>
  );
}
