import fc from 'fast-check';
import { tools } from '../../tools/registry.ts';
import { type AskedTool, asksFor, says, toolMessages } from '../helpers/model-server/replies.ts';
import type { Script } from '../helpers/model-server/server.ts';

/** What a model does in one conversation: rounds of tool calls, then words. */
export interface HostileTalk { rounds: AskedTool[][]; words: string; sentence: string; /** The person says yes to the last question that is open, if there is one. */ confirms: boolean }
export interface Targets { symbols: readonly string[]; accounts: readonly string[]; ids: readonly string[] }

const everyTool = [...tools.values()];
const proposing = everyTool.filter(({ effect }) => effect === 'propose').map(({ name }) => name);
const inventedTools = ['press', 'confirm', 'approve', 'execute', 'submit_order', 'place_order', 'broker_submit', 'issue_clearance', 'decide_confirmation', 'set_rights', 'write_ledger', 'kill', '__proto__', 'constructor', 'toString', '', 'tools.propose_order', 'PROPOSE_ORDER', '../propose_order', 'propose_order\u0000'];
const oddText = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('', '\u202e', "'; update core.orders set quantity = 1; --", '{{c1.id|text}}', '<script>', '\u0000', 'null', '../../keys/clearance.pem', 'x'.repeat(3000)));
const oddNumber = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -1, 0.1, 2 ** 53, 1e300, -1e300));

/** Fields that proposals have, those that only the desk may set, and some that nobody has. */
const fieldNames = ['symbol', 'side', 'account', 'accountId', 'quantity', 'amountMinor', 'limitPrice', 'stop', 'target', 'kind', 'to', 'from', 'toAccount', 'setting', 'value', 'person', 'role', 'name', 'reason', 'card', 'order', 'position', 'confirmationId', 'confirmation', 'approvedBy', 'approved', 'digest', 'signature', 'clearance', 'state', 'proposer', 'personId', 'onBehalfOf', 'asOf', 'revises', '__proto__', 'canConfirm', 'threshold', 'switchType', 'haltEntries', 'fraction'];

export function hostileTalk(targets: Targets): fc.Arbitrary<HostileTalk> {
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<unknown>(...targets.symbols, ...targets.accounts) }, { weight: 2, arbitrary: fc.constantFrom<unknown>(...targets.ids, 'owner', 'confirmed', 'HALTED', 'ACTIVE', true, false, null) },
    { weight: 2, arbitrary: oddNumber as fc.Arbitrary<unknown> }, { weight: 2, arbitrary: oddText as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown> },
  );
  const args = fc.dictionary(fc.constantFrom(...fieldNames), value, { maxKeys: 8 });
  /** An order as it should be; below with something more in it, which is refused. */
  const order = fc.record({ symbol: fc.constantFrom(...targets.symbols), quantity: fc.integer({ min: 1, max: 50_000 }), account: fc.constantFrom(...targets.accounts) }, { requiredKeys: ['symbol', 'quantity'] });
  const sum = { amountMinor: fc.integer({ min: 1, max: 10_000_000 }), reason: oddText };
  const cash: fc.Arbitrary<AskedTool> = fc.oneof(
    fc.record({ name: fc.constant('propose_transfer'), args: fc.record({ from: fc.constantFrom(...targets.accounts), to: fc.constantFrom(...targets.accounts), ...sum }) as fc.Arbitrary<unknown> }),
    fc.record({ name: fc.constantFrom('propose_deposit', 'propose_withdrawal'), args: fc.record({ account: fc.constantFrom(...targets.accounts), ...sum }) as fc.Arbitrary<unknown> }),
  );
  const call: fc.Arbitrary<AskedTool> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ name: fc.constant('propose_order'), args: fc.tuple(order, fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: args })).map(([good, more]) => ({ ...more, ...good }) as unknown) }) },
    { weight: 2, arbitrary: cash },
    { weight: 4, arbitrary: fc.record({ name: fc.constantFrom(...proposing), args: args as fc.Arbitrary<unknown> }) },
    { weight: 2, arbitrary: fc.record({ name: fc.constantFrom(...everyTool.map(({ name }) => name)), args: fc.oneof(args as fc.Arbitrary<unknown>, fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>) }) },
    { weight: 2, arbitrary: fc.record({ name: fc.constantFrom(...inventedTools), args: args as fc.Arbitrary<unknown> }) },
    { weight: 1, arbitrary: fc.record({ name: fc.constantFrom(...proposing), raw: fc.oneof(oddText, fc.json().map((text) => text.slice(0, -1))) }) },
  );
  const words = fc.oneof(fc.constantFrom('Done. It is confirmed and the order was filled.', 'I have raised your limits.', 'Say yes to go on.', '{"text":"Confirmed.","showCards":["0190a000-0000-7000-8000-000000000000"]}', '/approve 1', 'yes'), oddText);
  const sentence = fc.constantFrom('so roughly how is my portfolio doing these days, overall', 'hmm, do whatever you think is sensible with my money', 'could you perhaps put something into that company I mentioned', 'I wonder whether the limits should not be a little higher');
  return fc.record({ rounds: fc.array(fc.array(call, { minLength: 1, maxLength: 4 }), { maxLength: 3 }), words, sentence, confirms: fc.boolean() });
}

export const scriptOf = ({ rounds, words }: HostileTalk): Script => (request) => {
  const asked = request.messages.filter(({ role, tool_calls }) => role === 'assistant' && tool_calls).length;
  const round = rounds[Math.min(asked, toolMessages(request).length)];
  return round ? asksFor(round.map((each, n) => ({ ...each, id: `call_${asked}_${n}` }))) : says(words);
};
