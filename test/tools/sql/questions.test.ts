import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/client.ts';
import { openTestDatabase } from '../../helpers/database.ts';
import { bookedTrades, openQuestionWorld, type QuestionWorld } from './question-world.ts';

interface Answer { sql: string; columns: { name: string }[]; rows: unknown[][] }
const cases = readFileSync(new URL('../../../evals/datasets/sql.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { question: string; columns: string[]; rows: unknown[][] });
let database: Database;
let world: QuestionWorld;
beforeAll(async () => { database = await openTestDatabase(); world = await openQuestionWorld(database); });
afterAll(() => database.close());
const ask = (question: string): Promise<Answer> => world.bench.call<Answer>('sql', { question });
const figure = async (question: string): Promise<unknown> => (await ask(question)).rows[0]?.[0];

const closedNets = (): number[] => bookedTrades.flatMap(({ qty, entry, exit }) => (exit ? [(exit.price - entry.price) * qty - entry.fee - exit.fee] : []));

describe('questions in words', () => {
  it('are at least sixty', () => { expect(cases.length).toBeGreaterThanOrEqual(60); });
  it.each(cases)('are answered with the rows that the book gives: $question', async ({ question, columns, rows }) => {
    const answer = await ask(question);
    expect(answer.columns.map(({ name }) => name)).toEqual(columns);
    expect(answer.rows).toEqual(rows);
  });
  it('take a loss above an amount for a result below it, and the most lost for the least made', async () => {
    expect((await ask('trades where i lost more than 25')).sql).toContain('pnl < -25');
    expect((await ask('trades with a profit above 25')).sql).toContain('pnl > 25');
    const [first] = (await ask('which symbol did i lose the most on')).rows as [string, number][];
    expect(first![1]).toBe(Math.min(...((await ask('pnl by symbol')).rows as [string, number][]).map(([, pnl]) => pnl)));
  });
  it('go on from the question before with what they say besides', async () => {
    const after = (before: string[], question: string): Promise<Answer> => world.bench.call<Answer>('sql', { question, before });
    const closed = bookedTrades.flatMap((trade) => (trade.exit ? [{ ...trade, pnl: (trade.exit.price - trade.entry.price) * trade.qty - trade.entry.fee - trade.exit.fee }] : []));
    const lost = closed.filter(({ pnl }) => pnl < 0);
    expect((await after(['pnl of trades'], 'and in SIP?')).rows).toEqual((await ask('pnl of trades in SIP')).rows);
    expect((await after(['trades in august'], 'only the losers')).rows).toHaveLength(lost.filter(({ exit }) => exit.d >= '2024-08-01').length);
    expect((await after(['losing trades'], 'how many of those were in LumpSum')).rows).toEqual([[lost.filter(({ account }) => account === 'LumpSum').length]]);
    expect((await after(['how many trades did i close', 'and in Tactical?'], 'which ones lost')).rows).toHaveLength(lost.filter(({ account }) => account === 'Tactical').length);
    expect((await after(['pnl by account'], 'by symbol')).rows).toEqual((await ask('pnl by symbol')).rows);
    expect((await after(['which account made the most'], 'and the least?')).rows.at(0)?.at(0)).toBe((await ask('which account made the most')).rows.at(-1)?.at(0));
    expect((await after(['last trade i closed'], 'and the one before?')).rows[0]?.slice(0, 3)).toEqual((await ask('last 2 trades i closed')).rows[1]?.slice(0, 3));
    expect((await after(['top 2 winning trades'], 'and the bottom 2')).rows.flat()).toEqual(expect.arrayContaining([Math.min(...closed.map(({ pnl }) => pnl))]));
    expect((await world.bench.refusal('sql', { question: 'and the one before?' })).code).toBe('QUESTION_NOT_UNDERSTOOD');
  });
  it('tell a position as a part of its account, its distance from the stop, and what was cancelled last', async () => {
    expect((await ask('biggest holding as a percentage of equity')).columns.map(({ name }) => name)).toContain('percent_of_equity');
    expect((await ask('distance to stop of each position')).rows).toHaveLength(bookedTrades.filter(({ exit }) => !exit).length);
    expect((await ask('which order was cancelled most recently')).sql).toContain('ORDER BY updated_at DESC');
    expect((await ask('how many trades won and how many lost')).rows).toEqual([[closedNets().filter((net) => net > 0).length, closedNets().filter((net) => net < 0).length]]);
    expect((await ask('how many trades did i close and what did they make')).rows).toEqual([[closedNets().length, closedNets().reduce((sum, net) => sum + net, 0)]]);
    expect((await ask('how many stocks am i holding and what is it worth')).columns.map(({ name }) => name)).toEqual(['count', 'value']);
    expect((await ask('exposure as a percent of equity')).columns.map(({ name }) => name)).toEqual(['percent_of_equity']);
    expect((await ask('which of my positions has been held longest')).rows[0]?.[1]).toBe(bookedTrades.filter(({ exit }) => !exit).toSorted((a, b) => (a.entry.d < b.entry.d ? -1 : 1))[0]?.symbol);
    expect((await ask('how many cards in all, and how many were rejected')).columns.map(({ name }) => name)).toEqual(['status', 'count']);
    expect((await world.bench.refusal('sql', { question: 'how many trades and how many fills' })).code).toBe('QUESTION_NOT_UNDERSTOOD');
    expect((await ask('profit per trade by sector')).columns.map(({ name }) => name)).toEqual(['sector', 'average_pnl']);
    expect((await ask('any of my stops within 3 percent')).sql).toContain('(mark - stop_loss) / mark, 2) < 3');
    expect((await ask('longest held one')).rows).toHaveLength(1);
    const bought = bookedTrades.filter(({ symbol }) => symbol === 'DELTAFIN');
    expect((await ask('how long did i hold DELTAFIN')).rows.map((row) => row[4])).toEqual(bought.map((trade) => (Date.parse(`${trade.exit?.d}T14:00`) - Date.parse(`${trade.entry.d}T10:00`)) / 86_400_000).map((days) => Math.round(days * 10) / 10));
    expect(await figure('charges as a percentage of turnover')).toBeCloseTo((100 * Number(await figure('total fees'))) / Number(await figure('turnover')), 3);
    expect((await ask('how many cards did i reject and why')).columns.map(({ name }) => name)).toContain('rejection_reason');
  });
  it('tell what a strategy made over some time by closed trades, and results by weekday', async () => {
    expect((await ask('pnl by strategy in 2024')).sql).toContain('desk.trades');
    expect((await ask('pnl by weekday')).sql).toContain("to_char(d, 'Day')");
    expect((await ask('how many trades did i close in august 2024')).rows).toEqual((await ask('how many closed trades in august 2024')).rows);
    expect((await ask('biggest single day loss')).sql).toMatch(/GROUP BY 1 ORDER BY 2 ASC/);
  });
  it('count the days that were won or lost, tell one weekday, and how many closed trades ended at the stop', async () => {
    const days = (await ask('pnl by day in august 2024')).rows as [string, number][];
    expect(await figure('how many winning days in august 2024')).toBe(days.filter(([, pnl]) => pnl > 0).length);
    expect(await figure('how many days was i in the red in august 2024')).toBe(days.filter(([, pnl]) => pnl < 0).length);
    const tuesday = ((await ask('pnl by weekday')).rows as [string, number][]).find(([name]) => name === 'Tuesday');
    expect(await figure('pnl on tuesdays')).toBe(tuesday?.[1]);
    expect(await figure('what % of trades hit the stop')).toBe(0);
    expect((await ask('how many stop losses got hit in 2024')).sql).toContain("updated_at::date BETWEEN '2024-01-01' AND '2024-12-31'");
    expect((await ask('which trade was held the longest')).sql).toContain('ORDER BY holding_days DESC NULLS LAST LIMIT 1');
    expect((await ask('% of trades closed at target')).rows).toEqual((await ask('what percentage of trades hit the target')).rows);
    expect((await ask('shortest held trade')).sql).toContain('ORDER BY holding_days ASC NULLS LAST LIMIT 1');
    expect((await ask('cards i turned down in august 2024 and why')).rows).toEqual((await ask('rejected cards in august 2024')).rows);
    expect((await ask('orders sent in august 2024')).rows).toEqual((await ask('orders in august 2024')).rows);
    expect(await figure('momentum strategy pnl')).toBe(await figure('momentum pnl'));
  });
  it('show the reason beside cards that a person turned down or the gates blocked', async () => {
    expect((await ask('which ideas did i reject last month and why')).columns.map(({ name }) => name)).toContain('rejection_reason');
    expect((await ask('rejected cards with reason')).rows).toHaveLength(1);
    expect((await ask('list blocked cards with reason')).columns.map(({ name }) => name)).toContain('rejection_reason');
    for (const question of ['can i still lose more today', 'positions opened on tuesdays by moon', 'winning days in RELIANCE']) expect((await world.bench.refusal('sql', { question })).code).toBe('QUESTION_NOT_UNDERSTOOD');
  });
  it('agree with sums over the book that were made without a database', async () => {
    const closed = bookedTrades.flatMap((trade) => (trade.exit ? [{ ...trade, exit: trade.exit, pnl: (trade.exit.price - trade.entry.price) * trade.qty - trade.entry.fee - trade.exit.fee }] : []));
    expect(await figure('total fees')).toBe(bookedTrades.reduce((sum, trade) => sum + trade.entry.fee + (trade.exit?.fee ?? 0), 0));
    expect(await figure('how many trades')).toBe(closed.length);
    expect(await figure('total pnl of trades')).toBe(closed.reduce((sum, { pnl }) => sum + pnl, 0));
    expect(await figure('average pnl of trades')).toBeCloseTo(closed.reduce((sum, { pnl }) => sum + pnl, 0) / closed.length, 2);
    expect(await figure('win rate')).toBe((100 * closed.filter(({ pnl }) => pnl > 0).length) / closed.length);
    expect(await figure('turnover in August')).toBe(bookedTrades.reduce((sum, { qty, entry, exit }) => sum + (entry.d >= '2024-08-01' ? qty * entry.price : 0) + (exit && exit.d >= '2024-08-01' ? qty * exit.price : 0), 0));
    for (const account of ['SIP', 'LumpSum', 'Tactical']) expect(await figure(`how many trades in ${account}`)).toBe(closed.filter((trade) => trade.account === account).length);
    expect(await figure('cash in LumpSum')).toBe(10_00_000 + bookedTrades.filter(({ account }) => account === 'LumpSum').reduce((sum, { qty, entry, exit }) => sum - qty * entry.price - entry.fee + (exit ? qty * exit.price - exit.fee : 0), 0));
  });
  it('show an earlier day as it was then', async () => {
    const then = await world.bench.call<Answer>('sql', { question: 'open positions by symbol', asOf: '2024-08-20' });
    expect(then.rows.map(([symbol]) => symbol).toSorted()).toEqual(['ALFATECH', 'GAMAPAINT']);
    const both = await world.bench.call<Answer>('sql', { sql: "select account, qty, avg_price from positions where closed_at is null and symbol = 'GAMAPAINT' order by account", asOf: '2024-08-20' });
    expect(both.rows).toEqual([['LumpSum', 30, 1100], ['Tactical', 15, 1090]]);
    expect((await world.bench.call<Answer>('sql', { question: 'how many trades', asOf: '2024-08-20' })).rows).toEqual([[2]]);
    expect((await world.bench.call<Answer>('sql', { question: 'cash in Tactical', asOf: '2024-08-20' })).rows).toEqual([[3_00_000 - 15 * 1090 - 18]]);
  });
  it.each(['what is the weather', 'who won the match', 'delete all orders', 'buy 10 DELTAFIN', 'how many unicorns do I have', 'pnl by unicorn', 'positions where qty > 5; drop table x', 'trades by moon phase', 'fees as of last week', "positions in 'x' or 1=1"])('are not answered where a word is not understood: %s', async (question) => {
    expect((await world.bench.refusal('sql', { question })).code).toBe('QUESTION_NOT_UNDERSTOOD');
  });
  it('take a question or a statement, never both or none', async () => {
    expect((await world.bench.refusal('sql', {})).code).toBe('INVALID_INPUT');
    expect((await world.bench.refusal('sql', { question: 'trades', sql: 'select 1' })).code).toBe('INVALID_INPUT');
  });
});
