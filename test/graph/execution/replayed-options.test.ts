import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../../agents/vocabulary.ts';
import type { Database } from '../../../db/client.ts';
import { rightsOf } from '../../../db/stores/people.ts';
import { writeFacts } from '../../../db/stores/facts.ts';
import type { CalendarDay } from '../../../desk/market/types.ts';
import { priceOption } from '../../../desk/options/price.ts';
import { type ChainSnapshot, yearsUntil } from '../../../desk/options/stored-chain.ts';
import { at, instant, tradingDate } from '../../../desk/time.ts';
import { chainRecord } from '../../../feeds/importers/chain-collector.ts';
import type { Tool, ToolCaller } from '../../../tools/define.ts';
import { tools } from '../../../tools/registry.ts';
import { runTool } from '../../../tools/run.ts';
import { openTestDatabase } from '../../helpers/database.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';

const on = (date: string, time: string) => at(tradingDate(date), time, 'Asia/Kolkata');
const days = ['2025-08-04', '2025-08-05', '2025-08-06', '2025-08-07', '2025-08-08'];
const round = (price: number): number => Math.max(0.05, Math.round(price * 20) / 20);

/** A made chain: two expiries around the spot at one volatility, quoted a tick either way, ten lots a side. */
function chainAt(asOf: ReturnType<typeof instant>, spot: number, pricedFrom: ChainSnapshot['pricedFrom'] = 'QUOTES') {
  const expiries = ['2025-08-07', '2025-08-14'].map(tradingDate).map((expiry) => {
    const timeYears = yearsUntil({ exchange: 'NSE', expiry, from: asOf });
    const quote = (type: 'call' | 'put', strike: number) => {
      const { price } = priceOption({ model: 'black76', type, underlying: spot * Math.exp(0.065 * timeYears), strike, timeYears, rate: 0.065, volatility: 0.13 });
      const [bid, ask] = [round(price - 0.05), round(price + 0.05)];
      return { bid: pricedFrom === 'QUOTES' ? bid : null, ask: pricedFrom === 'QUOTES' ? Math.max(ask, bid + 0.05) : null, last: round(price), at: null, volume: 200_000, openInterest: 900, openInterestChange: 10, ...(pricedFrom === 'QUOTES' ? { bidSize: 750, askSize: 750 } : {}) };
    };
    return { expiry, lotSize: 75, strikes: Array.from({ length: 41 }, (_, i) => 23_500 + 50 * i).map((strike) => ({ strike, call: quote('call', strike), put: quote('put', strike) })) };
  });
  return chainRecord({ underlying: 'NIFTY', exchange: 'NSE', asOf, spot, spotPreviousClose: 24_700, pricedFrom, openInterestUnit: 'CONTRACTS', expiries }, { knownAt: asOf, source: 'made' });
}

async function homeWithChains(): Promise<Database> {
  const database = await openTestDatabase();
  const known = instant('2025-01-01T00:00:00Z');
  await writeFacts(database.orm, [
    ...days.map((date) => ({ type: 'calendar_day' as const, day: { exchange: 'NSE', date: tradingDate(date), kind: 'SESSION', open: '09:15', close: '15:30' } as CalendarDay, knownAt: known, source: 'made' })),
    { type: 'symbol', symbol: { symbol: 'NIFTY', exchange: 'NSE', name: 'NIFTY 50', kind: 'INDEX', lotSize: 1, tickSize: '0.05' as never, aliases: [] }, knownAt: known, source: 'made' },
    ...days.map((date, i) => ({ type: 'daily_bar' as const, bar: { symbol: 'NIFTY', date: tradingDate(date), open: 24_700, high: 24_800, low: 24_500, close: [24_700, 24_640, 24_600, 24_380, 24_400][i] ?? 0, volume: 0 }, knownAt: on(date, '15:30'), source: 'made' })),
    chainAt(on('2025-08-05', '13:59'), 24_623.45), chainAt(on('2025-08-06', '11:00'), 24_580), chainAt(on('2025-08-06', '15:30'), 24_600, 'CLOSES'),
  ], instant('2025-08-30T00:00:00Z'));
  return database;
}

const of = <T extends ConversationEvent['type']>(events: readonly ConversationEvent[], type: T) => events.filter((event): event is Extract<ConversationEvent, { type: T }> => event.type === type);

describe('options on replayed history', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk({ database: await homeWithChains(), world: { kind: 'replay', asOf: on('2025-08-05', '13:00'), speed: 1, frozen: true }, environment: { OPTIONS_TRADING_ENABLED: 'true' } });
  }, 180_000);
  afterAll(() => desk.close());
  const said = async (text: string) => { const events = await desk.say(text); return { events, text: textOf(events), tables: of(events, 'table') }; };
  const moveTo = async (moment: string): Promise<void> => { await desk.feed.advance?.(Date.parse(moment) - Date.parse(desk.market.now())); await desk.settle(); };
  const pressed = async (events: readonly ConversationEvent[]): Promise<void> => {
    const question = of(events, 'confirm').at(-1);
    if (!question) throw new Error(`no question: ${textOf(events)} ${JSON.stringify(cardOf(events)?.gates.checks.filter(({ passed }) => !passed))}`);
    await desk.press(question.id);
    await desk.settle();
    // The order governor counts a second of the wall clock.
    await expect.poll(async () => (await desk.database.pool.query("select count(*)::int as n from core.orders where created_at > core.wall_now() - interval '1 second'")).rows[0].n, { timeout: 10_000 }).toBe(0);
  };
  const fills = async () => (await desk.database.pool.query("select o.symbol, o.side, o.category, f.quantity, f.price::float8 as price, f.priced_from as from, f.priced_at as at, f.happened_at as filled from core.fills f join core.orders o on o.id = f.order_id order by f.id")).rows as { symbol: string; side: string; category: string; quantity: number; price: number; from: string; at: Date; filled: Date }[];

  it('have neither chain nor price before the first one is known', async () => {
    expect((await said('NIFTY option chain')).text).toMatch(/No option chain of NIFTY is known now/);
    expect(desk.market.quote('NIFTY-07AUG25-24600-CE')).toBeNull();
  });

  it('are traded at the chain that was stored: protection first, at its bid and ask, marked with its time', async () => {
    await moveTo(on('2025-08-05', '14:20'));
    expect((await said('NIFTY option chain')).text).toMatch(/as of 5 August 13:59/);
    expect((await said('iron condor on NIFTY this expiry, 15-delta shorts, 50 wide')).text).toMatch(/^NIFTY iron condor, 7 August: brings in ₹/);
    const asked = await said('propose it in LumpSum');
    const card = cardOf(asked.events);
    expect(card).toMatchObject({ headline: expect.stringMatching(/^NIFTY iron condor: BUY 75/), against: expect.arrayContaining(['priced and filled at the stored chain of 5 August 13:59']) });
    expect(card!.gates.checks.find(({ id }) => id === 'stale_data')).toMatchObject({ severity: 'WARN', passed: true, message: expect.stringMatching(/that of 5 August 13:59, 21 minutes old: the newest that this replay has/) });
    await pressed(asked.events);
    const made = await fills();
    expect(made.map(({ side }) => side)).toEqual(['BUY', 'BUY', 'SELL', 'SELL']);
    for (const fill of made) {
      const quote = desk.market.quote(fill.symbol)!;
      expect(fill).toMatchObject({ quantity: 75, price: fill.side === 'BUY' ? quote.ask : quote.bid, from: 'snapshot' });
      expect([fill.at.toISOString(), fill.filled.toISOString()]).toEqual([on('2025-08-05', '13:59'), on('2025-08-05', '14:20')]);
    }
    const held = await said('my option positions');
    expect(held.text).toMatch(/^NIFTY iron condor in LumpSum, 7 August: −₹[\d.,]+ so far\. Delta -?[\d.]+, theta/);
    const shown = await said('fills today');
    expect(shown.tables[0]!.rows[0]).toMatchObject({ pricedText: 'option chain of 5 August 13:59' });
  });

  it('are not traded on a chain of an earlier session, and say so', async () => {
    await moveTo(on('2025-08-06', '10:00'));
    await said('bull put spread on NIFTY this expiry, 15-delta shorts, 50 wide');
    expect((await said('propose it in LumpSum')).text).toMatch(/newest chain of NIFTY is that of 5 August 13:59, before the present session/);
  });

  it('are valued anew by the next chain, rolled into a later expiry, and closed at closing prices after the close', async () => {
    const before = (await said('my option positions')).tables[0]!.rows.map((row) => row.last);
    await moveTo(on('2025-08-06', '11:05'));
    expect((await said('my option positions')).tables[0]!.rows.map((row) => row.last)).not.toEqual(before);
    expect((await said('what do I hold in LumpSum')).text).toMatch(/What changed today is not known\. The previous close of NIFTY-07AUG25-[\w-]+, .* is not known, so what changed today is not\./);
    await said('fills today');
    await pressed((await said('roll it a week')).events);
    expect((await said('my option positions')).text).toMatch(/14 August/);
    expect((await fills()).slice(4).map(({ category }) => category)).toEqual(['ENTRY', 'ENTRY', 'EXIT', 'EXIT', 'ENTRY', 'ENTRY', 'EXIT', 'EXIT']);
    await moveTo(on('2025-08-06', '15:35'));
    const asked = await said('close the condor');
    expect(cardOf(asked.events)!.gates.checks.find(({ id }) => id === 'market_hours')!.message).toMatch(/legs trade at the last prices of the session/);
    await pressed(asked.events);
    expect((await said('my option positions')).text).toMatch(/No options are held/);
    expect((await fills()).slice(12).map(({ from }) => from)).toEqual(['close', 'close', 'close', 'close']);
  });

  it('that are held to their end leave an account whose worth is known on every day, at the chains of the days before', async () => {
    await said('bull put spread on NIFTY this expiry, 15-delta shorts, 50 wide');
    await pressed((await said('propose it in LumpSum')).events);
    const contracts = (await said('my option positions')).tables[0]!.rows.map(({ contract }) => contract as string);
    expect(contracts).toHaveLength(2);
    await moveTo(on('2025-08-08', '09:30'));
    expect((await said('my option positions')).text).toMatch(/No options are held/);
    const caller: ToolCaller = { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(desk.database.orm, desk.owner.id)).map((row) => row.accountId) };
    const read = async <O>(name: string, input: object): Promise<O> => ((await runTool({ tool: tools.get(name) as Tool, services: desk.services, caller, input: { account: 'LumpSum', ...input } })) as { output: O }).output;
    const told = await read<{ endEquityMinor: number; pnlMinor: number; series: { equityMinor: number | null }[]; reasons: string[] }>('performance', { period: 'all' });
    const cash = (await desk.database.pool.query("select sum(amount_minor)::float8 as total from core.ledger_entries e join core.accounts a on a.id = e.account_id where a.name = 'LumpSum' and ledger = 'cash'")).rows[0].total;
    expect(told.endEquityMinor).toBe(cash);
    expect(told.pnlMinor).toBe((await desk.database.pool.query("select sum(realised_minor - fees_minor)::float8 as total from core.positions p join core.accounts a on a.id = p.account_id where a.name = 'LumpSum'")).rows[0].total);
    expect(told.series.map(({ equityMinor }) => equityMinor)).not.toContain(null);
    // An earlier evening has them, at the closing prices of that day; the evening of the expiry does not.
    type State = { positions: { symbol: string; last: number | null }[]; totals: { equityMinor: number | null } };
    const evening = await read<State>('portfolio_state', { asOf: '2025-08-06' });
    expect(evening.positions.map(({ symbol }) => symbol).sort()).toEqual([...contracts].sort());
    expect(evening.positions.every(({ last }) => last !== null && last > 0)).toBe(true);
    expect(evening.totals.equityMinor).not.toBeNull();
    expect((await read<State>('portfolio_state', { asOf: '2025-08-07' })).positions).toEqual([]);
  });
});
