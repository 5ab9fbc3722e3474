import { compose, isRejected, reasonWords, subjectOf, toldByDaysOrExits, wonAndLost, type Translation } from './compose.ts';
import { continued } from './continue.ts';
import { type QuestionFrame, read } from './reading.ts';
import { measureWords } from './subjects.ts';
import { courtesy, dimensionWords, wordsOf } from './words.ts';

/**
 * A question of the usual kinds as SQL: lists, counts, sums, averages, highest and lowest, split by something, filtered by symbol,
 * sector, account, strategy, side, state and dates. A word that is not understood makes it no question of these kinds: better none than a wrong answer.
 * `before`: the questions that this one continues, earliest first ("and in SIP?", "only the losers").
 */
export function translate(question: string, frame: QuestionFrame, before: readonly string[] = []): Translation {
  // What may come is not what was.
  const ahead = /^\s*(?:can|could|will|would|should|may|might) (?:i|we) (?:still )?(?:lose|make|earn|gain|afford|take|add|deploy|risk)\b/i.exec(question);
  if (ahead) return { unknown: [ahead[0].trim()] };
  const readings = [...before, question].map((each) => read(wordsOf(each), frame));
  const reading = readings.reduce(continued);
  // How long positions are held, not how long closed trades were.
  if (reading.measure === 'holding' && reading.left.some(({ text }) => /^(?:positions?|holdings?)$/.test(text)) && !reading.left.some(({ text }) => /^(?:trades?|closed)$/.test(text))) reading.measure = 'age';
  if (before.length === 0 && reading.step > 0) return { unknown: ['the one before'] };
  const told = toldByDaysOrExits(reading);
  if (told) return told;
  const subject = subjectOf(reading);
  if (!subject) return { unknown: reading.left.map(({ typed }) => typed).slice(0, 5) };
  // A share's prices are daily by themselves: the average or median daily volume is one figure.
  if (subject.view === 'prices_daily' && reading.perTime && (reading.average || reading.median)) reading.by = reading.by.filter((dimension) => dimension !== 'day');
  const ofSector = reading.conditions.some(({ of }) => of === 'sector');
  const ofStrategy = reading.conditions.some(({ of }) => of === 'strategy');
  if (reading.weekday !== null && !('weekday' in subject.dimensions)) return { unknown: [`${reading.weekday}s`] };
  const withReason = subject.view === 'trade_cards' && isRejected(subject, reading);
  // Shares ranked on one day are its rows.
  const ofOneDay = subject.view === 'prices_daily' && reading.rank !== null && reading.period !== null && reading.period.from === reading.period.to;
  const daysCounted = subject.view === 'prices_daily' && reading.count && reading.bound !== null && reading.conditions.some(({ of }) => of === 'symbol');
  const unknown = reading.left.filter(({ text }) => !courtesy.has(text) && !(withReason && reasonWords.has(text)) && !(ofStrategy && text === 'strategy') && !subject.words.includes(text) && !(subject.view === 'fills' && ['buy', 'sell'].includes(text)) && !(text in subject.states) && !(text in measureWords) && !(reading.count && text in dimensionWords) && !(daysCounted && (text === 'days' || text === 'sessions' || text === 'times')) && !(ofOneDay && (text === 'symbols' || text === 'stocks' || text === 'companies' || text === 'names')) && !(ofSector && ['stock', 'stocks', 'names', 'companies'].includes(text)));
  if (unknown.length > 0) return { unknown: unknown.map(({ typed }) => typed) };
  // "Has it ever closed above 3100": of every share is not what was asked.
  if (subject.view === 'prices_daily' && !reading.conditions.some(({ of }) => of === 'symbol' || of === 'sector') && reading.left.some(({ text }) => text === 'it' || text === 'its')) return { unknown: ['it'] };
  // Every share's every price is no answer to anything; a share, a ranking or a sum is.
  if (subject.view === 'prices_daily' && reading.rank === null && reading.by.length === 0 && !reading.average && !reading.median && !reading.count && reading.bound === null && !reading.conditions.some(({ of }) => of === 'symbol')) return { unknown: ['which symbol'] };
  // Nothing is won and lost at once: both were asked for, one beside the other.
  const signs = new Set(reading.left.flatMap(({ text }) => (Object.hasOwn(subject.states, text) ? [/ ([<>]) 0$/.exec(subject.states[text] ?? '')?.[1] ?? ''] : [])));
  if (signs.has('<') && signs.has('>')) return subject.view === 'trades' && reading.count && reading.by.length === 0 ? wonAndLost(subject, reading) : { unknown: ['winners or losers'] };
  // Two numbers were asked for: of cards and orders one for each state, of anything else none rather than one of them.
  if (reading.counts > 1) return 'status' in subject.dimensions && reading.by.length === 0 && reading.measure === null ? compose(subject, { ...reading, left: reading.left.filter(({ text }) => !(text in subject.states)), by: ['status'] }) : { unknown: ['how many'] };
  return compose(subject, reading);
}
