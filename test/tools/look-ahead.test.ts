import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { type Instant, instant } from '../../desk/time.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, openToolBench, type ToolBench, writeMadeMarket } from './made-market.ts';

const questions: [tool: string, input: object][] = [
  ['broker_quote', { symbol: 'ALFATECH' }], ['broker_quote', { symbol: 'ALFATECH', date: '2024-08-09', field: 'close' }], ['broker_quote', { symbol: 'BETAGRID', date: '2024-08-21' }],
  ['market_bars', { symbol: 'ALFATECH' }], ['market_bars', { symbol: 'BETAGRID', from: '2024-06-01' }], ['market_bars', { symbol: 'GAMAPAINT', adjusted: false }],
  ['index_members', { index: 'Nifty 50' }], ['market_movers', { index: 'Nifty 50', leastTurnover: 0 }], ['market_movers', { limit: 20 }], ['market_movers', { period: { from: '2024-05-20', to: '2024-08-30' }, limit: 20 }], ['market_movers', { period: { from: '2024-08-01', to: '2024-08-30' }, limit: 20 }], ['breadth', {}], ['market_features', { symbol: 'ALFATECH' }], ['market_features', { symbol: 'BETAGRID', indicator: 'rsi' }], ['market_regime', {}],
  ['price_statistics', { symbol: 'ALFATECH' }], ['price_statistics', { symbol: 'BETAGRID', against: 'NIFTY', sessions: 30 }], ['market_screen', { condition: 'ABOVE_AVERAGE', length: 20 }], ['market_screen', { condition: 'ABOVE_AVERAGE', length: 20, also: [{ condition: 'ROSE_OVER', level: 0.1 }] }], ['average_crosses', { symbol: 'ALFATECH', short: 3, long: 10, from: '2024-08-01' }], ['average_crosses', { short: 2, long: 8, from: '2024-08-01' }], ['sector_moves', { period: { from: '2024-08-01', to: '2024-08-30' } }], ['corporate_actions', {}], ['corporate_actions', { symbol: 'BETAGRID' }], ['event_count', { from: '2024-08-01' }], ['deals', {}],
  ['event_rag', { query: 'Gamapaint order' }], ['event_rag', { query: '' }], ['calendar', { from: '2024-08-01', to: '2024-09-15' }], ['event_window', { symbol: 'GAMAPAINT' }], ['event_window', { symbol: 'DELTAFIN' }], ['policy', {}], ['watchlist', {}], ['discovery', { leastTurnover: 0 }], ['discovery_record', { leastTurnover: 0 }],
];
const moments = [clock('2024-08-07', '16:00'), clock('2024-08-14', '11:00'), clock('2024-08-19', '15:29'), clock('2024-08-20', '15:31')];

let database: Database;
let whole: ToolBench;
/** What each question was answered by a desk that knew nothing later, at each moment. */
const then = new Map<Instant, unknown[]>();
beforeAll(async () => {
  const everything = await openTestDatabase();
  await writeMadeMarket(everything);
  whole = await openToolBench(everything, { at: instant('2024-08-30T10:30:00Z') });
  const { calendar } = whole.market;
  database = everything;
  const growing = await openTestDatabase();
  let known: Instant | undefined;
  for (const moment of moments) {
    await writeMadeMarket(growing, { until: moment, ...(known ? { after: known } : {}) });
    known = moment;
    const bench = await openToolBench(growing, { at: moment, calendar });
    then.set(moment, await answersOf(bench, {}));
  }
  await growing.close();
});
afterAll(async () => { await database.close(); });

async function answersOf(bench: ToolBench, more: object): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const [tool, input] of questions) answers.push(withoutIds(await bench.call(tool, { ...input, ...more }).catch((error: Error) => error.message)));
  return answers;
}
/** The two databases name the same events by ids of their own. */
const withoutIds = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'eventId' || key === 'cite' ? 'id' : value)));

describe('an answer as of a moment', () => {
  it.each(moments)('at %s is word for word what a desk said that knew nothing later', async (moment) => {
    const now = await answersOf(whole, { asOf: moment });
    for (const [i, [tool, input]] of questions.entries()) expect(now[i], `${tool} ${JSON.stringify(input)}`).toEqual(then.get(moment)?.[i]);
  });
  it('differs from what is known later, so that the comparison says something', async () => {
    const later = await answersOf(whole, {});
    const changed = questions.filter((_, i) => JSON.stringify(later[i]) !== JSON.stringify(then.get(moments[0]!)?.[i]));
    expect(changed.length).toBeGreaterThanOrEqual(questions.length - 2);
  });
  it('cannot be asked beyond the as-of of the turn', async () => {
    whole.caller.asOf = moments[1]!;
    const asked = await answersOf(whole, { asOf: '2024-08-30' });
    expect(asked).toEqual(then.get(moments[1]!));
    delete whole.caller.asOf;
  });
});
