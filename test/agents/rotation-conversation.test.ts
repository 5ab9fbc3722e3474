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
beforeAll(async () => { desk = await openBookDesk(); first = desk.shares[0]!; }, 120_000);
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
}, 60_000);

it('draws up the exit of a pair alone, and the entry as an order of its own', async () => {
  const asked = await desk.say('should I rotate anything?');
  if (!/sell 5/.test(textOf(asked))) return;
  const exit = await desk.say('do the first');
  expect(cardOf(exit)?.headline).toMatch(new RegExp(first));
  const then = replies(exit).find(({ label }) => label.startsWith('Then buy'))!;
  expect(then.command).toMatch(/^buy \d+ \w+ at [\d.]+ stop [\d.]+( target [\d.]+)? in Tactical$/);
  await desk.press(cardOf(exit)?.confirmation?.id ?? '', 'reject');
  expect(cardOf(await desk.say(then.command))?.headline).toMatch(/^BUY /);
  expect(textOf(await desk.say('do number 7'))).not.toMatch(/exit/i);
}, 60_000);
