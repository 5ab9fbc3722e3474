import { headlineTerms } from './headline-words.ts';
import { STANCE_WEIGHTS } from './stance-weights.ts';

export type Stance = 'BULLISH' | 'BEARISH' | 'NEUTRAL';
export interface StanceReading {
  stance: Stance;
  /** Probability of that stance, 0–1. */
  confidence: number;
  /** The terms that spoke for it most, strongest first. */
  because: string[];
}

/** Hundredths by which a term speaks for bullish and bearish, each against neutral. */
const weights: ReadonlyMap<string, readonly [bullish: number, bearish: number]> = new Map(STANCE_WEIGHTS.split(/[|\n]/).filter((row) => row !== '').map((row) => {
  const [term = '', bullish, bearish] = row.split('~');
  return [term, [Number(bullish), Number(bearish)]];
}));
const mostReasons = 3;

/**
 * The stance of a headline towards `subject` (null: whoever it is about) by a lexicon of weighted terms: a multinomial logistic
 * regression whose sums are scaled by 1/√terms. `scripts/fit-stance.ts` says what it was fitted on; nothing is learnt here.
 */
export function readStance({ text, subject, others = [] }: { text: string; subject: string | null; others?: readonly string[] }): StanceReading {
  const terms = headlineTerms({ text, subject, others });
  const [base0, base1] = weights.get('^') ?? [0, 0];
  const sum = { bullish: base0, bearish: base1 };
  const said: { term: string; bullish: number; bearish: number }[] = [];
  for (const term of terms) {
    const weight = weights.get(term);
    if (!weight) continue;
    const [bullish, bearish] = weight;
    sum.bullish += bullish;
    sum.bearish += bearish;
    said.push({ term, bullish, bearish });
  }
  const scale = 0.01 / Math.sqrt(terms.length + 1);
  const [up, down] = [Math.exp(sum.bullish * scale), Math.exp(sum.bearish * scale)];
  const all = 1 + up + down;
  const stance: Stance = up >= down && up > 1 ? 'BULLISH' : down > up && down > 1 ? 'BEARISH' : 'NEUTRAL';
  const speaks = ({ bullish, bearish }: (typeof said)[number]): number => (stance === 'BULLISH' ? bullish - Math.max(0, bearish) : stance === 'BEARISH' ? bearish - Math.max(0, bullish) : -Math.max(bullish, bearish));
  return {
    stance, confidence: Math.round((100 * (stance === 'BULLISH' ? up : stance === 'BEARISH' ? down : 1)) / all) / 100,
    because: said.filter((each) => speaks(each) > 0 && !each.term.startsWith('~')).sort((a, b) => speaks(b) - speaks(a) || (a.term < b.term ? -1 : 1)).slice(0, mostReasons).map(({ term }) => term),
  };
}
