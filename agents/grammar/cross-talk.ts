import { withoutCourtesy } from './adjuncts.ts';
import type { Understanding, Utterance } from './context.ts';
import type { Sentence, Term } from './sentence.ts';
import { settle, settledAsSaid } from './settle.ts';
import { mentionOf } from './slots.ts';

/** What may stand in a question about a crossing without changing what is asked. */
const beside = new Set('what which when whats is are was were did do does has have had been be the a an of in on for by to from with and or any anytime ever time times last latest recent recently most first list show me tell give how many number count stock stocks share shares name names company companies member members constituent constituents all there their its his her it they that than made make making seen see got get getting happen happened happening form formed had occur occurred day days session sessions sma simple moving average averages avg ma dma price close closes closed closing end ended trade traded trading market line lines crossover signal between this past during over within any-time yet'.split(' '));
const length = '(\\d{1,3})(?:[ -]?(?:d|days?|dma|sma|ma|sessions?)\\b)?(?: (?:simple|moving|averages?|avg|dma|sma|ma|day|session)\\b)*';
const crossing = /\bcross(?:ed|es|ing|over|overs|overed)?\b/;
const moved = /\b(?:(?:go|goes|went|gone|going|move|moved|moves|break|breaks|broke|broken|climb|climbed|rise|rose|fall|falls|fell|fallen|drop|drops|dropped|slip|slipped|slips|dip|dipped|dips) (?:back )?)(above|over|below|under|past|through)\b/;
const rising = /\b(?:above|over|up|upwards?|bullish|past|golden)\b/;
const falling = /\b(?:below|under|beneath|down|downwards?|bearish|death)\b/;

/**
 * "Did TCS's 20-day cross above its 50-day this month", "which bank stocks had a golden cross in 2024", "how many days did SBI close below its 200 dma":
 * a moving average, or the close, on the other side of another. Every word has to have a place.
 */
export function crossTalk(sentence: Sentence, { context, marketDate }: Utterance): Understanding | null {
  const { terms } = withoutCourtesy(sentence.terms);
  const names = terms.filter((term): term is Term & { is: 'symbol' } => term.is === 'symbol');
  const periods = terms.filter((term) => term.is === 'period');
  const sectors = terms.filter((term) => term.is === 'sector');
  if (names.length > 1 || periods.length > 1 || sectors.length > 1 || terms.some((term) => term.is === 'account')) return null;
  const [name] = names;
  // "Nifty 500 stocks": the figure is the index's.
  const numberAt = name ? terms.indexOf(name) + 1 : -1;
  const numbered = terms[numberAt];
  const indexNumber = numbered?.is === 'amount' && /^(?:stocks?|shares|names|companies|members?|constituents?)$/.test(terms[numberAt + 1]?.text ?? '') ? Number(numbered.text) : undefined;
  const text = terms.flatMap((term, at) => (indexNumber !== undefined && at === numberAt ? [] : term.is === 'word' || term.is === 'amount' ? [term.text] : [])).join(' ').replaceAll('’', "'").replace(/(\d)\/(\d)/g, '$1 $2').replace(/'s\b/g, '');
  const named = /\b(golden|death) cross(?:es|over|overs)?\b/.exec(text);
  const crossed = crossing.test(text);
  const went = moved.exec(text);
  const side = /\b(?:above|over|below|under|beneath)\b/.exec(text);
  const counts = /\b(?:how many|number of|count of) (?:trading )?(?:days|sessions|closes|times)\b|\b(?:days|sessions) (?:above|below|over|under)\b/.test(text);
  const figures = [...text.matchAll(new RegExp(`\\b${length}`, 'g'))];
  const lengths = figures.map(([, n]) => Number(n));
  // A bare side beside one average is the screen of today; a crossing, a move to that side or a count of closes is said as such.
  if (!named && !crossed && !went && !(counts && side && lengths.length === 1) && !(/\b(?:any ?time|ever|at any point|even once)\b/.test(text) && side)) return null;
  // "Below 400" is a price: a length says its unit, or has an average named after it; of two, one may be short of it.
  if (!named && !figures.some(([said]) => /[a-z]/.test(said))) return null;
  if (lengths.length === 1 && !named && !/\b(?:averages?|avg|moving|dma|sma|ma)\b|\d(?:dma|sma|ma)\b/.test(text) && !crossed) return null;
  if (lengths.length > 2 || (lengths.length === 0 && !named) || (lengths.length > 0 && !named && !/\b(?:average|averages|avg|moving|dma|sma|ma|day|days|session)\b|\d(?:d|dma|sma|ma)\b/.test(text))) return null;
  const left = text.replace(named?.[0] ?? /$^/, ' ').replace(moved, ' ').replace(new RegExp(crossing, 'g'), ' ').replace(new RegExp(`\\b${length}`, 'g'), ' ').replace(/\b(?:at any point|even once)\b/g, ' ').split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && word !== 's' && !beside.has(word) && !rising.test(word) && !falling.test(word));
  if (left.length > 0) return null;
  const [a, b] = lengths.length === 2 ? lengths : lengths.length === 1 ? [1, lengths[0]] : [50, 200];
  if (a === undefined || b === undefined || a === b || Math.max(a, b) > 400 || Math.min(a, b) < 1) return null;
  const [up, down] = [rising.test(text), falling.test(text)];
  if (up && down && !named) return null;
  const said = named ? (named[1] === 'golden' ? 'UP' : 'DOWN') : up ? 'UP' : down ? 'DOWN' : undefined;
  // A longer average that crosses below a shorter one is the shorter one going above it.
  const way = said === undefined || a < b || named ? said : said === 'UP' ? 'DOWN' : 'UP';
  const onShares = /\b(?:stocks?|shares|names|companies|members?|constituents?)\b/.test(text) || sectors.length > 0;
  const [sector] = sectors;
  const [period] = periods;
  const asIndex = onShares && name !== undefined && name.resolution.kind === 'one' && indexed.test(name.resolution.symbol);
  if (onShares && name !== undefined && !asIndex) return null;
  if (!onShares && name === undefined && context.lastSymbol === undefined) return null;
  const settled = settle({
    entry: { kind: 'average_cross', takes: ['period'], ...(onShares ? {} : { fills: ['symbol'] as const }) }, original: sentence.original, context, marketDate, lifted: {},
    captures: { short: Math.min(a, b), long: Math.max(a, b), ...(way === undefined ? {} : { way }), ...(name ? { [asIndex ? 'index' : 'symbol']: mentionOf(name) } : {}), ...(sector?.is === 'sector' ? { sector: sector.sector } : {}), ...(period?.is === 'period' ? { period: period.period } : {}), ...(asIndex && indexNumber !== undefined ? { indexNumber } : {}), ...(!onShares && !named && !crossed && !went ? { measure: 'DAYS' } : {}) },
  });
  return settledAsSaid(settled);
}
/** Names of indices that have members. */
const indexed = /^(?:NIFTY|BANKNIFTY|SENSEX|FINNIFTY)\b/;
