import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const path = fileURLToPath(new URL('../../../shared/data/08_news_text/sentfin/SEntFiN.csv.gz', import.meta.url));
export const headlinesAreHere = (): boolean => existsSync(path);

export const STANCES = ['BULLISH', 'BEARISH', 'NEUTRAL'] as const;
export type LabelledStance = (typeof STANCES)[number];
const meaning: Record<string, LabelledStance> = { positive: 'BULLISH', negative: 'BEARISH', neutral: 'NEUTRAL' };

/** One company of one headline with people's label (SEntFiN 1.0, MIT licence). */
export interface LabelledHeadline { title: string; entity: string; others: string[]; stance: LabelledStance; part: 'fit' | 'tune' | 'test' }

/** By the title's digest, so that a headline is in one part with all its companies: 7 tenths to fit, 1 to choose settings by, 2 that nothing was fitted or chosen on. */
function partOf(title: string): LabelledHeadline['part'] {
  const tenth = Number.parseInt(createHash('sha256').update(title).digest('hex').slice(0, 8), 16) % 10;
  return tenth < 7 ? 'fit' : tenth === 7 ? 'tune' : 'test';
}

export function labelledHeadlines(): LabelledHeadline[] {
  const unquoted = (text: string | undefined): string => (text ?? '').replaceAll('""', '"');
  return gunzipSync(readFileSync(path)).toString('utf8').split('\n').slice(1).flatMap((line) => {
    const found = /^\d+,(?:"((?:[^"]|"")*)"|([^,]*)),(?:"((?:[^"]|"")*)"|(\{[^,]*\})),\d+/.exec(line.trim());
    if (!found) return [];
    const title = unquoted(found[1] ?? found[2]);
    const labels = [...unquoted(found[3] ?? found[4]).matchAll(/(?:'([^']*)'|"([^"]*)"): '(positive|negative|neutral)'/g)].map((label) => ({ entity: label[1] ?? label[2] ?? '', stance: meaning[label[3] ?? ''] ?? ('NEUTRAL' as const) }));
    return labels.map(({ entity, stance }) => ({ title, entity, stance, part: partOf(title), others: labels.map((each) => each.entity).filter((name) => name !== entity) }));
  });
}
