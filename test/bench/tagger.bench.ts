import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Mention } from '../../desk/tagging/headline-words.ts';
import { policyStance } from '../../desk/tagging/policy-stance.ts';
import { readStance } from '../../desk/tagging/read-stance.ts';
import { tagEvent } from '../../desk/tagging/tag-event.ts';
import { typeEvent } from '../../feeds/importers/event-type.ts';
import { labelledHeadlines, STANCES, type LabelledStance } from '../../scripts/tagging/labelled-headlines.ts';
import { scoresOf } from '../../scripts/tagging/scores.ts';
import { parseCsv } from '../../scripts/tagging/parse-csv.ts';

export const name = 'tagger';

interface Figure { metric: string; value: number; unit: string }
const shared = (path: string): string => fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
const read = (path: string): string => { const bytes = readFileSync(shared(path)); return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString(path.includes('phrasebank') ? 'latin1' : 'utf8'); };

/** What the lexicon has to beat: the published word lists of finance (Loughran and McDonald), counted; more of one kind decides. */
function listedWords(): (text: string) => LabelledStance {
  const [good, bad] = ['positive', 'negative'].map((kind) => new Set(parseCsv(read(`08_news_text/lexicons/loughran_mcdonald_${kind}_words.csv.gz`)).map((row) => (row.Word ?? '').toLowerCase())));
  return (text) => {
    const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
    const lean = words.filter((word) => good?.has(word)).length - words.filter((word) => bad?.has(word)).length;
    return lean > 0 ? 'BULLISH' : lean < 0 ? 'BEARISH' : 'NEUTRAL';
  };
}

/** As the desk tags a headline, with the named companies given: `subject` first, so that the stance is the one towards it. */
function stanceByTagger({ title, entity, others }: { title: string; entity: string | null; others: readonly string[] }): LabelledStance {
  const mentions: Mention[] = entity === null ? [] : [{ name: entity, symbol: entity }, ...others.map((other): Mention => ({ name: other, symbol: null }))];
  return tagEvent({ title, body: '', ...typeEvent({ title }), symbols: [], mentions, addressesSoftware: false }).stance;
}

const figures = (of: string, rows: number, scores: { accuracy: number; macroF1: number }): Figure[] => [
  { metric: `${of}: rows`, value: rows, unit: 'labels' }, { metric: `${of}: accuracy`, value: scores.accuracy, unit: '' }, { metric: `${of}: macro-F1`, value: scores.macroF1, unit: '' },
];

function headlineFigures(): Figure[] {
  const test = labelledHeadlines().filter(({ part }) => part === 'test');
  const baseline = listedWords();
  const score = (say: (row: (typeof test)[number]) => LabelledStance, rows = test) => scoresOf(STANCES, rows.map((row) => ({ said: say(row), is: row.stance })));
  const alone = test.filter(({ others }) => others.length === 0);
  return [
    ...figures('headlines (held out), tagger', test.length, score(stanceByTagger)),
    ...figures('headlines (held out), lexicon alone', test.length, score((row) => readStance({ text: row.title, subject: row.entity, others: row.others }).stance)),
    ...figures('headlines (held out), name not known', alone.length, score((row) => stanceByTagger({ title: row.title, entity: null, others: [] }), alone)),
    ...figures('headlines (held out), listed words', test.length, score((row) => baseline(row.title))),
  ];
}

/** Sentences of another kind and country, on which nothing was fitted: how far the lexicon carries. */
function sentenceFigures(): Figure[] {
  const meaning: Record<string, LabelledStance> = { positive: 'BULLISH', negative: 'BEARISH', neutral: 'NEUTRAL' };
  const rows = read('08_news_text/financial_phrasebank/Sentences_AllAgree.txt.gz').split('\n').flatMap((line) => {
    const at = line.lastIndexOf('@');
    const is = meaning[line.slice(at + 1).trim()];
    return at > 0 && is ? [{ text: line.slice(0, at), is }] : [];
  });
  const baseline = listedWords();
  return [
    ...figures('phrasebank (never fitted), tagger', rows.length, scoresOf(STANCES, rows.map(({ text, is }) => ({ said: stanceByTagger({ title: text, entity: null, others: [] }), is })))),
    ...figures('phrasebank, listed words', rows.length, scoresOf(STANCES, rows.map(({ text, is }) => ({ said: baseline(text), is })))),
  ];
}

const POLICY = ['HAWKISH', 'DOVISH', 'NEUTRAL'] as const;
type PolicyLabel = (typeof POLICY)[number];
/** What the policy lexicon has to beat: the words of tightening and easing, counted. */
function policyWords(text: string): PolicyLabel {
  const count = (pattern: RegExp): number => (text.toLowerCase().match(pattern) ?? []).length;
  const lean = count(/\b(?:hawkish|tighten\w*|rais\w+|hik\w+|inflation\w*|upside|elevated|strong\w*)\b/g) - count(/\b(?:dovish|eas\w+|accommodat\w+|cut\w*|lower\w*|downside|weak\w*|slow\w*)\b/g);
  return lean > 0 ? 'HAWKISH' : lean < 0 ? 'DOVISH' : 'NEUTRAL';
}
function policyFigures(): Figure[] {
  const label = (text: string | undefined): PolicyLabel | null => ((POLICY as readonly string[]).includes((text ?? '').toUpperCase()) ? ((text ?? '').toUpperCase() as PolicyLabel) : (text ?? '').toLowerCase() === 'irrelevant' ? 'NEUTRAL' : null);
  const sets = [
    { of: 'RBI sentences', file: '09_policy_stance/rbi/rbi_mpc_stance_labelled.csv', text: 'sentences', is: 'corrected_label' },
    { of: 'FOMC sentences', file: '09_policy_stance/fomc/fomc_1996-2019.csv.gz', text: 'sentence', is: 'label_name' },
    { of: 'ECB sentences', file: '09_policy_stance/other_banks/european_central_bank_stance_corrected.csv.gz', text: 'sentences', is: 'New_Label' },
    { of: 'Fed sentences', file: '09_policy_stance/other_banks/federal_reserve_system_stance_corrected.csv.gz', text: 'sentences', is: 'New_Label' },
  ];
  return sets.flatMap(({ of, file, text, is }) => {
    const rows = parseCsv(read(file)).flatMap((row) => { const found = label(row[is]); return found && row[text] ? [{ text: row[text], is: found }] : []; });
    return [
      ...figures(`${of}, policy lexicon`, rows.length, scoresOf(POLICY, rows.map((row) => ({ said: policyStance(row.text).stance, is: row.is })))),
      ...figures(`${of}, counted words`, rows.length, scoresOf(POLICY, rows.map((row) => ({ said: policyWords(row.text), is: row.is })))),
    ];
  });
}

export async function run(): Promise<Figure[]> {
  if (!existsSync(shared('08_news_text/sentfin/SEntFiN.csv.gz'))) throw new Error('the labelled headlines are not here; accuracy cannot be measured');
  const headlines = labelledHeadlines();
  const started = performance.now();
  for (const { title } of headlines) stanceByTagger({ title, entity: null, others: [] });
  const seconds = (performance.now() - started) / 1000;
  return [...headlineFigures(), ...sentenceFigures(), ...policyFigures(), { metric: 'typed and tagged on one core', value: headlines.length / seconds, unit: 'headlines/s' }];
}
