/**
 * Faults that are planted to see that they are found. Each is a change of a few words in the text of one or more files as they
 * are loaded (`substitution.ts`); nothing of it is in the product. `find` must be in its file exactly once, so
 * a plant that no longer fits the code fails instead of finding nothing.
 */
export interface Edit { file: string; find: string; put: string }
export interface Plant { name: string; edits: readonly Edit[] }
const edit = (file: string, find: string, put: string): Edit => ({ file, find, put });
const memory = (file: string, find: string, put: string): Edit => edit(`test/simulation/memory/${file}.ts`, find, put);
const execution = (file: string, find: string, put: string): Edit => edit(`graph/execution/${file}.ts`, find, put);
const action = (file: string, find: string, put: string): Edit => edit(`graph/action/${file}.ts`, find, put);

/** Faults in the order's path: the simulation finds each of them. */
export const plants: readonly Plant[] = [
  { name: 'double send', edits: [execution('send', 'state = await input.submit();', 'state = await input.submit().catch(() => input.submit());')] },
  { name: 'skipped re-gate', edits: [action('clear', "(report.verdict === 'BLOCK' ?", "(report.verdict === 'NEVER' as never ?"), memory('confirmations', "if (report.verdict !== 'PASS') throw new Refused('the gates did not pass');", '')] },
  { name: 'late fill lost', edits: [execution('reconcile', 'if (missing) {', 'if (missing === null) {')] },
  { name: 'forked chain', edits: [memory('audit', "store.put('auditHead', 'head', { sequence: line.sequence, hash });", "store.put('auditHead', 'head', { sequence: line.sequence, hash: entry.kind === 'fill' ? head.hash : hash });")] },
  { name: 'expired yes counts', edits: [memory('confirmations', "if (row.expiresAt <= now) { close(", "if (row.expiresAt <= now && id === '') { close(")] },
  { name: 'over-fill booked', edits: [execution('fills', 'return filled > order.quantity ?', 'return filled > 2 * order.quantity ?'), execution('fills', 'if (booked) {\n    const same', 'if (booked && fill.quantity < 0) {\n    const same'), execution('fills', 'if (fault || booked || !order) return null;', 'if (fault || !order) return null;'), memory('execution', ' || already + fill.quantity > order.quantity', ''), memory('execution', 'row.fill.brokerFillId === fill.brokerFillId)) return false;', "row.fill.brokerFillId === 'none')) return false;")] },
  { name: 'bracket beyond the position', edits: [execution('bracket-sync', 'quantity: protectedQuantity, direction,', 'quantity: protectedQuantity + Math.sign(protectedQuantity), direction,'), execution('ticket', 'if (child.quantity > most) throw', 'if (child.quantity > most + 1) throw'), memory('execution', 'order.quantity <= cleared))', 'order.quantity <= cleared + 1))')] },
  { name: 'limit race', edits: [action('account-lock', 'const mine = before.catch(() => undefined).then(() => database.whileLocked(accountId, work));', 'const mine = work();')] },
  { name: 'audit row missing', edits: [execution('fills', "await appendAudit(tx, { kind: 'fill'", "if (fill.quantity < 0) await appendAudit(tx, { kind: 'fill'")] },
  { name: 'anybody’s yes counts', edits: [memory('confirmations', 'if (!row.eligible.includes(personId) || !mayConfirm(store, personId, row.accountId)) return', "if (id === '') return")] },
  { name: 'entry past a halt', edits: [execution('send', 'if (stopped) return', "if (stopped?.scope === 'none') return"), edit('desk/gates/checks/desk-state.ts', "structural: false, severity: 'BLOCK'", "structural: false, severity: 'WARN'")] },
  { name: 'entry past the kill file', edits: [execution('send', "if (file.state !== 'ABSENT') return", "if (file.state === 'NEVER' as never) return"), edit('desk/gates/checks/desk-state.ts', "structural: false, severity: 'BLOCK'", "structural: false, severity: 'WARN'")] },
  { name: 'silence taken for a refusal', edits: [execution('send', "await moveIntent(tx, { id: intent.id, from: ['SENDING'], to: 'UNKNOWN', message });\n    await setUnanswered(tx, { clientOrderId, status: 'UNKNOWN', message });", "await moveIntent(tx, { id: intent.id, from: ['SENDING'], to: 'VOID', message });\n    await setUnanswered(tx, { clientOrderId, status: 'EXPIRED', message });")] },
  { name: 'sent again where repeats are not known', edits: [execution('settle-unknown', 'else if (broker.reads.deduplicatesByClientOrderId)', "else if (broker.reads.name !== '')")] },
  { name: 'unknown never looked up', edits: [execution('reconcile', 'await attempt(() => settleUnknown(services));', '')] },
  { name: 'clearance taken up twice', edits: [execution('executor', "if (stored.state === 'cleared' && !(await takeUp(services, stored, clearance))) return;", "if (!(await takeUp(services, stored, clearance))) return;"), memory('confirmations', 'row.consumedAt !== null || row.expiresAt <= now', 'row.expiresAt <= now')] },
  { name: 'no audit of an order', edits: [execution('send', "await appendAudit(tx, { kind: 'order.sending'", "if (ticket.quantity < 0) await appendAudit(tx, { kind: 'order.sending'")] },
  { name: 'order sent before it is written', edits: [execution('send', "await insertOrder(tx, { id: uuidv7(Date.parse(services.wallNow())), intent, order: ticket", "await broker.submits.submit(ticket).catch(() => undefined);\n    await insertOrder(tx, { id: uuidv7(Date.parse(services.wallNow())), intent, order: ticket")] },
  { name: 'more than was cleared', edits: [execution('ticket', 'return { ticket: ticket({ ...order, quantity,', 'return { ticket: ticket({ ...order, quantity: quantity + 1,'), memory('execution', 'order.quantity <= cleared))', 'order.quantity <= cleared + 1))')] },
  { name: 'a change and its end apart', edits: [execution('executor', "await services.database.transaction(async (tx) => recordEnd(tx, stored, { to: 'done', sentence: await applyAction({ tx, services, stored, clearanceId: clearance.id }) }));\n          return { to: null, sentence: '' };", "const sentence = await services.database.transaction((tx) => applyAction({ tx, services, stored, clearanceId: clearance.id }));\n          return { to: 'done', sentence };")] },
  { name: 'no stop after a partial fill', edits: [execution('reconcile', 'for (const positionId of positions) await syncUnderLock(services, { positionId });', 'if (positions.size > 1) for (const positionId of positions) await syncUnderLock(services, { positionId });'), execution('reconcile', 'for (const position of await openPositions(services.database.orm, [account.id])) await attempt(() =>', 'for (const position of (await openPositions(services.database.orm, [account.id])).slice(1)) await attempt(() =>')] },
  { name: 'fill without its ledger row', edits: [execution('fills', 'await postTransaction(tx, {', 'if (fill.quantity % 2 === 0) await postTransaction(tx, {')] },
  { name: 'position without its fill', edits: [execution('fills', "{ side: order.side, quantity: fill.quantity, price: fill.price, chargesMinor }", "{ side: order.side, quantity: Math.max(1, fill.quantity - 1), price: fill.price, chargesMinor }"), memory('ledger', 'Math.abs(total(\'cash\') + fill.chargesMinor + paid) > 1 + fill.fill.quantity / 10_000', 'paid === 0.5')] },
  { name: 'the worker forgets a yes', edits: [action('worker', "if (row.topic === 'action.confirmed' || row.topic === 'action.cleared') await runAction", "if (row.topic === 'action.cleared') await runAction")] },
  { name: 'interrupted actions are left', edits: [execution('reconcile', '.map((each) => each.id).reverse();', '.map((each) => each.id).slice(0, 0);'), action('worker', "if (row.topic === 'action.confirmed' || row.topic === 'action.cleared') await runAction", "if (row.topic === 'action.confirmed' && row.attempts < 2) await runAction")] },
  { name: 'another rendering is hashed', edits: [action('stations', 'rendering: { action: stored.body, report: report.digest }', "rendering: { action: stored.body.replace('\"quantity\":1', '\"quantity\":9'), report: report.digest }")] },
  { name: 'prices before corporate actions', edits: [edit('start/market-loop.ts', 'const except = await workIn(now);\n    await paper.onMarket(now, { except });', 'await paper.onMarket(now);\n    const except = await workIn(now);')] },
  { name: 'a stop of before a demerger meets its first price', edits: [edit('start/market-loop.ts', 'return new Set([...waiting.keys(), ...unpriced]);', 'return new Set(unpriced.size < 0 ? [] : waiting.keys());')] },
  { name: 'orders of before an ex-date are left', edits: [execution('ex-date', 'if (order.supersededBy === null) continue;', 'if (order.quantity > 0) continue;')] },
  { name: 'one yes where two are needed', edits: [memory('confirmations', 'if (given < row.approvalsNeeded) {', 'if (given < 1) {')] },
];

export function plantByName(name: string): Plant {
  const found = plants.find((plant) => plant.name === name);
  if (!found) throw new Error(`there is no planted fault ${name}`);
  return found;
}
export function plantedText(plant: Plant, file: string, source: string): string {
  return plant.edits.filter((each) => each.file === file).reduce((text, { find, put }) => {
    if (text.split(find).length !== 2) throw new Error(`${plant.name}: “${find}” is not in ${file} exactly once`);
    return text.replace(find, () => put);
  }, source);
}
