import type { PartedShares } from '../../db/stores/parted-shares.ts';
import type { LotCredit } from '../../desk/portfolio/tax-lots.ts';
import { dateIn, type Zone } from '../../desk/time.ts';

/** What was credited of parted companies, as lots are counted. */
export const creditLots = (credits: readonly PartedShares[], zone: Zone): (LotCredit & { accountId: string })[] =>
  credits.flatMap(({ accountId, symbol, into, exDate, happenedAt, quantity, costMinor }) => (into === null ? [] : [{ accountId, symbol, into, exDate, date: dateIn(happenedAt, zone), quantity, costMinor }]));
