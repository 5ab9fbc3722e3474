import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToolCaller } from '../../tools/define.ts';
import { runTool } from '../../tools/run.ts';
import { tools } from '../../tools/registry.ts';
import { type FaultDesk, openFaultDesk } from '../faults/trading.ts';

let desk: FaultDesk;
let symbol = '';
beforeAll(async () => {
  desk = await openFaultDesk({ environment: { QUOTE_MAX_AGE_SECONDS: '86400' } });
  await desk.advance(20);
  symbol = desk.equities[0] ?? '';
  const bought = await desk.entry(symbol, 6);
  await desk.press(bought.confirmation?.id ?? '');
  await desk.advance(2);
  const [position] = await desk.ask<{ id: string; account_id: string }>('select id, account_id from core.positions');
  const sold = await desk.propose({ kind: 'reduce', accountId: position?.account_id ?? '', positionId: position?.id ?? '', symbol, exchange: 'NSE', quantity: 4, orderType: 'MARKET' });
  await desk.press(sold.confirmation?.id ?? '');
  await desk.advance(2);
});
afterAll(async () => { await desk.close(); });

const exported = async (input: Record<string, unknown>, viewable?: string[]): Promise<{ ok: boolean; output?: { csv: string; rows: number }; error?: { code: string } }> => {
  const caller: ToolCaller = { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: viewable ?? (await desk.ask<{ id: string }>('select id from core.accounts')).map(({ id }) => id) };
  const tool = tools.get('trade_export');
  if (!tool) throw new Error('no trade_export');
  return (await runTool({ tool, services: desk.services, caller, input })) as Awaited<ReturnType<typeof exported>>;
};
const lines = (csv = ''): string[][] => csv.trimEnd().split('\r\n').map((line) => line.split(','));

describe('trades as CSV', () => {
  it('hold every fill, to the paisa', async () => {
    const { output } = await exported({ what: 'tradebook' });
    const [header, ...rows] = lines(output?.csv);
    const fills = await desk.ask<{ n: number; charges: number }>('select count(*)::int as n, sum(charges_minor)::float8 as charges from core.fills');
    expect(rows).toHaveLength(fills[0]?.n ?? -1);
    const charges = header?.indexOf('charges') ?? -1;
    expect(Math.round(rows.reduce((sum, row) => sum + Number(row[charges]), 0) * 100)).toBe(fills[0]?.charges);
  });

  it('count what was sold against what was bought first, and what is left', async () => {
    const { output } = await exported({ what: 'tax_lots', account: 'LumpSum' });
    const rows = lines(output?.csv).slice(1);
    expect(rows.filter((row) => row[2] === 'CLOSED').reduce((sum, row) => sum + Number(row[4]), 0)).toBe(4);
    expect(rows.filter((row) => row[2] === 'OPEN').reduce((sum, row) => sum + Number(row[4]), 0)).toBe(2);
    expect(rows.every((row) => row[1] === symbol)).toBe(true);
  });

  it('are only those of accounts that the asker may see', async () => {
    expect(await exported({ what: 'tradebook', account: 'LumpSum' }, [await desk.account('SIP')])).toMatchObject({ ok: false, error: { code: 'NO_SUCH_ACCOUNT' } });
    expect((await exported({ what: 'tradebook' }, [await desk.account('SIP')])).output?.rows).toBe(0);
  });
});
