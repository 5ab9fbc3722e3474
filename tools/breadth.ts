import { z } from 'zod';
import { breadthOf } from '../desk/market/breadth.ts';
import { formatDay } from '../desk/format.ts';
import { sentimentOf } from '../desk/market/sentiment.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';
import { scopeOf } from './indices.ts';
import { closedNote, marketMoves } from './market-day.ts';

const Figure = z.number().nullable();
const Output = z.object({
  asOf: z.string(), session: z.string(), sessionText: z.string(), live: z.boolean(), index: z.string().nullable().describe('whose members were counted; null: all shares'), counted: z.int(),
  advances: z.int(), declines: z.int(), unchanged: z.int(), advanceDeclineRatio: Figure.describe('null where nothing fell'),
  advancingVolume: z.number(), decliningVolume: z.number(), trin: Figure.describe('(advances / declines) / (advancing / declining volume); below 1 buyers dominate'),
  composite: Figure.describe('0–100; 50 is balanced'), components: z.object({ participation: Figure, volume: Figure, institutions: Figure }), missing: z.array(z.string()),
  formula: z.string(), word: z.string(), broken: z.int(), notTraded: z.int(), closedOn: z.string().nullable(),
});
export type BreadthOutput = z.output<typeof Output>;

const formula = '100 × (0.4 × participation + 0.3 × volume + 0.3 × institutions); participation = advances / (advances + declines), volume = 1 / (1 + TRIN), institutions = (1 + tanh(net / usual size)) / 2; a missing part’s weight goes to the others';
const words = [[70, 'strong'], [55, 'leaning up'], [45, 'balanced'], [30, 'leaning down'], [0, 'weak']] as const;

/** Advances against declines of all shares or of an index's members, the Arms index, and the desk's composite with its formula. */
export const breadth = defineTool({
  name: 'breadth',
  purpose: 'Market breadth of a session: advances and declines, TRIN, and a composite of 0–100 with its formula',
  effect: 'read', permission: 'market:read',
  input: z.object({ index: z.string().min(1).max(60).optional().describe('only its members then: Nifty 50'), date: DateText.optional().describe('absent: the session now on, or the last one'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { index, date, asOf }) => {
    const moment = readingMoment(context, asOf);
    const day = date === undefined ? undefined : dateNamed(date, 'date');
    const found = await marketMoves(context, { moment, ...(day ? { to: day } : {}) });
    if (!found) throw new ToolError('NO_PRICES', `no session is stored up to ${formatDay(day ?? moment.date)}`);
    const members = await scopeOf(context, { index, moment });
    const moves = found.moves.filter(({ symbol }) => members?.has(symbol) ?? true);
    const counts = breadthOf(moves);
    // Institutional flows are not loaded; the composite says which part is missing.
    const { composite, components, missing } = sentimentOf({ breadth: counts, flow: null });
    return {
      asOf: moment.asOf, session: found.session, sessionText: formatDay(found.session, moment.date), live: found.live, index: members?.index ?? null, counted: moves.length,
      advances: counts.advances, declines: counts.declines, unchanged: counts.unchanged, advanceDeclineRatio: counts.advanceDeclineRatio, advancingVolume: counts.advancingVolume, decliningVolume: counts.decliningVolume, trin: counts.trin,
      composite, components, missing, formula, word: composite === null ? 'unknown' : (words.find(([from]) => composite >= from)?.[1] ?? 'weak'),
      broken: found.without.broken, notTraded: found.without.notTraded, closedOn: day && found.session < day && day <= moment.date ? closedNote(context, day) : null,
    };
  },
});
