import { sql } from 'drizzle-orm';
import type { ListedMember } from '../../desk/market/index-members.ts';
import type { Instant } from '../../desk/time.ts';
import type { IndexMember } from '../../feeds/define.ts';
import { bulkWrite } from '../bulk-write.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';
import type { WriteCounts } from './bars.ts';
import { onDay, toldColumns } from './flows.ts';

type Fact = { member: IndexMember; knownAt: Instant; source: string };
export const writeIndexMembers = (executor: Executor, facts: readonly Fact[]): Promise<WriteCounts> => bulkWrite(executor, {
  table: 'core.index_members', facts, key: ['index', 'listed_on', 'symbol'], revised: [], earliest: true,
  columns: [
    { name: 'index', type: 'text', of: ({ member }) => member.index }, { name: 'listed_on', type: 'date', of: ({ member }) => member.listedOn }, { name: 'symbol', type: 'text', of: ({ member }) => member.symbol },
    ...toldColumns<Fact>(({ member, knownAt }) => onDay(member.listedOn, knownAt)),
  ],
});

/** The indices of which a list was known at `asOf`. */
export const indicesListed = async (executor: Executor, asOf: Instant): Promise<string[]> => (await rows<{ index: string }>(executor, sql`select distinct index from core.index_members where known_at <= ${asOf} order by index`)).map(({ index }) => index);

/** Every list of an index that was known at `asOf`. */
export const listsOf = (executor: Executor, { index, asOf }: { index: string; asOf: Instant }): Promise<ListedMember[]> =>
  rows<ListedMember & Record<string, unknown>>(executor, sql`select listed_on::text as "listedOn", symbol from core.index_members where index = ${index} and known_at <= ${asOf}`);
