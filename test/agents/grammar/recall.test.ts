import { describe, expect, it } from 'vitest';
import type { ConversationContext } from '../../../agents/grammar/context.ts';
import type { IntentKind } from '../../../agents/grammar/intents.ts';
import { agentFor, tradesOrMovesMoney } from '../../../agents/grammar/routes.ts';
import { table } from '../../../agents/grammar/table/index.ts';
import { card12, has, paraphrases, routingRows, say, score, type Score } from './desk-talk.ts';

const figures = ({ rows, understood, asked, wrong }: Score): string => `${understood} of ${rows} understood (${((100 * understood) / rows).toFixed(1)} %), ${asked} asked or unknown, ${wrong.length} wrong (${((100 * wrong.length) / rows).toFixed(1)} %)`;

describe('paraphrases', () => {
  it('are 300 or more, of at least 60 intents, written apart from the table: few of them are among its examples', () => {
    const rows = paraphrases();
    const examples = new Set(table.flatMap((entry) => entry.examples).map((example) => example.toLowerCase().replace(/\W+$/, '')));
    expect(rows.length).toBeGreaterThanOrEqual(300);
    expect(new Set(rows.map((row) => row.intent)).size).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    // Some sentences have one natural form ("buy 10 tcs"); the settled examples are in both.
    expect(rows.filter((row) => examples.has(row.text.toLowerCase().replace(/\W+$/, ''))).length / rows.length).toBeLessThan(0.15);
  });

  it('are understood in 85 % and wrong in at most 1 %', () => {
    const result = score(paraphrases());
    console.info(`paraphrases, all: ${figures(result)}`);
    expect(result.wrong.length / result.rows).toBeLessThanOrEqual(0.01);
    expect(result.understood / result.rows).toBeGreaterThanOrEqual(0.85);
  });

  // Nothing of this slice was mended while the grammar was tuned. With 266 rows one slip is 0.4 %.
  it('of the held-out slice are understood in 85 % and wrong in at most 2 %', () => {
    const result = score(paraphrases().filter((row) => row.slice === 'held-out'));
    console.info(`paraphrases, held out: ${figures(result)}`);
    expect(result.rows).toBeGreaterThanOrEqual(100);
    expect(result.wrong.length / result.rows).toBeLessThanOrEqual(0.02);
    expect(result.understood / result.rows).toBeGreaterThanOrEqual(0.85);
  });

  it('are never read as an order, a confirmation or a movement of money that was not meant', () => {
    const list = paraphrases();
    const traded = list.filter((row) => { const said = say(row.text, (row.context ?? {}) as Partial<ConversationContext>); return said.kind === 'intent' && tradesOrMovesMoney(said.intent.kind) && !(said.intent.kind === row.intent && has(said.intent, row.slots)); });
    expect(traded.map((row) => row.text)).toEqual([]);
  });
});

describe('routing rows', () => {
  it('are 200 or more and reach every agent', () => {
    expect(routingRows().length).toBeGreaterThanOrEqual(200);
    expect(new Set(routingRows().map((row) => row.agent)).size).toBe(8);
  });

  it('name the agent that answers their intent', () => {
    expect(routingRows().filter((row) => agentFor(row.intent as IntentKind) !== row.agent)).toEqual([]);
  });

  it('reach their agent in 90 %, and another one in at most 1 %', () => {
    const results = routingRows().map((row) => { const said = say(row.text, card12); return said.kind === 'intent' ? (agentFor(said.intent.kind) === row.agent ? 'right' : `wrong: ${row.text}`) : 'asked'; });
    const wrong = results.filter((result) => result.startsWith('wrong'));
    const right = results.filter((result) => result === 'right').length;
    console.info(`routing: ${right} of ${results.length} to the right agent, wrong ${wrong.length}`);
    expect(wrong.length / results.length, wrong.join('; ')).toBeLessThanOrEqual(0.01);
    expect(right / results.length).toBeGreaterThanOrEqual(0.9);
  });
});
