import type { StoredAction } from '../../db/stores/actions.ts';
import type { Proposer } from '../../desk/actions/types.ts';
import type { Cast } from './people-and-accounts.ts';
import type { Random } from './random.ts';

const numbers: readonly unknown[] = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e308, '10', null, {}];
const texts: readonly unknown[] = ['', 'ALPHA; drop table core.orders', '\u202eALPHA', 'x'.repeat(2000), 'ALPHA\n', '{{tool}}', 7, null, []];

/** What a model might emit: broken, other people's, invented, or an earlier proposal with another figure in it. */
export function hostileAction(random: Random, cast: Cast, earlier: readonly StoredAction[]): { action: unknown; proposer: Proposer } {
  const proposer: Proposer = { kind: 'agent', agent: random.pick(['analyst', 'owner', cast.owner, '']), onBehalfOf: random.pick([cast.owner, cast.viewer, cast.stranger]), channel: 'test' };
  const base = { kind: 'enter', accountId: random.pick([...cast.accounts, cast.stranger]), symbol: 'ALPHA', exchange: 'NSE', side: 'BUY', quantity: 5, orderType: 'MARKET', bracket: { stop: '190.00' }, strategy: 'manual', horizonDays: 5 };
  switch (random.weighted({ number: 3, text: 3, governance: 3, edited: 2, nonsense: 2, forged: 2 })) {
    case 'number': return { action: { ...base, [random.pick(['quantity', 'horizonDays', 'limitPrice'])]: random.pick(numbers) }, proposer };
    case 'text': return { action: { ...base, [random.pick(['symbol', 'exchange', 'side', 'strategy', 'accountId', 'orderType'])]: random.pick(texts) }, proposer };
    case 'governance': return { action: random.pick([
      { kind: 'rights_change', personId: cast.viewer, accountId: cast.accounts[0], canView: true, canPropose: true, canConfirm: true },
      { kind: 'person_add', name: 'mallory', role: 'owner' }, { kind: 'arm_live', accountId: cast.accounts[0], until: '2030-01-01T00:00:00Z' },
      { kind: 'identity_link', personId: cast.owner, channel: 'telegram', externalId: '666' }, { kind: 'api_key_create', personId: cast.owner, label: 'backdoor' },
    ]), proposer };
    case 'edited': {
      const stored = earlier.length > 0 ? random.pick(earlier).action : base;
      return { action: { ...stored, quantity: 100_000, confirmationId: cast.owner }, proposer };
    }
    case 'nonsense': return { action: random.pick([null, [], 'BUY 10 ALPHA', 12, {}, { kind: 'submit_order' }, { kind: '__proto__' }, { kind: 'enter' }, { kind: 'confirm', confirmationId: cast.owner }]), proposer };
    case 'forged': return { action: { ...base, state: 'confirmed', approvedBy: [cast.owner], clearance: { signature: 'AAAA' } }, proposer };
  }
}
