import { z } from 'zod';
import { type TradingState, tradingStates } from '../db/stores/accounts.ts';
import { dateIn } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { accountsInScope } from './book/scope.ts';
import { defineTool } from './define.ts';

const State = z.enum(['ACTIVE', 'REDUCING', 'HALTED']);
const Line = z.object({ scope: z.string(), state: State, means: z.string(), reason: z.string().nullable(), since: z.string().nullable().describe('wall clock'), sinceText: z.string().nullable() });
const means = { ACTIVE: 'entries allowed', REDUCING: 'no new entries', HALTED: 'halted: no new entries, open entries cancelled' } as const;

/** Trading states: ACTIVE takes entries; REDUCING and HALTED refuse whatever adds exposure; exits always work. Errors: `NO_SUCH_ACCOUNT`. */
export const switches = defineTool({
  name: 'switches', purpose: 'Whether trading is paused or halted, desk-wide and in each account, since when and why', effect: 'read', permission: 'desk:read',
  input: z.object({ account: z.string().optional() }),
  output: z.object({ asOf: z.string(), currency: z.enum(['INR', 'USD']), desk: Line, lines: z.array(Line), restricted: z.array(Line), wallTime: z.string() }),
  run: async (context, input) => {
    const { database, market, wallNow } = context.services;
    const accounts = await accountsInScope(context, input.account);
    const states = await tradingStates(database.orm);
    const today = dateIn(wallNow(), market.zone);
    const line = (scope: string, row: TradingState | undefined): z.infer<typeof Line> => ({
      scope, state: row?.state ?? 'ACTIVE', means: means[row?.state ?? 'ACTIVE'], reason: row?.reason ?? null, since: row?.since ?? null,
      sinceText: row ? localTime(row.since, { today, zone: market.zone }) : null,
    });
    const desk = line('the whole desk', states.find((row) => row.scope === 'desk'));
    const lines = [desk, ...accounts.map((account) => line(account.name, states.find((row) => row.accountId === account.id)))];
    return { asOf: market.now(), currency: 'INR' as const, desk, lines, restricted: lines.filter((each) => each.state !== 'ACTIVE'), wallTime: wallNow() };
  },
});
