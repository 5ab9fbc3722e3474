import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await openTestDesk(); });
afterAll(() => desk.close());

describe('what no phrase knows', () => {
  it('is answered from the book where it can be put into a query, with every figure from its result', async () => {
    const events = await desk.say('how many stocks in each sector');
    const table = events.find((event) => event.type === 'table');
    expect(table?.type === 'table' && table.rows.length).toBeGreaterThan(3);
    const reply = events.find((event) => event.type === 'reply');
    expect(reply?.type === 'reply' && reply.figures.map(({ tool }) => tool)).toEqual(['sql']);
    expect(textOf(await desk.say('how many cards by status'))).toContain('There is nothing of that');
  });
  it('is run where it is a statement, and refused with the rule where it may not be', async () => {
    expect(textOf(await desk.say('select count(*) as accounts from accounts'))).toBe('Accounts: 3.');
    expect(textOf(await desk.say('select * from core.people'))).toContain('(rule: relation)');
    expect(textOf(await desk.say('with x as (delete from core.orders returning 1) select * from x'))).toContain('(rule: statement_kind)');
  });
  it('is asked about where it is neither', async () => {
    expect(textOf(await desk.say('colourless green ideas sleep furiously'))).toContain('did not understand');
    expect(textOf(await desk.say('please drop the table of orders'))).toContain('did not understand');
  });
});
