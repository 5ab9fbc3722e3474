import { afterAll, beforeAll, expect, it } from 'vitest';
import { ungroundedFigures } from '../../agents/qa/ungrounded-figures.ts';
import type { ConversationEvent } from '../../agents/vocabulary.ts';
import { chargesFor } from '../../desk/execution/charges.ts';
import { decimal } from '../../desk/decimal.ts';
import type { RotationAnswer } from '../../tools/rotation.ts';
import { tools } from '../../tools/registry.ts';
import { runTool } from '../../tools/run.ts';
import { cardOf, textOf } from '../helpers/desk.ts';
import { type BookDesk, openBookDesk } from '../tools/fixtures.ts';

let desk: BookDesk;
let first: string;
beforeAll(async () => { desk = await openBookDesk(); first = desk.shares[0]!; });
afterAll(async () => { await desk.close(); });

const replies = (events: readonly ConversationEvent[]) => events.flatMap((event) => (event.type === 'reply' ? (event.choices ?? []) : []));
const counts = async () => (await desk.database.pool.query('select (select count(*)::int from core.actions) as actions, (select count(*)::int from core.signals) as signals, (select count(*)::int from core.cycles) as cycles')).rows[0];

it('says that there is nothing to rotate where nothing is held', async () => {
  expect(textOf(await desk.say('should I rotate anything in Tactical?'))).toMatch(/^No share is held, so there is nothing to rotate\./);
  expect(textOf(await desk.say('do the first'))).toMatch(/^Of which rotation\?/);
});

it('compares what is held with what would be entered, shows the sum, and leaves no trace of it', async () => {
  await desk.buy({ symbol: first, quantity: 5, account: 'Tactical' });
  const before = await counts();
  const events = await desk.say('rotate my weakest holding in Tactical');
  console.info(textOf(events));
  expect(await counts()).toEqual(before);
  const answer = await runTool({ tool: tools.get('rotation')!, services: desk.services, caller: { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await desk.database.pool.query('select id from core.accounts')).rows.map(({ id }) => id) }, input: { account: 'Tactical' } });
  if (!answer.ok) throw new Error(answer.error.message);
  const { pairs, worth, holdings } = answer.output as RotationAnswer;
  expect(holdings).toBe(1);
  if (pairs.length === 0) { expect(textOf(events)).toMatch(/^Nothing to rotate into: /); return; }
  const [pair] = pairs;
  expect(pair!.sell).toMatchObject({ symbol: first, quantity: 5 });
  expect(pair!.buy.symbol).not.toBe(first);
  expect(pair!.gainMinor).toBe(pair!.expectedMinor - pair!.givenUpMinor - pair!.chargesMinor - (pair!.spreadMinor ?? 0) - (pair!.taxMinor ?? 0));
  const quote = desk.services.market.quote(first)!;
  const sale = chargesFor({ exchange: 'NSE', product: 'DELIVERY', side: 'SELL', quantity: 5, price: decimal(quote.last.toFixed(2)), date: desk.services.market.today(), instrument: 'EQUITY' });
  expect(sale.known && sale.totalMinor < pair!.chargesMinor).toBe(true);
  expect(textOf(events)).toMatch(worth > 0 ? /^\d+ pairs? (is|are) worth the cost\. First: sell 5 / : /^Nothing is worth its cost\. The best pair would be to sell 5 .* it would have to reach ₹/);
  for (const event of events) if (event.type === 'reply') expect(ungroundedFigures({ text: event.text, figures: event.figures })).toEqual([]);
});

it('draws up the exit of a pair alone, and the entry as an order of its own', async () => {
  const other = desk.shares[1]!;
  const last = desk.services.market.quote(other)!.last;
  const tick = (price: number): string => (Math.round(price * 20) / 20).toFixed(2);
  // What the simulated market's set-ups are is chance; here one stands.
  const entry = {
    symbol: other, strategy: 'momentum', quantity: 2, limitPrice: tick(last), stop: tick(last * 0.96), target: tick(last * 1.08), horizonDays: 10, edgePercent: 40, netEdgePercent: 39, confidence: 0.7, comparables: 33, valueMinor: Math.round(200 * last), chargesMinor: 1_234, bid: last - 0.05, ask: last + 0.05, thesis: ['it rises'], eventId: null,
  };
  desk.services.replacements = async ({ holdings }) => ({ closed: null, degraded: [], holdings: holdings.map(({ symbol }) => ({ symbol, setUp: { strategy: 'momentum', edgePercent: 1, horizonDays: 10 }, entry })) });
  const asked = await desk.say('should I rotate anything in Tactical?');
  expect(textOf(asked)).toMatch(new RegExp(`^1 pair is worth the cost\\. First: sell 5 ${first} \\(₹[\\d,.]+, momentum stands in it now\\) and buy 2 ${other} \\(₹[\\d,.]+, \\+40 % expected from 33 similar set-ups\\) in Tactical\\. \\+₹[\\d,.]+ expected of ${other}, less \\+₹[\\d,.]+ still expected of ${first}, charges ₹[\\d,.]+ and spread ₹[\\d,.]+, leaves \\+₹[\\d,.]+; the bar is ₹[\\d,.]+\\. Tax is not counted: what was bought today would be business income`));
  expect(cardOf(asked)).toBeUndefined();
  for (const event of asked) if (event.type === 'reply') expect(ungroundedFigures(event)).toEqual([]);
  const exit = await desk.say('do the first');
  expect(cardOf(exit)?.headline).toMatch(new RegExp(`^(SELL|EXIT|Exit|Sell).*${first}`));
  const then = replies(exit).find(({ label }) => label === `Then buy ${other}`)!;
  expect(then.command).toBe(`buy 2 ${other} at ${entry.limitPrice} stop ${entry.stop} target ${entry.target} in Tactical`);
  await desk.press(cardOf(exit)?.confirmation?.id ?? '', 'reject');
  expect(cardOf(await desk.say(then.command))?.headline).toMatch(/^BUY 2 /);
  await desk.say('no');
  entry.edgePercent = 0.1;
  expect(textOf(await desk.say('should I rotate anything in Tactical?'))).toMatch(/^Nothing is worth its cost\. The best pair would be to sell 5 .* leaves −₹[\d,.]+; it would have to reach ₹[\d,.]+ \(0\.5 % of what is sold\)\./);
  expect(textOf(await desk.say('do number 7'))).toMatch(/^There is no pair 7\./);
});
