import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { research, ResearchFindings, keepFindings } from '../../agents/research.ts';
import type { TurnTools } from '../../agents/define.ts';
import type { Database } from '../../db/client.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { tools } from '../../tools/registry.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, openToolBench, type ToolBench, writeMadeMarket } from '../tools/made-market.ts';

let database: Database;
let bench: ToolBench;
const turn: TurnTools = { async call<O>(name: string, input: unknown) { return { ok: true, call: 'c1', output: await bench.call<O>(name, input) }; } };
beforeAll(async () => { database = await openTestDatabase(); await writeMadeMarket(database); bench = await openToolBench(database, { at: clock('2024-08-26', '11:00') }); });
afterAll(async () => { await database.close(); });

describe('research', () => {
  it('has neither a tool that proposes nor one that reads an account', () => {
    for (const name of research.tools) expect(tools.get(name)).toMatchObject({ effect: 'read', permission: 'market:read' });
    expect(research.readsOutsideText).toBe(true);
  });
  it('quotes what its sources say, each line with its source', async () => {
    const found = ResearchFindings.parse(await research.twin({ query: 'Gamapaint' }, turn));
    expect(found.summary).toEqual(['Gamapaint Ltd wins order worth Rs 500 crore from Meridian Rail [1]', 'Gamapaint Ltd announces buyback of shares [2]']);
    expect(found.keyPoints).toEqual(['The board of Gamapaint Ltd approved a buyback of shares worth Rs 900 crore at Rs 1,400 a share. [2]']);
    expect(found.sources).toHaveLength(2);
  });
  it('puts what could go wrong under risks', async () => {
    expect((await research.twin({ query: 'Deltafin', symbols: ['DELTAFIN'] }, turn)).risks[0]).toBe('Deltafin Bank Ltd: penalty of Rs 2 crore imposed by the regulator [1]');
  });
  it('reports wording addressed to software and repeats none of it', async () => {
    const found = await research.twin({ query: 'Zetalabs', symbols: ['ZETALABS'] }, turn);
    expect(found).toMatchObject({ summary: [], keyPoints: [], risks: ['Filing by nse-announcements, 20 August 14:05, with wording addressed to software; nothing in it was acted on [1]'] });
  });
  it('finds nothing where nothing is known', async () => expect(await research.twin({ query: 'Zorbix' }, turn)).toEqual({ summary: [], keyPoints: [], risks: [], sources: [] }));
  it('keeps its findings as analyses of the events they rest on', async () => {
    const findings = ResearchFindings.parse(await research.twin({ query: 'Gamapaint' }, turn));
    expect(await keepFindings(database.orm, { findings, symbol: 'GAMAPAINT', modelVersion: 'twin-1', at: clock('2024-08-26', '11:00'), newId: () => uuidv7(Date.now()) })).toBe(2);
    const stored = await database.pool.query('select event_id, agent, key_points from core.event_analyses order by event_id');
    expect(new Set(stored.rows.map((row: { event_id: string }) => row.event_id))).toEqual(new Set(findings.sources));
    expect(stored.rows.flatMap((row: { key_points: string[] }) => row.key_points)).toEqual(['The board of Gamapaint Ltd approved a buyback of shares worth Rs 900 crore at Rs 1,400 a share.']);
  });
});
