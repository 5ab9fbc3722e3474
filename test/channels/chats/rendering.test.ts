import { describe, expect, it } from 'vitest';
import { inParts, type Outgoing } from '../../../channels/chats/outgoing.ts';
import { csvOf, renderForChat } from '../../../channels/chats/render-event.ts';
import { plainText } from '../../../channels/chats/rich-text.ts';
import { discordCan } from '../../../channels/discord/channel.ts';
import { discordMarkdown } from '../../../channels/discord/markup.ts';
import { telegramCan } from '../../../channels/telegram/channel.ts';
import { telegramHtml } from '../../../channels/telegram/markup.ts';
import type { Card, ConversationEvent } from '../../../channels/vocabulary.ts';

const card: Card = {
  cardNumber: 12, actionId: '0197f000-0000-7000-8000-000000000012', state: 'PENDING', headline: 'BUY 62 COALINDIA at ≤ ₹384.50 · stop ₹371.20 · target ₹411.10 · horizon 5 days',
  worstLoss: 'Most you can lose: ₹838 (0.17 % of equity) incl. charges. Reward : risk 2.0.', account: 'SIP', exchange: 'NSE', symbol: 'COALINDIA', entry: 384.5, stop: 371.2, target: 411.1, last: 384.1,
  why: [{ text: 'dividend announced today 11:42', evidenceId: 'e1', evidenceKind: 'event', url: null }, { text: 'above 20-day high on 1.9 × volume', evidenceId: 'b1', evidenceKind: 'bars', url: null }], against: ['sector at 22 % of a 30 % limit after this'],
  gates: { passed: 14, warnings: 1, blocks: 0, checks: [] }, counterfactuals: [], confirmation: { id: '0197f000-0000-7000-8000-00000000c012', digest: 'd', expiresAt: '2024-06-03T06:28:00.000Z', driftPercent: 0.5 }, outcome: null, world: 'SIMULATED', marketTime: '2024-06-03T06:18:00.000Z',
  choices: [{ label: 'Why not bigger?', command: '/why 12 bigger', style: 'plain' }],
};
const turn = '0197f000-0000-7000-8000-000000000001';
const columns = [{ key: 'symbol', title: 'Symbol', align: 'left' as const }, { key: 'quantity', title: 'Qty', align: 'right' as const }, { key: 'last', title: 'Last', unit: '₹', align: 'right' as const }];
const wide = [...columns, { key: 'company', title: 'Company', align: 'left' as const }, { key: 'change', title: 'Change', unit: '%', align: 'right' as const }];
const row = { symbol: 'INFY', quantity: 40, last: 1512.4, company: 'Infosys Limited, Bengaluru', change: -1.25 };
const events: Record<string, ConversationEvent> = {
  text: { turn, type: 'reply', text: '3 positions, ₹2,41,300 of ₹5,00,000 deployed in SIP.\nLargest: INFY 24 % of equity <b>not markup</b> & *nor this*.', figures: [], agent: 'Portfolio', note: 'Written without the language model.', choices: [{ label: 'Orders', command: '/orders' }] },
  card: { turn, type: 'card', card }, 'card that is final': { turn, type: 'card', card: { ...card, state: 'FILLED', confirmation: null, outcome: 'Filled 62 at ₹384.35; stop and target are working.', choices: [] } },
  'card that was blocked': { turn, type: 'card', card: { ...card, state: 'BLOCKED', confirmation: null, outcome: 'Blocked: energy would be 46 % of equity; the limit is 30 %', choices: [] } },
  table: { turn, type: 'table', title: 'Positions', columns, rows: [row] }, 'wide table': { turn, type: 'table', title: 'Positions', columns: wide, rows: [row, { ...row, symbol: 'TCS', change: null }] },
  timeline: { turn, type: 'timeline', subject: 'Card 12', entries: [{ at: '11:42', text: 'filing by Coal India', kind: 'event', ref: 'e1' }, { at: '11:49', text: 'confirmed by you', kind: 'press', ref: null }] },
  chart: { turn, type: 'chart', chart: { symbol: 'INFY', bars: [{ time: '2024-06-03', open: 1500, high: 1520, low: 1490, close: 1512.4, volume: 1 }], lines: [], pins: [] } },
  error: { turn, type: 'error', code: 'INTERNAL', message: 'Something went wrong with that message.' },
};
const shown = (messages: readonly Outgoing[], markup: (lines: Outgoing['lines']) => string): string => messages.map(({ lines, buttons, chart, file, subject }) =>
  [markup(lines), buttons.map(({ label, style }) => `[${label}${style === 'plain' ? '' : ` ${style}`}]`).join(' '), chart ? '(picture)' : '', file ? `(file ${file.name})` : '', subject ? `(replaces ${subject.slice(0, 5)})` : ''].filter(Boolean).join('\n')).join('\n═══\n');

describe.each([['Telegram', telegramCan, telegramHtml], ['Discord', discordCan, discordMarkdown]] as const)('%s', (_, can, markup) => {
  it.each(Object.entries(events))('shows a %s to one person', (__, event) => {
    expect(shown(renderForChat(event, { can, zone: 'Asia/Kolkata', audience: 'private' }), markup)).toMatchSnapshot();
  });

  it.each(['card', 'card that is final', 'card that was blocked'])('shows a group a %s without a figure of the account', (name) => {
    const text = shown(renderForChat(events[name] as ConversationEvent, { can, zone: 'Asia/Kolkata', audience: 'group' }), markup);
    expect(text).toMatchSnapshot();
    expect(text).not.toMatch(/equity|lose|SIP/);
  });

  it('sends a long table as a file as well, and every row of it', () => {
    const rows = Array.from({ length: 95 }, (__, i) => ({ ...row, symbol: `S${i}` }));
    const messages = renderForChat({ turn, type: 'table', title: 'Fills of the year', columns, rows }, { can, zone: 'Asia/Kolkata', audience: 'private' });
    expect(plainText(messages[0]?.lines ?? [])).toMatch(/65 more rows are in the file/);
    expect(messages[1]?.file).toMatchObject({ name: 'fills-of-the-year.csv', mediaType: 'text/csv' });
    expect(messages[1]?.file).toHaveProperty('text', expect.stringMatching(/^(?:[^\r]*\r\n){95}[^\r\n]+$/));
    for (const message of messages.flatMap((each) => inParts(each, can.textUnits))) expect(plainText(message.lines).length).toBeLessThanOrEqual(can.textUnits);
  });

  it('hands a report over as a document of its content, or says where it is', () => {
    const report = { title: 'Report of the day: SIP', subtitle: '', sections: [], equity: [], equityCaption: '', footer: '' };
    const event: ConversationEvent = { turn, type: 'file', file: { name: 'report-day.pdf', createdAt: '2030-01-07T04:00:00.000Z', href: '/api/report.pdf?cadence=day', command: 'parapet report day', report } };
    expect(renderForChat(event, { can, zone: 'Asia/Kolkata', audience: 'private' })).toMatchObject([{ file: { name: 'report-day.pdf', mediaType: 'application/pdf', report } }]);
    const [words] = renderForChat(event, { can: { ...can, files: false }, zone: 'Asia/Kolkata', audience: 'private' });
    expect([words?.file, plainText(words?.lines ?? [])]).toEqual([undefined, 'Report of the day: SIP: on the web desk at /api/report.pdf?cadence=day']);
  });

  it('says in words what it cannot show', () => {
    const plain = { ...can, images: false, files: false };
    const [chart] = renderForChat(events.chart as ConversationEvent, { can: plain, zone: 'Asia/Kolkata', audience: 'private' });
    expect(chart?.chart).toBeUndefined();
    expect(plainText(chart?.lines ?? [])).toBe('INFY: 1512.40, between 1512.40 and 1512.40');
  });
});

describe('a table as a file', () => {
  it('is read by a spreadsheet as text where a cell looks like a formula', () => {
    expect(csvOf([{ key: 'a', title: 'A', align: 'left' }], [{ a: '=HYPERLINK("x")' }, { a: -5 }, { a: 'x, "y"' }, { a: null }])).toBe('A\r\n"\'=HYPERLINK(""x"")"\r\n-5\r\n"x, ""y"""\r\n');
  });
});
