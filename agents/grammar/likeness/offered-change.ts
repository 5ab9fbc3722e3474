import { lift, withoutCourtesy } from '../adjuncts.ts';
import { isCard } from '../attach.ts';
import { ask, type Understanding, type Utterance } from '../context.ts';
import type { Intent, IntentKind } from '../intents.ts';
import { moodsOf } from '../moods.ts';
import type { Sentence, Term } from '../sentence.ts';

/** What of a sentence goes into a command. */
interface Said { symbol: string | null; figure: string | null; has: (...words: readonly string[]) => boolean }
const sell = ({ symbol, figure }: Said): string | null => (symbol === null || figure === null ? null : isWhole(figure) ? `sell ${figure} ${symbol}` : `sell ${figure} of ${symbol}`);
const isWhole = (figure: string): boolean => /^\d[\d,]*$/.test(figure);
/** The plain command of a kind, or null where something that it needs was not said. */
const commands: Partial<Record<IntentKind, (said: Said) => string | null>> = {
  exit: (said) => (said.figure !== null ? sell(said) : said.symbol === null ? null : `exit ${said.symbol}`),
  sell,
  buy: ({ symbol, figure }) => (symbol !== null && figure !== null && isWhole(figure) ? `buy ${figure} ${symbol}` : null),
  modify_position: ({ symbol, figure, has }) => {
    const [stop, target] = [has('stop', 'stops'), has('target', 'targets')];
    return symbol !== null && figure !== null && stop !== target ? `move the ${symbol} ${stop ? 'stop' : 'target'} to ${figure}` : null;
  },
  cancel_order: ({ symbol, figure }) => (symbol !== null && figure === null ? `cancel the ${symbol} order` : null),
  approve: ({ symbol, figure, has }) => (symbol === null && figure !== null && !has('pass', 'skip', 'no', 'not', 'reject', 'bin', 'drop', 'nahi') ? `approve ${figure}` : null),
  reject: ({ symbol, figure }) => (symbol === null && figure !== null ? `reject ${figure}` : null),
  pause: ({ symbol, figure }) => (symbol === null && figure === null ? 'pause' : null),
  resume: ({ symbol, figure }) => (symbol === null && figure === null ? 'resume' : null),
  watchlist_edit: ({ symbol, figure, has }) => (symbol === null || figure !== null ? null : has('remove', 'drop', 'delete', 'off', 'unwatch', 'hatao') ? `remove ${symbol} from my watchlist` : `add ${symbol} to my watchlist`),
};
/** Words that make another order of it: none of them is in the command. */
const alters = 'limit only above below trail trailing points point cost breakeven entry call calls put puts ce pe future futures lot lots intraday overnight margin leverage worth more another double remaining rest gaya gayi gaye liya diya sent rating rated already yesterday'.split(' ');
/** Moods in which nothing is asked for: told, denied, wished, or only if something happens. */
const asksNothing: ReadonlySet<string> = new Set(['condition', 'trigger', 'denial', 'wish', 'hearsay', 'statement', 'second', 'why', 'when', 'who']);

/**
 * A sentence that is like a request to change something, put as the plain command and one press away. Nothing is read from it: the command is what the person says
 * by pressing. Null where a name or figure has no place, where nothing is asked for, or where the rules do not read the command as just that.
 */
export function offeredChange(kind: IntentKind, sentence: Sentence, { utterance, reads }: { utterance: Utterance; reads: (command: string) => Intent | null }): Understanding | null {
  const write = commands[kind];
  if (!write || sentence.question) return null;
  const { terms, account, period } = lift(withoutCourtesy(sentence.terms).terms, { account: true, period: true });
  const today = period === undefined || (period.day === true && period.to === utterance.marketDate);
  const symbols = terms.filter((term) => term.is === 'symbol');
  const figures = terms.filter((term) => term.is === 'amount');
  const [named] = symbols;
  if (!today || symbols.length > 1 || figures.length > 1 || terms.some((term) => term.is === 'account' || term.is === 'period' || term.is === 'sector')) return null;
  if (named && named.resolution.kind !== 'one') return null;
  if (moodsOf(terms, sentence).some(({ mood }) => asksNothing.has(mood))) return null;
  const said: Said = { symbol: named?.resolution.kind === 'one' ? named.resolution.symbol : null, figure: figureOf(terms, figures[0]), has: (...words) => terms.some((term) => term.is === 'word' && words.includes(term.text)) };
  const bracketed = kind !== 'modify_position' && kind !== 'cancel_order' && said.has('stop', 'target', 'stops', 'targets');
  const plain = said.has(...alters) || bracketed ? null : write(said);
  if (plain === null || account === '*') return null;
  const command = account === undefined ? plain : `${plain} in ${account}`;
  // Leaving a part of a position is selling it.
  return reads(command)?.kind === (kind === 'exit' && said.figure !== null ? 'sell' : kind) ? ask('Nothing is done yet. Did you mean this?', [{ label: command, command }]) : null;
}

/** As it was written, so that "50%" and "half" stay what they are. */
const figureOf = (terms: readonly Term[], figure: Term | undefined): string | null => (figure === undefined ? null : isCard(terms, terms.indexOf(figure)) || /^\d/.test(figure.raw) ? figure.raw : figure.text);
