import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { transitions } from '../../desk/actions/life.ts';
import { actionKinds, policyFor } from '../../desk/actions/policy.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });

describe('the database and the code', () => {
  it('know the same steps in the life of an action', async () => {
    const { rows } = await database.pool.query<{ step: string }>("select from_state || ' ' || to_state as step from core.legal_transitions");
    const inCode = Object.entries(transitions).flatMap(([from, tos]) => tos.map((to) => `${from} ${to}`));
    expect(rows.map((row) => row.step).sort()).toEqual(inCode.sort());
  });

  it('agree on which of a person’s own commands need no press', async () => {
    const { rows } = await database.pool.query<{ kind: string }>('select kind from core.explicit_kinds');
    const inCode = actionKinds.filter((kind) => policyFor(kind).confirms === 'explicit_command');
    expect(rows.map((row) => row.kind).sort()).toEqual(inCode.sort());
  });
});
