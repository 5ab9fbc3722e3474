import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { z } from 'zod';
import { listAccounts } from '../../db/stores/accounts.ts';
import { addPerson, rightsOf, setRights } from '../../db/stores/people.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { Tool, ToolCaller, ToolResult } from '../../tools/define.ts';
import { orders } from '../../tools/orders.ts';
import { fills } from '../../tools/fills.ts';
import { runTool } from '../../tools/run.ts';
import type { ToolServices } from '../../tools/services.ts';
import { openTestDesk, type TestDesk } from '../helpers/desk.ts';

export interface BookDesk extends TestDesk {
  /** Calls a tool as the owner, or as somebody else, and gives its output; throws what it refuses with. */
  ask<I extends z.ZodType, O extends z.ZodType>(tool: Tool<I, O>, input: z.input<I>, as?: Partial<ToolCaller>, services?: ToolServices): Promise<z.output<O>>;
  /** The code it refuses with. */
  refusal<I extends z.ZodType, O extends z.ZodType>(tool: Tool<I, O>, input: unknown, as?: Partial<ToolCaller>): Promise<string>;
  owned(): Promise<ToolCaller>;
  accountId(name: string): Promise<string>;
  /** Buys at a limit well through the market and lets all of it fill. */
  buy(order: { symbol: string; quantity: number; account: string }): Promise<void>;
  /** Somebody who may see the named accounts and do nothing. */
  viewer(name: string, accounts: readonly string[]): Promise<ToolCaller>;
  shares: string[];
}

/** A desk in the first session of its simulated market, with tools to call on it. */
export async function openBookDesk(): Promise<BookDesk> {
  const desk = await openTestDesk();
  await desk.advance(20);
  const owned = async (): Promise<ToolCaller> => ({ personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(desk.database.orm, desk.owner.id)).map((row) => row.accountId) });
  const call = async <I extends z.ZodType, O extends z.ZodType>(tool: Tool<I, O>, input: unknown, as: Partial<ToolCaller>, services: ToolServices): Promise<ToolResult> =>
    runTool({ tool: tool as unknown as Tool, services, caller: { ...(await owned()), ...as }, input });
  const accountId = async (name: string): Promise<string> => (await listAccounts(desk.database.orm)).find((account) => account.name === name)!.id;
  const ask: BookDesk['ask'] = async (tool, input, as = {}, services = desk.services) => {
    const result = await call(tool, input, as, services);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
    return result.output as Awaited<ReturnType<BookDesk['ask']>> as never;
  };
  return {
    ...desk, accountId, ask, owned, shares: [...desk.market.symbols().values()].filter((record) => record.kind === 'EQUITY').map((record) => record.symbol),
    async refusal(tool, input, as = {}) {
      const result = await call(tool, input, as, desk.services);
      return result.ok ? 'no refusal' : result.error.code;
    },
    async buy({ symbol, quantity, account }) {
      const quote = desk.market.quote(symbol)!;
      const tick = (price: number): string => (Math.round(price * 20) / 20).toFixed(2);
      const events = await desk.say(`buy ${quantity} ${symbol} at ${tick(quote.ask * 1.03)} stop ${tick(quote.last * 0.96)} target ${tick(quote.last * 1.08)} in ${account}`);
      const question = events.find((event) => event.type === 'confirm');
      if (question?.type !== 'confirm') throw new Error(`no question for ${symbol}: ${JSON.stringify(events).slice(0, 400)}`);
      await desk.press(question.id);
      for (let minute = 0; minute < 40; minute += 1) {
        await desk.advance(1);
        const found = await ask(fills, { symbol, account });
        if (found.fills.filter((fill) => fill.side === 'BUY').reduce((sum, fill) => sum + fill.quantity, 0) >= quantity) return;
      }
      throw new Error(`${quantity} ${symbol} did not fill: ${JSON.stringify((await ask(orders, { symbol })).orders)} at ${desk.market.now()}, quote ${JSON.stringify(desk.market.quote(symbol))}, ${desk.logged.join(' ')}`);
    },
    async viewer(name, accounts) {
      const personId = uuidv7(Date.now());
      const ids = await Promise.all(accounts.map(accountId));
      // People and their rights come by a confirmed action; a test's own set-up writes them with the owner's rights, as the first start does.
      await desk.database.asOwner((client) => drizzle({ client: client as pg.Client }).transaction(async (tx) => {
        await addPerson(tx, { id: personId, name, role: 'viewer' });
        for (const id of ids) await setRights(tx, personId, { accountId: id, canView: true, canPropose: false, canConfirm: false });
      }));
      return { personId, role: 'viewer', channel: 'test', viewableAccountIds: ids };
    },
  };
}
