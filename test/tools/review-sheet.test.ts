import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewSheet as stored } from '../../db/stores/review-sheets.ts';
import { boundsOfWeek, lastWholeWeek, mondayOf, seededSample } from '../../desk/evaluation/review-sample.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import { reviewSheetJob } from '../../jobs/review-sheet.ts';
import type { JobServices } from '../../jobs/services.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

describe('the draw', () => {
  it('is the same for the same week in whatever order the decisions come, without repeats and no larger than asked', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 60 }), fc.integer({ min: 0, max: 30 }), fc.string(), (ids, size, seed) => {
      const drawn = seededSample(ids, { seed, size });
      expect(seededSample(ids.toReversed(), { seed, size })).toEqual(drawn);
      expect(new Set(drawn).size).toBe(Math.min(size, ids.length));
      expect(drawn.every((id) => ids.includes(id))).toBe(true);
    }));
  });
  it('gives every decision about the same chance', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `decision ${index}`);
    const times = new Map<string, number>();
    for (let week = 0; week < 2000; week += 1) for (const id of seededSample(ids, { seed: String(week), size: 10 })) times.set(id, (times.get(id) ?? 0) + 1);
    // 2,000 draws at one in four: 500, with a standard deviation of 19.
    for (const id of ids) expect(Math.abs((times.get(id) ?? 0) - 500), id).toBeLessThan(90);
  });
  it('is of weeks from Monday to Sunday on the exchange’s wall', () => {
    expect(mondayOf(tradingDate('2026-11-29'))).toBe('2026-11-23');
    expect(lastWholeWeek(instant('2026-11-29T18:29:00.000Z'), 'Asia/Kolkata')).toBe('2026-11-16');
    expect(lastWholeWeek(instant('2026-11-29T18:31:00.000Z'), 'Asia/Kolkata')).toBe('2026-11-23');
    expect(boundsOfWeek(tradingDate('2026-11-23'), 'Asia/Kolkata')).toEqual({ from: '2026-11-22T18:30:00.000Z', before: '2026-11-29T18:30:00.000Z' });
  });
});

describe('the weekly sheet', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
    await desk.advance(20);
    await desk.press(cardOf(await desk.say('buy 10 NAVOSYS in LumpSum'))?.confirmation?.id ?? '');
    await desk.say('buy 90000000 NAVOSYS in LumpSum');
    for (let count = 0; count < 22; count += 1) await desk.say(count % 2 === 0 ? 'watch MERUBANK' : 'unwatch MERUBANK');
  });
  afterAll(async () => { await desk.close(); });
  const nextWeek = () => instant(new Date(Date.now() + 7 * 86_400_000).toISOString());
  const job = () => reviewSheetJob({ ...desk.services, wallNow: nextWeek } as unknown as JobServices);

  it('shows the draw of the running week before it is kept', async () => {
    const events = await desk.say('review sheet');
    expect(textOf(events)).toMatch(/^20 of 24 decisions of the week of .+, drawn by lot from the week so far; the sheet is kept once the week is over\.$/);
    expect(await stored(desk.database.orm, null)).toBeNull();
  });
  it('is drawn once the week is over, once, and shown with verdicts and outcomes from then on', async () => {
    expect(await job().run()).toMatch(/^20 of 24 decisions drawn for the week of /);
    expect(await job().run()).toBeNull();
    await desk.say('watch NAVOSYS');
    const events = await desk.say('prepare the weekly review sheet');
    expect(textOf(events)).toMatch(/^20 of 24 decisions of the week of .+, drawn .+ by lot and kept\.$/);
    const table = events.find((event) => event.type === 'table');
    const kept = await stored(desk.database.orm, null);
    expect(table?.type === 'table' && table.rows).toHaveLength(20);
    expect(seededSample(kept?.actionIds ?? [], { seed: kept?.week ?? '', size: 20 })).toEqual(kept?.actionIds);
    await expect(desk.database.orm.execute("update core.review_sheets set action_ids = '[]'")).rejects.toThrow();
  });
});

describe('the figures of the last reply', () => {
  let desk: TestDesk;
  beforeAll(async () => { desk = await openTestDesk(); await desk.advance(20); });
  afterAll(async () => { await desk.close(); });
  it('are listed with where they came from', async () => {
    expect(textOf(await desk.say('check the figures in your last reply'))).toBe('There is no reply to check in this conversation.');
    await desk.say('what do I hold');
    const checked = await desk.say('are those numbers right?');
    expect(textOf(checked)).toMatch(/^All \d+ figures of the last reply have their sources\.$/);
    expect(checked.find((event) => event.type === 'table')).toMatchObject({ rows: expect.arrayContaining([expect.objectContaining({ text: '₹13,50,000', source: 'portfolio state' })]) });
  });
  it('are named where one has no source', async () => {
    const { threadId } = await desk.conversation.openThread({ channel: 'test', externalId: 'main', person: desk.owner });
    const last = (await desk.conversation.history({ threadId, person: desk.owner, limit: 1 }))[0];
    await desk.database.pool.query("insert into core.messages (thread_id, sequence, turn, at, author, event) values ($1, $2, gen_random_uuid(), now(), 'desk', $3)", [threadId, (last?.sequence ?? 0) + 1, JSON.stringify({ type: 'reply', turn: 'x', text: 'You made ₹4,321.', figures: [], agent: 'Supervisor' })]);
    const checked = await desk.say('check the numbers');
    expect(textOf(checked)).toMatch(/^1 figure of the last reply has no source; 0 have one\.$/);
    expect(checked.find((event) => event.type === 'table')).toMatchObject({ title: 'Without a source', rows: [{ text: '₹4,321' }] });
  });
});
