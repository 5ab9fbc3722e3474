import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOrders } from '../../db/stores/execution.ts';
import { balances } from '../../db/stores/ledger.ts';
import { listAccounts } from '../../db/stores/accounts.ts';
import { openPositions } from '../../db/stores/positions.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

let desk: TestDesk;
let [symbol, other] = ['', ''];
let accountId = '';
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.advance(30);
  [symbol = '', other = ''] = [...desk.market.symbols().values()].filter((record) => record.kind === 'EQUITY').map((record) => record.symbol);
  accountId = (await listAccounts(desk.database.orm)).find((account) => account.name === 'LumpSum')?.id ?? '';
});
afterAll(async () => { await desk.close(); });

const working = async (): Promise<string[]> => (await listOrders(desk.database.orm, { accountIds: [accountId], symbol, limit: 50 })).map((order) => `${order.category} ${order.quantity} ${order.status}`).sort();

describe('a trade, from the sentence to the exit', () => {
  it('becomes one order with its bracket after one yes, whoever presses twice', async () => {
    const asked = await desk.say(`buy 10 ${symbol} in LumpSum`);
    const card = cardOf(asked);
    expect(card).toMatchObject({ state: 'PENDING', account: 'LumpSum', gates: { blocks: 0 }, world: 'SIMULATED' });
    expect(asked.some((event) => event.type === 'confirm' && event.id === card?.confirmation?.id)).toBe(true);
    expect(await working()).toEqual([]);

    const id = card?.confirmation?.id ?? '';
    await desk.press(id);
    await desk.advance(2);
    expect(await working()).toEqual(['ENTRY 10 FILLED', 'STOP_LOSS 10 OPEN', 'TAKE_PROFIT 10 OPEN']);
    expect(textOf(await desk.press(id))).toMatch(/^Already confirmed by you in test at \d\d:\d\d\. Filled 10 at ₹[\d,.]+; stop and target are working\.$/);
    expect(await working()).toHaveLength(3);
    const books = (await balances(desk.database.orm, { accountIds: [accountId] })).get(accountId) ?? {};
    expect(Object.values(books).reduce((sum, amount) => sum + amount, 0)).toBe(0);
  });

  it('replaces a proposal by its changed version, and asks which one a bare yes is for', async () => {
    const first = cardOf(await desk.say(`buy 5 ${other} in LumpSum`));
    const changed = await desk.say('make it 7');
    expect(cardOf(changed)?.headline).toContain(`BUY 7 ${other}`);
    expect(textOf(await desk.press(first?.confirmation?.id ?? ''))).toMatch(/^Already replaced by a newer version/);
    await desk.say(`buy 3 ${symbol} in Tactical`);
    const which = await desk.say('yes');
    expect(textOf(which)).toMatch(/^Two are waiting: .+ and .+\. Which one\?$/);
    // Other words for an answer decide nothing: they are offered in the words that do.
    const number = cardOf(changed)?.cardNumber ?? 0;
    const loose = await desk.say(`green light ${number}`);
    expect(textOf(loose)).toBe('A card is answered by its button or in so many words. Is this meant?');
    expect(loose.find((event) => event.type === 'reply')).toMatchObject({ choices: [{ label: `approve card ${number}`, command: `/approve ${number}` }] });
    expect(await openPositions(desk.database.orm, [accountId])).toHaveLength(1);
  });

  it('is checked again at the present price by the button that says so, and waits for a yes of its own', async () => {
    const shown = cardOf(await desk.say(`buy 4 ${other} in LumpSum`));
    await desk.say(`/reject ${shown?.cardNumber}`);
    const again = cardOf(await desk.say(`/again ${shown?.cardNumber}`));
    expect(again).toMatchObject({ state: 'PENDING', account: 'LumpSum' });
    expect(again?.headline).toContain(`BUY 4 ${other}`);
    expect(again?.cardNumber).not.toBe(shown?.cardNumber);
    expect(await openPositions(desk.database.orm, [accountId])).toHaveLength(1);
    await desk.say(`/reject ${again?.cardNumber}`);
  });

  it('takes no entry while paused, and lets an exit through', async () => {
    expect(textOf(await desk.say('pause trading'))).toMatch(/^Paused: no new entries/);
    expect(textOf(await desk.say(`buy 2 ${symbol} in LumpSum`))).toMatch(/^Blocked: /);
    const half = cardOf(await desk.say(`sell half of ${symbol} in LumpSum`));
    expect(half).toMatchObject({ state: 'PENDING', worstLoss: 'Reduces risk, so limits do not apply.' });
    await desk.press(half?.confirmation?.id ?? '');
    await desk.advance(2);
    expect((await openPositions(desk.database.orm, [accountId])).map((position) => [position.symbol, position.quantity])).toEqual([[symbol, 5]]);
    expect(await working()).toEqual(['ENTRY 10 FILLED', 'EXIT 5 FILLED', 'STOP_LOSS 5 OPEN', 'TAKE_PROFIT 5 OPEN']);
  });

  it('resumes only after a press of its own', async () => {
    const resume = cardOf(await desk.say('/resume'));
    expect(resume?.state).toBe('PENDING');
    expect(textOf(await desk.say(`buy 2 ${symbol} in LumpSum`))).toMatch(/^Blocked: /);
    expect(textOf(await desk.press(resume?.confirmation?.id ?? ''))).toMatch(/^Resumed/);
    expect(cardOf(await desk.say(`buy 2 ${symbol} in LumpSum`))?.state).toBe('PENDING');
  });

  it('writes nothing to its log that went wrong', () => {
    expect(desk.logged).toEqual([]);
  });
});
