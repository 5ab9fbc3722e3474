import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tools } from '../../tools/registry.ts';
import { runTool } from '../../tools/run.ts';
import { openTestDesk, type TestDesk } from '../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  accountIds = (await desk.database.pool.query<{ id: string }>('select id from core.accounts')).rows.map(({ id }) => id);
});
afterAll(() => desk.close());
let accountIds: string[] = [];
const propose = (input: object) => runTool({
  tool: tools.get('propose_order')!, services: desk.services, input: { symbol: 'MERUBANK', account: 'LumpSum', ...input },
  caller: { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: accountIds },
});

describe('an order that no order can be', () => {
  it('is refused with a sentence that says what was wrong, and nothing is proposed', async () => {
    expect(await propose({ quantity: 2_000_000_000 })).toEqual({ ok: false, error: { code: 'INVALID_INPUT', field: 'quantity', message: 'quantity: a quantity is at most 1,000,000,000' } });
    expect(await propose({ quantity: 5, limitPrice: 99_999_999 })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', field: 'limitPrice', message: 'limitPrice: a price is at most 10,000,000' } });
    expect(await propose({ quantity: 5, limit_price: 900 })).toEqual({ ok: false, error: { code: 'INVALID_INPUT', field: 'limit_price', message: 'limit_price: there is no such field' } });
    expect((await desk.database.pool.query('select 1 from core.actions')).rows).toEqual([]);
  });
});

describe('an order far beyond the account', () => {
  it('is told the size that would pass, which passes, and a tenth more does not', async () => {
    const refused = await propose({ quantity: 90_000 });
    const told = Number(/What would pass now: ([\d,]+) shares\./.exec(JSON.stringify(refused))?.[1]?.replaceAll(',', ''));
    expect(told).toBeGreaterThan(1);
    expect(told).toBeLessThan(5_000);
    const passed = await propose({ quantity: told });
    expect(JSON.stringify(passed)).toMatch(/awaiting_confirmation|"verdict":"PASS"/);
    expect(JSON.stringify(await propose({ quantity: Math.ceil(told * 1.1) }))).toMatch(/What would pass now: [\d,]+ shares\./);
  });
});
