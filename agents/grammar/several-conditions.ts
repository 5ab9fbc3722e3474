import type { Understanding, Utterance } from './context.ts';
import type { IntentOf } from './intents.ts';

type Screen = IntentOf<'screen'>;
/** What stands between two conditions. */
const joint = /(?:\s*,\s*|\s+)(?:and|but|with|while|plus|yet|having|whose)(?:\s+(?:also|still|are|is|have|has|had|which|that|their|its|a|an|the|currently))*\s+|\s*,\s*/gi;
/** Rankings and lists put an order on shares, they do not say yes or no of one. */
const ranking: ReadonlySet<Screen['condition']> = new Set<Screen['condition']>(['RSI_HIGHEST', 'RSI_LOWEST', 'VOLATILITY_HIGHEST', 'VOLATILITY_LOWEST', 'TURNOVER', 'VOLUME', 'DELIVERY']);
const leads = ['stocks ', 'stocks with ', 'stocks that are ', 'stocks at ', 'stocks that are trading '];

/**
 * "IT stocks below their 200 dma and down more than 5% this month": conditions that each make a screen by themselves, asked together.
 * Each has to be understood whole; what only the first one says (a sector, an index) holds for all, a time for all that take one.
 */
export function severalConditions(text: string, said: Utterance, understand: (utterance: Utterance) => Understanding): Understanding | null {
  if (!/\b(?:stocks?|shares?|names|companies|scrips|members|constituents|which|any)\b/i.test(text)) return null;
  const written = twoAverages(text);
  for (const { index, 0: between } of written.matchAll(joint)) {
    const first = screenOf(understand({ ...said, text: written.slice(0, index) }));
    if (!first) continue;
    const rest = written.slice(index + between.length).replace(/[?!.\s]+$/, '');
    for (const lead of leads) {
      const second = screenOf(understand({ ...said, text: `${lead}${rest}` }));
      const both = second && together(first.intent, second.intent);
      if (both) return { kind: 'intent', intent: both, confidence: 'pattern', explicit: false, assumed: [...first.assumed, ...second.assumed] };
    }
  }
  return null;
}

/** "Above their 50 and 200 dma" is above each of both. */
const twoAverages = (text: string): string => text.replace(/\b(above|over|below|under) (?:both )?(?:of )?(?:their |its |the )*(\d{1,3})(?:[ -]?(?:days?|dma|sma|ma))? (?:and|&) (?:the |their )?(\d{1,3})[ -]?((?:day|dma|sma|ma)\b)/i, '$1 their $2 day average and $1 their $3 $4');

const screenOf = (understood: Understanding): { intent: Screen; assumed: readonly string[] } | null =>
  (understood.kind === 'intent' && understood.intent.kind === 'screen' && !ranking.has(understood.intent.condition) ? { intent: understood.intent, assumed: understood.assumed } : null);

function together(first: Screen, second: Screen): Screen | null {
  if (second.sector !== undefined || second.index !== undefined) return null;
  const day = ({ date, period }: Screen): string | undefined => date ?? period?.to;
  const [one, other] = [day(first), day(second)];
  if (one !== undefined && other !== undefined && one !== other) return null;
  const stretches = [first, second].flatMap(({ period }) => (period && period.from !== period.to ? [period] : []));
  if (stretches.length === 2 && stretches[0]?.from !== stretches[1]?.from) return null;
  const further = (screen: Screen): NonNullable<Screen['also']> => [{ condition: screen.condition as NonNullable<Screen['also']>[number]['condition'], ...(screen.length === undefined ? {} : { length: screen.length }), ...(screen.level === undefined ? {} : { level: screen.level }) }, ...(screen.also ?? [])];
  // "Oversold, like RSI under 30": the second says the first with its figure.
  const said = second.condition === first.condition && first.level === undefined && first.length === undefined ? second : null;
  const also = [...(first.also ?? []), ...(said ? (said.also ?? []) : further(second))];
  if (also.length > 4) return null;
  const { date, period, ...kept } = first;
  const [stretch] = stretches;
  const when = stretch ? { period: stretch } : date ?? second.date ? { date: date ?? second.date } : period ?? second.period ? { period: period ?? second.period } : {};
  return { ...kept, ...(said?.level === undefined ? {} : { level: said.level }), ...(said?.length === undefined ? {} : { length: said.length }), ...when, ...(also.length > 0 ? { also } : {}) };
}
