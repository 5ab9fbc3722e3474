import { createAuditVerifier } from '../../desk/audit/verify.ts';
import { heldAtExchange } from './held.ts';
import { signingKey, type Surroundings } from './processes.ts';

const open = ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'];

/** What must hold when the weather is clear and everything has come to rest (I8, and the books and the chain as a whole). */
export async function faultsAtRest(around: Surroundings): Promise<{ invariant: string; what: string }[]> {
  const faults: { invariant: string; what: string }[] = [];
  const raise = (invariant: string, what: string): void => { faults.push({ invariant, what }); };
  const { tables } = around.store;
  const told = (accountId: string): boolean => tables.tradingStates.get(accountId)?.state === 'HALTED' && [...tables.audit.values()].some(({ kind, subject }) => kind.startsWith('reconcile.') && subject === accountId);

  const booked = new Map([...tables.fills.values()].map((row) => [`${row.accountId}/${row.fill.brokerFillId}`, row]));
  for (const fill of around.exchange.fills) if (!booked.has(`${fill.accountId}/${fill.brokerFillId}`) && !told(fill.accountId)) raise('I8', `fill ${fill.brokerFillId} of ${fill.quantity} ${fill.symbol} is lost`);
  for (const { order } of around.exchange.arrivals.values()) {
    if (![...tables.orders.values()].some(({ clientOrderId }) => clientOrderId === order.clientOrderId) && !told(order.accountId)) raise('I8', 'the broker has an order that the desk does not know');
  }
  for (const order of tables.orders.values()) {
    const filled = around.exchange.fills.filter(({ clientOrderId }) => clientOrderId === order.clientOrderId).reduce((sum, { quantity }) => sum + quantity, 0);
    if (filled !== order.filledQuantity && !told(order.accountId)) raise('I8', `${order.category} ${order.symbol}: ${order.filledQuantity} filled here, ${filled} at the broker`);
    const arrived = around.exchange.arrivals.has(order.clientOrderId);
    const intent = tables.intents.get(order.intentId);
    if (open.includes(order.status) && !arrived && intent?.state !== 'UNKNOWN' && order.status !== 'UNKNOWN' && !told(order.accountId)) raise('I8', `${order.category} ${order.symbol} is ${order.status} here and never came to the broker`);
    if (around.exchange.deduplicates && (order.status === 'UNKNOWN' || intent?.state === 'UNKNOWN' || intent?.state === 'SENDING')) raise('I8', `${order.category} ${order.symbol} is still without an answer`);
  }
  for (const accountId of tables.accounts.keys()) {
    for (const there of await around.exchange.paper.reads.orders(accountId)) {
      const here = [...tables.orders.values()].find(({ clientOrderId }) => clientOrderId === there.clientOrderId);
      if (here && open.includes(there.status) !== open.includes(here.status) && !told(accountId)) raise('I8', `${here.category} ${here.symbol} is ${here.status} here and ${there.status} at the broker`);
    }
  }
  for (const row of tables.outbox.values()) if (row.doneAt === null) raise('I8', `${row.topic} is left undone: ${row.lastError ?? 'nobody took it'}`);
  for (const action of tables.actions.values()) if (['proposed', 'gated', 'confirmed', 'cleared', 'executing'].includes(action.state)) raise('I8', `${action.action.kind} stays ${action.state}`);

  for (const order of tables.orders.values()) {
    if (order.supersededBy !== null && open.includes(order.status) && order.status !== 'UNKNOWN' && !told(order.accountId)) raise('ex', `${order.category} ${order.symbol} of before the ex-date is still ${order.status}`);
  }
  for (const accountId of tables.accounts.keys()) for (const symbol of new Set(around.market.splits.map((split) => split.symbol))) {
    const here = [...tables.positions.values()].filter((row) => row.accountId === accountId && row.symbol === symbol && row.closedAt === null).reduce((sum, { quantity }) => sum + quantity, 0);
    const there = heldAtExchange(around, { accountId, symbol });
    if (here !== there && !told(accountId)) raise('ex', `${here} of ${symbol} in the books after its ex-date, ${there} by fills and ratio`);
  }
  for (const position of tables.positions.values()) {
    if (position.closedAt !== null || told(position.accountId)) continue;
    const leaving = [...tables.orders.values()].filter((order) => order.accountId === position.accountId && order.symbol === position.symbol && order.category === 'EXIT' && order.ocoGroup === null && open.includes(order.status)).reduce((sum, order) => sum + order.quantity - order.filledQuantity, 0);
    const stops = [...tables.orders.values()].filter((order) => order.accountId === position.accountId && order.symbol === position.symbol && (order.category === 'STOP_LOSS' || order.category === 'TRAIL') && open.includes(order.status));
    const covered = stops.reduce((sum, order) => sum + order.quantity - order.filledQuantity, 0);
    const silent = stops.some(({ status }) => status === 'UNKNOWN') || [...tables.intents.values()].some(({ accountId, leg, state }) => accountId === position.accountId && leg === 'stop' && (state === 'UNKNOWN' || state === 'SENDING'));
    const rejected = [...tables.orders.values()].some((order) => order.ocoGroup === `bracket:${position.id}` && order.status === 'REJECTED');
    if (position.stopLoss !== null && covered !== position.quantity - leaving && !silent && !rejected) raise('bracket', `${position.symbol}: ${position.quantity} held, ${leaving} leaving, ${covered} behind a stop`);
  }
  for (const account of tables.accounts.values()) {
    const securities = [...tables.ledger.values()].flatMap(({ postings }) => postings).filter((each) => each.accountId === account.id && each.ledger === 'securities').reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const cost = [...tables.positions.values()].filter((row) => row.accountId === account.id && row.closedAt === null).reduce((sum, row) => sum + row.costMinor, 0);
    if (securities !== cost) raise('ledger', `securities of ${securities} in the ledger, ${cost} held`);
  }
  for (const row of tables.fills.values()) {
    const causes = [...tables.ledger.values()].filter(({ cause }) => 'fillId' in cause && cause.fillId === row.id).length;
    if (causes !== 1) raise('ledger', `a fill has ${causes} ledger transactions`);
  }

  const verifier = createAuditVerifier({ publicKey: signingKey.publicKey });
  for (const line of tables.audit.values()) verifier.add(line);
  const verdict = verifier.finish();
  if (!verdict.ok) raise('I7', `the audit does not verify: entry ${verdict.firstBad?.sequence}, ${verdict.firstBad?.reason}`);
  return faults;
}
