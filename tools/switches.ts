import { z } from 'zod';
import { type TradingState, tradingStates } from '../db/stores/accounts.ts';
import { killSwitches, type StoredSwitch } from '../db/stores/controls.ts';
import { tradingHolds } from '../db/stores/trading-holds.ts';
import { formatCount, formatMoney, formatPercent } from '../desk/format.ts';
import { dateIn } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { accountsInScope } from './book/scope.ts';
import { defineTool } from './define.ts';

const State = z.enum(['ACTIVE', 'REDUCING', 'HALTED']);
const Line = z.object({ scope: z.string(), state: State, means: z.string(), reason: z.string().nullable(), since: z.string().nullable().describe('wall clock'), sinceText: z.string().nullable() });
const Hold = z.object({ scope: z.string(), cause: z.string(), state: State, reason: z.string(), measured: z.number().nullable(), threshold: z.number().nullable(), sinceText: z.string(), resetsText: z.string().nullable() });
const Rule = z.object({ scope: z.string(), switchType: z.string(), name: z.string(), threshold: z.string(), does: z.string(), shown: z.enum(['armed', 'off', 'tripped']) });
const doing = { pauseNewEntries: 'pauses entries', cancelOpenEntries: 'cancels entries', closeAll: 'proposes to close all' } as const;
const means = { ACTIVE: 'entries allowed', REDUCING: 'no new entries', HALTED: 'halted: no new entries, open entries cancelled' } as const;

/** Trading states: ACTIVE takes entries; REDUCING and HALTED refuse whatever adds exposure; exits always work. Errors: `NO_SUCH_ACCOUNT`. */
export const switches = defineTool({
  name: 'switches', purpose: 'Whether trading is paused or halted, desk-wide and in each account, since when and why', effect: 'read', permission: 'desk:read',
  input: z.object({ account: z.string().optional() }),
  output: z.object({ asOf: z.string(), currency: z.enum(['INR', 'USD']), desk: Line, lines: z.array(Line), restricted: z.array(Line), holds: z.array(Hold).describe('each cause of a restriction'), rules: z.array(Rule).describe('what trips by itself'), wallTime: z.string() }),
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
    const names = new Map<string | null, string>([[null, 'the whole desk'], ...accounts.map(({ id, name }): [string, string] => [id, name])]);
    const holds = (await tradingHolds(database.orm)).filter(({ accountId }) => names.has(accountId));
    const at = { today, zone: market.zone };
    const threshold = (rule: StoredSwitch): string => (rule.thresholdType === 'PERCENTAGE' ? formatPercent(rule.threshold) : rule.switchType === 'MAX_DAILY_LOSS' || rule.switchType === 'MAX_DRAWDOWN' ? formatMoney(rule.threshold, 'INR') : formatCount(rule.threshold));
    const rules = (await killSwitches(database.orm)).filter(({ accountId }) => names.has(accountId)).map((rule): z.infer<typeof Rule> => ({
      scope: names.get(rule.accountId) ?? '', switchType: rule.switchType, name: rule.switchType.toLowerCase().replaceAll('_', ' '), threshold: threshold(rule),
      does: `${rule.onTrigger.length === 0 ? 'tells' : rule.onTrigger.map((each) => doing[each]).join(', ')}${rule.autoResetMinutes === null ? '' : `; open again ${rule.autoResetMinutes} min after it is over`}`,
      shown: holds.some((hold) => hold.accountId === rule.accountId && hold.cause === rule.switchType) ? 'tripped' : rule.active ? 'armed' : 'off',
    }));
    return {
      asOf: market.now(), currency: 'INR' as const, desk, lines, restricted: lines.filter((each) => each.state !== 'ACTIVE'), wallTime: wallNow(), rules,
      holds: holds.map(({ accountId, cause, state, reason, measured, threshold: limit, since, resetsAt }) => ({ scope: names.get(accountId) ?? '', cause, state, reason, measured, threshold: limit, sinceText: localTime(since, at), resetsText: resetsAt === null ? null : localTime(resetsAt, at) })),
    };
  },
});
