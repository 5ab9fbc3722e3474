import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { rightsOf } from '../../db/stores/people.ts';
import { type Instant, plusDays, dateIn, instant } from '../../desk/time.ts';
import type { Tool, ToolCaller, ToolResult } from '../../tools/define.ts';
import { tools } from '../../tools/registry.ts';
import { runTool } from '../../tools/run.ts';
import type { MarketView } from '../../tools/services.ts';
import { canarySymbol, plantCanaries, sings } from '../helpers/canaries.ts';
import { openTestDesk, type TestDesk } from '../helpers/desk.ts';

interface Schema { type?: string; enum?: unknown[]; properties?: Record<string, Schema>; required?: string[]; items?: Schema; anyOf?: Schema[]; minimum?: number; exclusiveMinimum?: number; default?: unknown; format?: string }
const reads = [...tools.values()].filter((tool) => tool.effect === 'read');

let desk: TestDesk;
let caller: ToolCaller;
let share: string;
/** When the canaries become known: some days after the desk's now. */
let sung: Instant;
beforeAll(async () => {
  desk = await openTestDesk();
  const { database, market } = desk;
  share = [...market.symbols().values()].find((record) => record.kind === 'EQUITY')?.symbol ?? '';
  sung = instant(`${plusDays(market.today(), 4)}T06:00:00.000Z`);
  await plantCanaries(database, { knownAt: sung, shares: [share] });
  await market.refresh();
  caller = { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(database.orm, desk.owner.id)).map((row) => row.accountId) };
}, 240_000);
afterAll(async () => { await desk.close(); });

/** Values for a field by its name and schema, the ones that would find a canary first. */
function valuesOf(name: string, schema: Schema): unknown[] {
  if (schema.enum) return schema.enum;
  if (schema.anyOf) return schema.anyOf.flatMap((each) => valuesOf(name, each)).slice(0, 4);
  if (schema.type === 'array') return [schema.items ? valuesOf(name.replace(/s$/, ''), schema.items).slice(0, 2) : []];
  if (schema.type === 'object') return [inputsOf(schema)[0] ?? {}];
  if (schema.type === 'boolean') return [true, false];
  if (schema.type === 'number' || schema.type === 'integer') return [schema.default ?? Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1)];
  if (name === 'from') return [dateIn(sung, 'Asia/Kolkata')];
  if (name === 'to' || name === 'date') return [dateIn(sung, 'Asia/Kolkata'), plusDays(dateIn(sung, 'Asia/Kolkata'), 2)];
  if (/symbol|underlying|instrument/.test(name)) return [canarySymbol, share];
  if (/name|query|question|text|search|what/.test(name)) return ['zcanary', 'buyback', ''];
  if (name === 'sql') return ['select * from desk.events', 'select * from desk.prices_daily', 'select * from desk.instruments'];
  if (name === 'account') return ['Tactical'];
  if (schema.format === 'uuid' || /Id$/.test(name)) return ['00000000-0000-7000-8000-000000000000'];
  return ['zcanary'];
}
/** Inputs that together use every field: the fewest fields, all of them, and each field alone with each of its values. */
function inputsOf(schema: Schema): Record<string, unknown>[] {
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'asOf');
  const needed = fields.filter(([name]) => schema.required?.includes(name)).map(([name, each]): [string, unknown[]] => [name, valuesOf(name, each)]);
  const least = Object.fromEntries(needed.map(([name, [first]]) => [name, first]));
  const all = Object.fromEntries(fields.map(([name, each]) => [name, valuesOf(name, each)[0]]));
  const alone = fields.flatMap(([name, each]) => valuesOf(name, each).map((value) => ({ ...least, [name]: value })));
  const spans = 'from' in all && 'to' in all ? [{ ...least, from: plusDays(dateIn(sung, 'Asia/Kolkata'), -9), to: plusDays(dateIn(sung, 'Asia/Kolkata'), 2) }] : [];
  return [...new Map([least, all, ...alone, ...spans].map((input) => [JSON.stringify(input), input])).values()];
}
const questionsFor = (tool: Tool): Record<string, unknown>[] => inputsOf(z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }) as Schema);
const takesAsOf = (tool: Tool): boolean => 'asOf' in ((z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }) as Schema).properties ?? {});

const ask = (tool: Tool, input: unknown, market?: MarketView, as: Partial<ToolCaller> = {}): Promise<ToolResult> => runTool({ tool, services: { ...desk.services, ...(market ? { market } : {}) }, caller: { ...caller, ...as }, input });
const at = (moment: Instant): MarketView => ({ ...desk.market, kind: desk.market.kind, now: () => moment, today: () => dateIn(moment, 'Asia/Kolkata'), quote: () => null });

describe('a fact that is not known yet', () => {
  it.each(reads.map((tool) => [tool.name, tool] as const))('is in no answer of %s', async (_name, tool) => {
    for (const input of questionsFor(tool)) {
      expect(sings(await ask(tool, input)), JSON.stringify(input)).toBe(false);
      if (takesAsOf(tool)) expect(sings(await ask(tool, { ...input, asOf: '2099-12-31' })), JSON.stringify(input)).toBe(false);
    }
  });
  it('is in no answer of a turn that looks from an earlier time, though the desk knows it by now', async () => {
    const later = at(instant(Date.parse(sung) + 3_600_000));
    const turn = { asOf: instant(Date.parse(sung) - 1) };
    for (const tool of reads.filter(takesAsOf)) for (const input of questionsFor(tool)) expect(sings(await ask(tool, input, later, turn)), `${tool.name} ${JSON.stringify(input)}`).toBe(false);
  });
  it('is found by the same questions once it is known, so that their silence says something', async () => {
    const later = at(instant(Date.parse(sung) + 3_600_000));
    const singing = new Set<string>();
    // A canary's row holds what no source would say; a tool that stumbles over it has seen it, too.
    for (const tool of reads.filter(takesAsOf)) for (const input of questionsFor(tool)) if (!singing.has(tool.name) && sings(await ask(tool, input, later).catch(() => null))) singing.add(tool.name);
    expect([...singing]).toEqual(expect.arrayContaining(['symbol_lookup', 'broker_quote', 'market_bars', 'event_rag', 'calendar', 'policy', 'event_window']));
  });
  it('asks every tool something that it can answer, or that it refuses for want of a record', async () => {
    const unanswered: string[] = [];
    for (const tool of reads) {
      const answers = await Promise.all(questionsFor(tool).map((input) => ask(tool, input)));
      if (!answers.some((answer) => answer.ok || answer.error.code !== 'INVALID_INPUT')) unanswered.push(tool.name);
    }
    expect(unanswered).toEqual([]);
  });
});
