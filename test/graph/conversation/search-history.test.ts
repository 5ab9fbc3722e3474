import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { excerptAround } from '../../../graph/conversation/search-history.ts';
import { openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await openTestDesk(); await desk.advance(20); });
afterAll(async () => { await desk.close(); });
const found = async (text: string) => {
  const events = await desk.say(text);
  const table = events.find((event) => event.type === 'table');
  return { text: textOf(events), rows: table?.type === 'table' ? table.rows : [] };
};

describe('search in history', () => {
  it('finds what was said, replied and shown of a company, newest first, by symbol or name', async () => {
    await desk.say('quote NAVOSYS');
    await desk.say('buy 10 NAVOSYS in LumpSum');
    await desk.say('what do I hold');
    const { text, rows } = await found('find where we talked about NAVOSYS');
    expect(text).toMatch(/^“NAVOSYS” stands in \d+ messages of your conversations; the latest .+\.$/);
    expect(rows.map(({ who }) => who)).toEqual(expect.arrayContaining(['you', 'the desk']));
    await desk.say('no');
    expect((await found('/find NAVOSYS')).rows.filter((row) => String(row.text).startsWith('BUY 10 NAVOSYS'))).toHaveLength(1);
    expect(rows.some((row) => String(row.text).includes('what do I hold'))).toBe(false);
    const [name = ''] = (desk.market.symbols().get('NAVOSYS')?.name ?? '').split(' ');
    expect((await found(`/find ${name}`)).rows.length).toBeGreaterThan(0);
  });
  it('takes signs of a pattern as they stand, and says where there is nothing', async () => {
    expect((await found('/find 100% sure_thing')).text).toBe('We have not spoken of “100% sure_thing” in any of your conversations.');
    await desk.say('is a 7%_move likely');
    expect((await found('/find 7%_move')).rows).toHaveLength(1);
    expect((await found('/find zorbix')).text).toMatch(/^We have not spoken of “zorbix”/);
  });
  it('looks through all of the person’s threads and through nobody else’s', async () => {
    const other = await desk.database.pool.query("insert into core.people (id, name, role, created_at) values (gen_random_uuid(), 'Meera', 'trader', now()) returning id").catch(() => null);
    const { threadId } = await desk.conversation.openThread({ channel: 'web', externalId: 'second', person: desk.owner });
    await desk.conversation.say({ threadId, person: desk.owner, clientMessageId: 'second-1', inbound: { message: 'remember the word quokka for me' } });
    await desk.conversation.idle();
    expect((await found('search my chats for quokka')).rows).toEqual(expect.arrayContaining([expect.objectContaining({ where: expect.stringMatching(/^web: /), who: 'you' })]));
    expect(other).toBeNull();
    await desk.database.asOwner(async (client) => {
      await client.query("insert into core.people (id, name, role, created_at) values ('01890000-0000-7000-8000-000000000001', 'Meera', 'trader', now())");
      await client.query("insert into core.threads (id, channel, external_id, person_id, title, created_at, updated_at, context) values ('01890000-0000-7000-8000-000000000002', 'web', 'hers', '01890000-0000-7000-8000-000000000001', 'Hers', now(), now(), '{}')");
      await client.query("insert into core.messages (thread_id, sequence, turn, at, author, event) values ('01890000-0000-7000-8000-000000000002', 1, gen_random_uuid(), now(), 'desk', '{\"type\":\"reply\",\"text\":\"the platypus is secret\"}')");
    });
    expect((await found('/find platypus')).rows.filter(({ text }) => String(text).includes('secret'))).toEqual([]);
  });
});

describe('the excerpt', () => {
  it('is cut around the word, on one line', () => {
    expect(excerptAround(`${'a '.repeat(80)}needle\n${'b '.repeat(200)}`, ['Needle'])).toMatch(/^….{1,61}needle .{1,120}…$/);
    expect(excerptAround('short needle', ['needle'])).toBe('short needle');
  });
});
