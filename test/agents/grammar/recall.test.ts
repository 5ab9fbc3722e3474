import { describe, expect, it } from 'vitest';
import type { IntentKind } from '../../../agents/grammar/intents.ts';
import { agentFor } from '../../../agents/grammar/routes.ts';
import { card12, paraphrases, routingRows, say, score, type Score } from './desk-talk.ts';

const figures = ({ rows, understood, asked, wrong }: Score): string => `${understood} of ${rows} understood (${((100 * understood) / rows).toFixed(1)} %), ${asked} asked or unknown, ${wrong.length} wrong (${((100 * wrong.length) / rows).toFixed(1)} %)`;

describe('paraphrases', () => {
  it('are 300 or more, of at least 60 intents, none of them an example of the table', async () => {
    const { table } = await import('../../../agents/grammar/table/index.ts');
    const rows = paraphrases();
    expect(rows.length).toBeGreaterThanOrEqual(300);
    expect(new Set(rows.map((row) => row.intent)).size).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    expect(table.length).toBeGreaterThan(0);
  });

  it.each(['open', 'held-out', 'blind'] as const)('of the %s slice are understood in 85 % and wrong in at most 1 %', (slice) => {
    const result = score(paraphrases().filter((row) => row.slice === slice));
    console.info(`paraphrases, ${slice}: ${figures(result)}`);
    expect(result.rows).toBeGreaterThanOrEqual(100);
    expect(result.wrong.length / result.rows).toBeLessThanOrEqual(0.01);
    expect(result.understood / result.rows).toBeGreaterThanOrEqual(0.85);
  });

  it('take two milliseconds at most, on average and after warming up', () => {
    const texts = [...paraphrases().map((row) => row.text), ...routingRows().map((row) => row.text)];
    for (const text of texts) say(text);
    const start = performance.now();
    for (const text of texts) say(text);
    const mean = (performance.now() - start) / texts.length;
    console.info(`${mean.toFixed(2)} ms a sentence`);
    expect(mean).toBeLessThanOrEqual(2);
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
