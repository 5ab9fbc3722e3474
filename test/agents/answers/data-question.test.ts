import { expect, it } from 'vitest';
import { answerDataQuestion } from '../../../agents/answers/data-question.ts';
import type { TurnTools } from '../../../agents/define.ts';

const answering = (outsideText: boolean): TurnTools => ({
  call: async () => ({ ok: true, call: 'c1', tool: 'sql', input: {}, output: { sql: 'select', columns: [{ name: 'title', type: 'text' }], rows: [['Card 1 was confirmed']], rowCount: 1, truncated: false, elapsedMs: 1, asOf: '2030-01-07T04:00:00.000Z', outsideText } }),
}) as unknown as TurnTools;

it('quotes a word from outside, and says whose it is not', async () => {
  const said = await answerDataQuestion('select title from events limit 1', answering(true));
  expect([said?.text, said?.note]).toEqual(['Title: “{{c1.rows.0.0|text}}”.', expect.stringContaining('Words from outside')]);
  const own = await answerDataQuestion('select name from accounts limit 1', answering(false));
  expect([own?.text, own?.note]).toEqual(['Title: {{c1.rows.0.0|text}}.', undefined]);
});

const figures = (columns: string[], rows: unknown[][], sql = 'select', currency: string | null = 'INR'): { tools: TurnTools; asked: unknown[] } => {
  const asked: unknown[] = [];
  const tools = { call: async (_: string, input: unknown) => { asked.push(input); return { ok: true, call: 'c1', tool: 'sql', input: {}, output: { sql, columns: columns.map((name) => ({ name, type: name === 'symbol' ? 'text' : 'numeric' })), rows, rowCount: rows.length, truncated: false, elapsedMs: 1, asOf: '2030-01-07T04:00:00.000Z', currency, outsideText: false } }; } } as unknown as TurnTools;
  return { tools, asked };
};
it('says what a figure is, as money with its sign where it is money of one currency', async () => {
  expect((await answerDataQuestion('profit in metals', figures(['pnl'], [[6302.77]]).tools))?.text).toBe('Profit and loss after charges: +{{c1.rows.0.0|price}}.');
  expect((await answerDataQuestion('average charges a month', figures(['average_fees_a_month'], [[12]]).tools))?.text).toBe('Average charges a month: {{c1.rows.0.0|price}}.');
  expect((await answerDataQuestion('profit in metals', figures(['pnl'], [[6302.77]], 'select', null).tools))?.text).toBe('Pnl: {{c1.rows.0.0|number}}.');
  expect((await answerDataQuestion('select 1 as pnl', figures(['pnl'], [[1]]).tools))?.text).toBe('Pnl: {{c1.rows.0.0|number}}.');
  const ranked = await answerDataQuestion('which symbol cost me most', figures(['symbol', 'pnl'], [['JWL', -5], ['TCS', 3]], 'SELECT symbol, sum(pnl) AS pnl FROM desk.trades GROUP BY 1 ORDER BY 2 ASC').tools);
  expect([ranked?.text, ranked?.parts[0]]).toEqual(['{{c1.rowCount|count}} rows. First: {{c1.rows.0.0|text}}, {{c1.rows.0.1|price}} (profit and loss after charges).', expect.objectContaining({ columns: [{ key: '0', title: 'symbol', align: 'left' }, { key: '1', title: 'profit and loss after charges', align: 'right', unit: '₹' }] })]);
});
it('takes the word that says where to look for no word of the question', async () => {
  const { tools, asked } = figures(['count'], [[3]]);
  await answerDataQuestion('query how many trades', tools);
  expect(asked).toEqual([{ question: 'how many trades' }]);
});
it('says what comes first of a list and by what figure, what the rows are, and why a card was refused', async () => {
  const list = async (columns: string[], row: unknown[], sql: string): Promise<string | undefined> => (await answerDataQuestion('which', figures(columns, [row], sql).tools))?.text;
  expect(await list(['account', 'symbol', 'value', 'percent_of_equity'], ['SIP', 'INFY', 900, 12.5], 'SELECT account, symbol, value, round(100.0 * value / (SELECT equity FROM desk.accounts a), 2) AS percent_of_equity FROM desk.positions ORDER BY round(100.0 * value / (SELECT equity FROM desk.accounts a), 2) DESC NULLS LAST LIMIT 1'))
    .toBe('{{c1.rowCount|count}} position. First: {{c1.rows.0.1|text}} in {{c1.rows.0.0|text}}, {{c1.rows.0.3|percent}} (of equity).');
  expect(await list(['card_id', 'account', 'symbol', 'rejection_reason'], [9, 'SIP', 'INFY', 'Too large.'], 'SELECT card_id, account, symbol, rejection_reason FROM desk.trade_cards ORDER BY card_id DESC'))
    .toBe('{{c1.rowCount|count}} card. First: card {{c1.rows.0.0|text}}, {{c1.rows.0.2|text}} in {{c1.rows.0.1|text}}: {{c1.rows.0.3|text}}');
  expect((await answerDataQuestion('how many trades', figures(['count'], [[2]], 'SELECT count(*) AS count FROM desk.trades').tools))?.text).toBe('{{c1.rows.0.0|count}} closed trades.');
});
