import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Utterance } from '../../agents/grammar/context.ts';
import { readSentence, type Sentence } from '../../agents/grammar/sentence.ts';
import { ALIASES } from '../../feeds/linking/aliases.ts';
import { calendar, marketDate, paraphrases, resolver } from '../../test/agents/grammar/desk-talk.ts';
import { NAMES } from './names.ts';
import { Intent } from '../../agents/grammar/intents.ts';
import { table } from '../../agents/grammar/table/index.ts';

/** A sentence with what it means. `voices`: whose it is; lists are left out whole where the reader is measured. */
export interface Labelled { label: string; text: string; voices: string }

const folder = fileURLToPath(new URL('./sentences/', import.meta.url));
/** Of the sentences as they lie in the folder: what the stored weights were fitted on. */
export function sentencesDigest(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(`${folder}${name}`));
  return hash.digest('hex').slice(0, 16);
}
/** Slots of the wording that a word tells by itself, whatever else is said (`agents/grammar/likeness/besides.ts`); no part of a label. */
const told: ReadonlySet<string> = new Set(['trade_check.side', 'deals.side', 'deals.order', 'flows.who', 'corporate_actions.ahead', 'performance.charge', 'option_chain.right', 'option_chain.which', 'option_strategy.which', 'option_hedge.event', 'option_roll.recentre', 'intake.restart', 'card.step', 'decision.step', 'why.step', 'explain_block.step', 'audit_story.step']);
const kinds = new Map(Intent.options.map((option) => [option.shape.kind.value as string, option.shape as Record<string, unknown>]));

/** The values that a wording can give to a slot of a kind; null for names, figures and days. */
function valuesOf(kind: string, slot: string): readonly string[] | null {
  let schema = kinds.get(kind)?.[slot] as { def?: { type?: string; innerType?: unknown; entries?: Record<string, string> } } | undefined;
  while (schema?.def?.innerType) schema = schema.def.innerType as typeof schema;
  return schema?.def?.type === 'enum' ? Object.keys(schema.def.entries ?? {}) : schema?.def?.type === 'boolean' ? ['true'] : null;
}
/** Kind and the slots of the wording, in the order of the schema. Of what changes something the kind alone, since it is never read by likeness. */
export function labelOf(kind: string, slots: Readonly<Record<string, unknown>>, changes: (kind: string) => boolean): string {
  const given = changes(kind) ? [] : Object.keys(kinds.get(kind) ?? {}).filter((slot) => slots[slot] !== undefined && !told.has(`${kind}.${slot}`) && valuesOf(kind, slot) !== null);
  return [kind, ...given.map((slot) => `${slot}=${String(slots[slot])}`)].join(' ');
}

/** @throws RangeError naming the file and line of a label that no intent has. */
export function labelledSentences(changes: (kind: string) => boolean): Labelled[] {
  const written = readdirSync(folder).filter((name) => name.endsWith('.tsv')).sort().flatMap((name) =>
    readFileSync(`${folder}${name}`, 'utf8').split('\n').flatMap((line, k) => {
      const [label = '', text = ''] = line.split('\t');
      if (line.trim() === '') return [];
      const [kind = '', ...slots] = label.trim().split(/\s+/);
      const given = Object.fromEntries(slots.map((slot) => slot.split('=') as [string, string]));
      const unknown = kind === 'ask' ? undefined : kinds.has(kind) ? Object.entries(given).find(([slot, value]) => !changes(kind) && !valuesOf(kind, slot)?.includes(value)) : [kind];
      if (unknown || text.trim() === '') throw new RangeError(`${name}, line ${k + 1}: no such label or no sentence: ${line.slice(0, 80)}`);
      return [{ label: labelOf(kind, given, changes), text, voices: name.replace('.tsv', '') }];
    }));
  const spoken = paraphrases().filter((row) => row.slice === 'open' && !row.context).map((row) => ({ label: labelOf(row.intent === 'unknown' ? 'ask' : row.intent, row.slots, changes), text: row.text, voices: 'paraphrases' }));
  const examples = table.flatMap((entry) => entry.examples.map((text) => ({ label: labelOf(entry.kind, entry.with ?? {}, changes), text, voices: 'table' })));
  return [...written, ...spoken, ...examples];
}

const names = new Map([...NAMES.map((name) => [name, { symbol: name.toUpperCase().replaceAll(' ', ''), name }] as const), ...Object.entries(ALIASES).flatMap(([symbol, aliases]) => [symbol, ...aliases].map((name) => [name.toLowerCase(), { symbol, name: aliases[0] ?? symbol }] as const))]);
const usual: Omit<Utterance, 'text'> = {
  context: { accounts: [{ name: 'SIP' }, { name: 'LumpSum' }, { name: 'Tactical' }], positions: [], pendingConfirmations: [], lastSymbol: 'INFY', lastShownCard: 12 },
  resolver: { resolve: (name) => { const known = names.get(name.toLowerCase()); return known ? { kind: 'one', ...known } : resolver.resolve(name); } },
  calendar, marketDate,
};
export const sentenceOf = (text: string): Sentence => readSentence({ ...usual, text });
export const utteranceOf = (text: string): Utterance => ({ ...usual, text });
