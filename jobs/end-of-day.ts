import { refreshStatistics } from '../db/statistics.ts';
import { listAccounts } from '../db/stores/accounts.ts';
import { pruneOrderMessages } from '../db/stores/execution.ts';
import { balances } from '../db/stores/ledger.ts';
import { expectedShares } from '../db/stores/parted-shares.ts';
import { openPositions } from '../db/stores/positions.ts';
import { pruneTurnSpans } from '../db/stores/turn-spans.ts';
import { insertPortfolioSnapshot, pruneRiskSnapshots } from '../db/stores/risk-snapshots.ts';
import { valueMinor } from '../desk/decimal.ts';
import type { Job } from './define.ts';
import type { JobServices } from './services.ts';

const keepReadingsDays = 7;

/** After a session's close each account goes on record as it stands, once a day. A day on which the desk did not run at its close has none. */
export function endOfDayJob(services: JobServices): Job {
  return {
    name: 'end_of_day', does: 'Records every account at the close of the session', schedule: { everySeconds: 30 },
    async run() {
      const { database, market } = services;
      const day = market.today();
      const session = market.calendar().session(day);
      const now = market.now();
      if (session === null || now < session.close) return null;
      const accounts = await listAccounts(database.orm);
      const ids = accounts.map(({ id }) => id);
      const [ledgers, positions] = [await balances(database.orm, { accountIds: ids }), await openPositions(database.orm, ids)];
      const expected = await expectedShares(database.orm, { accountIds: ids });
      let written = 0;
      await database.transaction(async (tx) => {
        for (const accountId of ids) {
          const ledger = ledgers.get(accountId) ?? {};
          const held = positions.filter((position) => position.accountId === accountId).map(({ symbol, quantity }) => { const last = market.quote(symbol)?.last ?? null; return { symbol, quantity, last, valueMinor: last === null ? null : valueMinor(last, quantity) }; });
          const unpriced = held.filter(({ last }) => last === null).map(({ symbol }) => symbol);
          const cashMinor = ledger.cash ?? null;
          const equityMinor = cashMinor === null || unpriced.length > 0 ? null : cashMinor + held.reduce((sum, each) => sum + (each.valueMinor ?? 0), 0) + expected.reduce((sum, each) => (each.accountId === accountId ? sum + each.worthMinor : sum), 0);
          const externalMinor = -(ledger.external ?? 0) - (ledger.transit ?? 0);
          const missing = [...(cashMinor === null ? ['the account has no ledger entries'] : []), ...(unpriced.length > 0 ? [`no price is known for ${unpriced.join(', ')}`] : [])];
          if (await insertPortfolioSnapshot(tx, { accountId, day, marketTime: now, cashMinor, equityMinor, externalMinor, pnlMinor: equityMinor === null ? null : equityMinor - externalMinor, positions: held, missing })) written += 1;
        }
      });
      if (written === 0) return null;
      const pruned = await pruneRiskSnapshots(database.orm, keepReadingsDays);
      await pruneOrderMessages(database.orm);
      await pruneTurnSpans(database.orm, keepReadingsDays);
      await refreshStatistics(database);
      return `${written} accounts on record for ${day}${pruned > 0 ? `, ${pruned} old readings dropped` : ''}`;
    },
  };
}
