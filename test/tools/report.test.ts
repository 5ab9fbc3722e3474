import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { reportPdf } from '../../channels/documents/report-pdf.ts';
import { rightsOf } from '../../db/stores/people.ts';
import { reportMarkdown } from '../../desk/reporting/report.ts';
import { report } from '../../tools/report.ts';
import { runTool } from '../../tools/run.ts';
import type { Tool } from '../../tools/define.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

type Output = z.output<(typeof report)['output']>;
let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.advance(20);
  await desk.press(cardOf(await desk.say('buy 10 NAVOSYS in LumpSum'))?.confirmation?.id ?? '');
  await desk.say('buy 10000 NAVOSYS in Tactical');
  await desk.advance(10);
  await desk.press(cardOf(await desk.say('sell half of NAVOSYS'))?.confirmation?.id ?? '');
  await desk.advance(30);
});
afterAll(async () => { await desk.close(); });

const ask = async (input: Record<string, unknown>): Promise<Output> => {
  const viewableAccountIds = (await rightsOf(desk.database.orm, desk.owner.id)).map(({ accountId }) => accountId);
  const result = await runTool({ tool: report as unknown as Tool, services: desk.services, caller: { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds }, input });
  if (!result.ok) throw new Error(result.error.message);
  return result.output as Output;
};
const sectionOf = (written: Output, title: string) => written.sections.find((section) => section.title === title);

describe('the report', () => {
  it('says what was made, held and decided, with the figures of the tools that it reads', async () => {
    const written = await ask({ cadence: 'DAY', account: 'LumpSum' });
    const [fills, paid] = (await desk.database.pool.query("select count(*)::int as fills, sum(f.charges_minor)::float8 as paid from core.fills f join core.accounts a on a.id = f.account_id where a.name = 'LumpSum'")).rows.flatMap((row) => [row.fills as number, row.paid as number]);
    expect(written.costsMinor).toBe(paid);
    expect(sectionOf(written, 'What is held')?.table?.rows).toEqual([['NAVOSYS', 'LumpSum', '5', expect.stringMatching(/^₹/), expect.stringMatching(/^₹/), expect.stringMatching(/^[+−]?₹/), expect.stringMatching(/^₹/)]]);
    expect(sectionOf(written, 'What was decided')?.lines[0]).toContain(`${fills} fills.`);
    expect(written.accounts).toEqual(['LumpSum']);
  });
  it('counts what the gates refused, over all accounts', async () => {
    const written = await ask({ cadence: 'WEEK' });
    expect(written.blocked).toBeGreaterThanOrEqual(1);
    expect(written.title).toBe('Report of the week: 3 accounts');
  });
  it('says that a figure is not known rather than print a zero', () => {
    const text = reportMarkdown({ title: 't', subtitle: 's', equity: [], equityCaption: '', footer: 'f', sections: [{ title: 'A', lines: ['one | two'], table: { columns: [{ title: 'x', align: 'left' }, { title: 'y', align: 'right' }], rows: [['a|b', 'not known']] } }] });
    expect(text).toBe('# t\n\ns\n\n## A\n\none | two\n\n| x | y |\n| --- | ---: |\n| a\\|b | not known |\n\n*f*\n');
  });
});

describe('the report as a PDF', () => {
  it('holds every line and cell, rupee signs too, and is the same bytes for the same report', async () => {
    const written = await ask({ cadence: 'MONTH' });
    const createdAt = new Date('2026-01-01T00:00:00Z');
    const bytes = await reportPdf(written, { createdAt });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    const words = text.replaceAll(/\s+/g, '');
    for (const cell of [written.title, ...written.sections.flatMap(({ title, lines, table }) => [title, ...lines, ...(table?.rows.flat() ?? [])])]) expect(words, cell).toContain(cell.replaceAll(/\s+/g, ''));
    expect((await reportPdf(written, { createdAt })).equals(bytes)).toBe(true);
  });
  it('goes over to new pages with the headings of a long table', async () => {
    const rows = Array.from({ length: 150 }, (_, index) => [`row ${index}`, 'a cell with a good many words in it that will not fit on one line of its column, so that it has to be broken somewhere', '₹1']);
    const bytes = await reportPdf({ title: 'Long', subtitle: '', equity: [{ date: '2026-01-01', worth: 1 }, { date: '2026-01-02', worth: null }, { date: '2026-01-03', worth: 3 }, { date: '2026-01-04', worth: 2 }], equityCaption: 'Worth', footer: 'f', sections: [{ title: 'T', lines: [], table: { columns: [{ title: 'Heading', align: 'left' }, { title: 'Words', align: 'left' }, { title: 'Worth', align: 'right' }], rows } }] }, { createdAt: new Date(0) });
    const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
    expect(totalPages).toBeGreaterThan(2);
    for (const page of text) expect(page).toMatch(/Heading/);
    expect(text.join(' ')).toContain('row 149');
    expect(text.at(-1)).toContain(`Page ${totalPages} of ${totalPages}.`);
  });
});

describe('in the conversation', () => {
  it('comes with its result and its document', async () => {
    const events = await desk.say('daily report for LumpSum');
    expect(textOf(events)).toMatch(/^Report of the day: LumpSum, .+SIMULATED.+after ₹\S+ charges/);
    expect(events.find((event) => event.type === 'file')).toMatchObject({ file: { name: expect.stringMatching(/^report-day-[\d-]+\.pdf$/), href: '/api/report.pdf?cadence=day&account=LumpSum', command: expect.stringContaining("parapet report day --account 'LumpSum' --out report-day-"), report: { title: 'Report of the day: LumpSum', sections: expect.arrayContaining([expect.objectContaining({ title: 'What is held' })]) } } });
    expect(events.find((event) => event.type === 'table' && event.title === 'What is held')).toMatchObject({ rows: [expect.objectContaining({ 0: 'NAVOSYS', 2: '5' })] });
    expect(textOf(await desk.say('weekly report'))).toMatch(/^Report of the week: /);
  });
});
