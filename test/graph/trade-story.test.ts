import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await openTestDesk(); await desk.advance(30); });
afterAll(async () => { await desk.close(); });

describe('a typed order, from the sentence to the position', () => {
  it('becomes one paper order with its bracket after a confirmation', async () => {
    const symbol = [...desk.market.symbols().values()].find((record) => record.kind === 'EQUITY')?.symbol ?? '';
    const asked = await desk.say(`buy 10 ${symbol} in LumpSum`);
    const card = cardOf(asked);
    expect(card?.state).toBe('PENDING');
    const id = card?.confirmation?.id ?? '';
    const pressed = await desk.press(id);
    console.log(textOf(pressed), cardOf(pressed)?.outcome, desk.logged.join('\n').slice(0, 1500));
    await desk.advance(2);
    const again = await desk.press(id);
    console.log(textOf(again));
    expect(textOf(again)).toMatch(/^Already confirmed by you/);
  });
});
