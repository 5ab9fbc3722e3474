import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractCase, contractCases } from '../../agents/qa/contract-cases.ts';
import type { ToolResult } from '../../tools/define.ts';
import { tools } from '../../tools/registry.ts';
import { runTool } from '../../tools/run.ts';
import { canary, openSqlWorld, type SqlWorld } from './sql/world.ts';

/** Every tool of the registry by its own definition: a new one is covered by itself. One desk for all of them. */
let desk: SqlWorld;
let names: Parameters<typeof contractCases>[1];
beforeAll(async () => {
  desk = await openSqlWorld();
  names = { symbol: desk.held[0] ?? '', account: 'LumpSum', date: desk.market.today(), time: desk.market.now(), card: 1, uuid: '01890000-0000-7000-8000-000000000000' };
});
afterAll(() => desk.close());

async function resultOf(each: ContractCase, as = {}): Promise<ToolResult | { ok: false; error: { code: string; message: string } }> {
  const tool = tools.get(each.tool);
  if (!tool) throw new Error(`no tool ${each.tool}`);
  try {
    // What is chosen by an agent is never its own confirmation, so nothing here changes the desk under the other cases.
    return await runTool({ tool, services: desk.services, caller: { ...(await desk.owned()), agent: 'QA', role: each.role, ...as }, input: each.input });
  } catch (error) { return { ok: false, error: { code: 'THREW', message: String(error) } }; }
}

describe.each([...tools.keys()])('%s', (name) => {
  it('answers what is valid, holds its bounds, refuses what is not, and whom it may not serve', { timeout: 60_000 }, async () => {
    const tool = tools.get(name);
    if (!tool) throw new Error(`no tool ${name}`);
    const cases = contractCases([tool], names);
    expect(new Set(cases.map(({ kind }) => kind)).has('valid')).toBe(true);
    const wrong: string[] = [];
    for (const each of cases) {
      const result = await resultOf(each);
      const code = result.ok ? 'ANSWERED' : result.error.code;
      const good = each.code === 'NOT_BROKEN' ? code !== 'THREW' : each.code === 'ANSWERED' ? !['INVALID_INPUT', 'NOT_ALLOWED', 'THREW'].includes(code) : code === each.code;
      if (!good) wrong.push(`${each.title}: ${code} ${result.ok ? '' : result.error.message}`.slice(0, 300));
      // Who administers the desk sees every account's name, and nothing of its book.
      if (result.ok && tool.permission !== 'admin' && JSON.stringify(result.output).includes(canary)) wrong.push(`${each.title}: shows a stranger’s account`);
    }
    expect(wrong).toEqual([]);
  });
  it('shows a person without accounts nobody else’s', { timeout: 60_000 }, async () => {
    const tool = tools.get(name);
    const [smallest] = tool ? contractCases([tool], names) : [];
    if (!smallest || tool?.effect !== 'read') return;
    const result = await resultOf({ ...smallest, role: 'viewer' }, { personId: desk.strangerId, viewableAccountIds: [] });
    const shown = result.ok ? JSON.stringify(result.output) : '';
    for (const accountId of (await desk.owned()).viewableAccountIds) expect(shown).not.toContain(accountId);
    expect(shown).not.toContain(canary);
    expect(result.ok ? '' : result.error.code).not.toBe('THREW');
  });
});
