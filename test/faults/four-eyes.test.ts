import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmationById, decideConfirmation, type Press } from '../../db/stores/confirmations.ts';
import { type FaultDesk, openFaultDesk } from './trading.ts';

let desk: FaultDesk;
const [second, third] = [randomUUID(), randomUUID()];
beforeAll(async () => {
  desk = await openFaultDesk({ environment: { FOUR_EYES_AMOUNT: '1' } });
  await desk.advance(30);
  const account = await desk.account('LumpSum');
  await desk.database.asOwner(async (client) => {
    for (const [id, name] of [[second, 'Meera'], [third, 'Ravi']]) {
      await client.query("insert into core.people (id, name, role, created_at) values ($1, $2, 'trader', now())", [id, name]);
      await client.query('insert into core.account_rights (person_id, account_id, can_view, can_propose, can_confirm) values ($1, $2, true, true, true)', [id, account]);
    }
  });
});
afterAll(async () => { await desk.close(); });

const pressAs = async (confirmationId: string, personId: string): Promise<Press> => {
  const shown = await confirmationById(desk.database.orm, confirmationId);
  return decideConfirmation(desk.database, { id: confirmationId, actionDigest: shown?.actionDigest ?? '', personId, channel: 'test', choice: 'confirm', reason: null });
};
const ordersOf = (actionId: string) => desk.ask('select 1 as one from core.orders where action_id = $1', [actionId]);

describe('an order that needs two people', () => {
  it('is not sent by one person, however often they press', async () => {
    const { actionId, confirmation } = await desk.entry(desk.equities[0] ?? '', 10);
    for (let n = 0; n < 3; n += 1) expect((await pressAs(confirmation?.id ?? '', desk.owner.id)).outcome).toBe('needs_another');
    await desk.settle();
    expect(await ordersOf(actionId)).toEqual([]);
    expect((await pressAs(confirmation?.id ?? '', second)).outcome).toBe('won');
    await desk.settle();
    expect((await ordersOf(actionId)).length).toBeGreaterThan(0);
  });

  it('does not count the yes of somebody who has lost the right since', async () => {
    const { actionId, confirmation } = await desk.entry(desk.equities[5] ?? '', 10);
    expect((await pressAs(confirmation?.id ?? '', third)).outcome).toBe('needs_another');
    await desk.database.asOwner((client) => client.query('update core.account_rights set can_confirm = false where person_id = $1', [third]));
    expect((await pressAs(confirmation?.id ?? '', second)).outcome).toBe('needs_another');
    expect((await pressAs(confirmation?.id ?? '', third)).outcome).toBe('not_eligible');
    await desk.settle();
    expect(await ordersOf(actionId)).toEqual([]);
  });

  it('is stopped at the gates when the question was opened for one person only', async () => {
    const { actionId, confirmation } = await desk.entry(desk.equities[10] ?? '', 10);
    await desk.database.asOwner((client) => client.query('update core.confirmations set approvals_needed = 1 where id = $1', [confirmation?.id]));
    expect((await pressAs(confirmation?.id ?? '', desk.owner.id)).outcome).toBe('won');
    await desk.settle();
    expect(await ordersOf(actionId)).toEqual([]);
    expect(await desk.ask('select state, reason from core.actions where id = $1', [actionId])).toEqual([{ state: 'blocked', reason: 'it needs a second person’s yes' }]);
  });
});
