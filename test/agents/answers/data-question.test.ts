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
