import { z } from 'zod';
import { listActions, type StoredAction, transitionsOf } from '../db/stores/actions.ts';
import { confirmationsOf } from '../db/stores/confirmations.ts';
import { personById } from '../db/stores/people.ts';
import { dateIn, type Instant } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { momentOf } from './book/moment.ts';
import { bounds, PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, openedOn } from './book/scope.ts';
import { defineTool } from './define.ts';
import { maySee } from './story/find-trade.ts';

type Kind = StoredAction['action']['kind'];
const kinds: Readonly<Record<'TRADING' | 'MANDATE' | 'LIMITS', ReadonlySet<Kind>>> = {
  TRADING: new Set<Kind>(['pause', 'resume', 'kill_switch_trip', 'kill_switch_reset', 'close_all']), MANDATE: new Set<Kind>(['mandate_change']), LIMITS: new Set<Kind>(['limit_change', 'kill_switch_set']),
};
/** Actions looked back over. */
const actionsBack = 20_000;
const Line = z.object({
  account: z.string().describe('or the whole desk'), change: z.enum(['STOPPED', 'RESUMED', 'CHANGED']), what: z.string(), reason: z.string().nullable(), by: z.string().describe('“you”, a name, or the desk’s rule'), confirmedBy: z.string().nullable(),
  actionId: z.string(), at: z.string().describe('market clock'), when: z.string(), wallWhen: z.string().describe('wall clock'),
});

/** When entries were stopped and let in again, or a mandate or limit was changed, by whom and why, newest first; what was carried out alone. Errors: `NO_SUCH_ACCOUNT`, `PERIOD_INVALID`, `PERIOD_AHEAD`. */
export const controlHistory = defineTool({
  name: 'control_history', purpose: 'When trading was paused, halted or resumed, and when a mandate or a limit was changed, by whom and why', effect: 'read', permission: 'account:read',
  input: z.object({ of: z.enum(['TRADING', 'MANDATE', 'LIMITS']), account: z.string().optional(), change: z.enum(['STOPPED', 'RESUMED']).optional(), period: PeriodInput, limit: z.int().min(1).max(200).default(50) }),
  output: z.object({ asOf: z.string(), accounts: z.array(z.string()), period: z.object({ from: z.string(), to: z.string(), label: z.string() }), lines: z.array(Line), count: z.int() }),
  run: async (context, input) => {
    const { services: { database: { orm }, market, wallNow }, caller } = context;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context);
    const span = spanOf(input.period, { moment, since: openedOn(accounts, { zone: market.zone, otherwise: moment.date }) });
    const within = bounds(span, { moment, zone: market.zone });
    const found = (await listActions(orm, { accountIds: accounts.map(({ id }) => id), states: ['done'], limit: actionsBack })).filter((stored) => kinds[input.of].has(stored.action.kind) && !(stored.action.kind === 'close_all' && !stored.action.haltEntries) && maySee(context, stored) && stored.marketTime >= within.from && stored.marketTime <= within.to && (input.change === undefined || changeOf(stored) === input.change));
    const asked = new Map((await confirmationsOf(orm, found.map(({ id }) => id))).map((each) => [each.actionId, each]));
    const nameOf = async (personId: string): Promise<string> => (personId === caller.personId ? 'you' : ((await personById(orm, personId))?.name ?? 'a person'));
    const lines = await Promise.all(found.slice(0, input.limit).map(async (stored): Promise<z.infer<typeof Line>> => {
      const confirmed = asked.get(stored.id);
      const done = (await transitionsOf(orm, stored.id)).at(-1)?.at ?? stored.createdAt;
      return {
        account: accounts.find(({ id }) => id === stored.accountId)?.name ?? 'the whole desk', change: changeOf(stored), what: whatOf(stored), reason: 'reason' in stored.action ? (stored.action.reason ?? null) : null,
        by: stored.proposer.kind === 'person' ? await nameOf(stored.proposer.personId) : stored.proposer.kind === 'agent' ? stored.proposer.agent : `the desk (${stored.proposer.rule.replaceAll('_', ' ')})`, confirmedBy: confirmed?.status === 'confirmed' && confirmed.decidedBy ? await nameOf(confirmed.decidedBy) : null,
        actionId: stored.id, at: stored.marketTime, when: localTime(stored.marketTime, { today: moment.date, zone: market.zone }), wallWhen: localTime(done as Instant, { today: dateIn(wallNow(), market.zone), zone: market.zone }),
      };
    }));
    return { asOf: moment.asOf, accounts: accounts.map(({ name }) => name), period: span, lines, count: found.length };
  },
});

const changeOf = ({ action: { kind } }: StoredAction): 'STOPPED' | 'RESUMED' | 'CHANGED' => (kind === 'pause' || kind === 'kill_switch_trip' || kind === 'close_all' ? 'STOPPED' : kind === 'resume' || kind === 'kill_switch_reset' ? 'RESUMED' : 'CHANGED');
function whatOf({ action }: StoredAction): string {
  switch (action.kind) {
    case 'pause': return 'paused';
    case 'resume': return 'resumed';
    case 'kill_switch_trip': return action.switchType === 'MANUAL' ? 'halted by the kill switch' : `halted by the switch ${action.switchType.toLowerCase().replaceAll('_', ' ')}`;
    case 'kill_switch_reset': return `switch ${action.switchType.toLowerCase().replaceAll('_', ' ')} reset`;
    case 'close_all': return 'flattened and halted';
    case 'mandate_change': return action.summary;
    case 'limit_change': return `${action.setting} set to ${action.value}`;
    case 'kill_switch_set': return `switch ${action.switchType.toLowerCase().replaceAll('_', ' ')} set to ${action.threshold}`;
    default: return action.kind.replaceAll('_', ' ');
  }
}
