import { withoutCourtesy } from './adjuncts.ts';
import type { Understanding, Utterance } from './context.ts';
import type { PriceMeasure } from './intents.ts';
import type { Sentence, Term } from './sentence.ts';
import { settle, settledAsSaid } from './settle.ts';
import { mentionOf } from './slots.ts';

/** What two shares can be held against each other by, as it is said. Returns are compared by the table. */
const measures: readonly [PriceMeasure, RegExp][] = [
  ['volatility', /\b(?:(?:annuali[sz]ed|historical|reali[sz]ed|daily) )?(?:volatilit(?:y|ies)|volatile|vols?|standard deviations?)\b/], ['drawdown', /\b(?:max(?:imum)? )?(?:drawdowns?|draw downs?)\b/],
  ['averageTurnover', /\b(?:(?:average|avg|mean|daily) )*turnovers?\b/], ['delivery', /\b(?:delivery|delivered|deliverable)(?: (?:percent|percentage|volume))?\b/], ['averageVolume', /\b(?:(?:average|avg|mean|daily|traded|trading) )*volumes?\b/], ['beta', /\bbetas?\b/],
  ['upDays', /\b(?:up|green|positive|winning) (?:days|sessions)\b/], ['downDays', /\b(?:down|red|negative|losing) (?:days|sessions)\b/],
];
const beside = new Set('which what who is was are were has have had did do does been the a an of in on for by to and or vs versus than with against between compare compared comparing comparison their its his one ones stock stocks share shares more most less least higher highest lower lowest bigger biggest larger largest smaller smallest deeper deepest shallower worse better greater over during last past within show me tell give how much percent percentage both them these two annual annualised annualized yearly'.split(' '));
/** Against these a beta or a comparison is measured; they are no second share. */
const indices = /^(?:NIFTY|BANKNIFTY|SENSEX)\b/;

/** "Volatility of Tata Motors vs Maruti this year", "is SBI more volatile than HDFC Bank": a figure of two shares or more, each word with a place. */
export function compareTalk(sentence: Sentence, { context, marketDate }: Utterance): Understanding | null {
  const { terms } = withoutCourtesy(sentence.terms);
  const names = terms.filter((term): term is Term & { is: 'symbol' } => term.is === 'symbol');
  const periods = terms.filter((term) => term.is === 'period');
  if (names.length < 2 || periods.length > 1 || terms.some((term) => term.is === 'sector' || term.is === 'account')) return null;
  const text = terms.flatMap((term) => (term.is === 'word' || term.is === 'amount' ? [term.text] : [])).join(' ').replaceAll('’', "'").replace(/'s\b/g, '');
  const span = /\b(\d{1,4}) (?:trading )?(?:days?|sessions?)\b/.exec(text);
  const bare = span ? text.replace(span[0], ' ') : text;
  const found = measures.filter(([, said]) => said.test(bare));
  const [measure] = found;
  if (!measure || found.length > 1 || (span && periods.length > 0)) return null;
  if (measure[0] === 'beta' && names.some(({ resolution }) => resolution.kind === 'one' && indices.test(resolution.symbol))) return null;
  const left = bare.replace(measure[1], ' ').split(/[^a-z0-9]+/).filter((word) => word !== '' && word !== 's' && !beside.has(word));
  if (left.length > 0) return null;
  const [period] = periods;
  const settled = settle({
    entry: { kind: 'compare', with: { measure: measure[0] }, takes: ['period'] }, original: sentence.original, context, marketDate, lifted: {},
    captures: { symbols: names.map(mentionOf), ...(span ? { span: { count: Number(span[1]), unit: 'SESSION' } } : {}), ...(period?.is === 'period' ? { period: period.period } : {}) },
  });
  return settledAsSaid(settled);
}
