import { indicesListed, listsOf } from '../db/stores/index-members.ts';
import { indexKey, type IndexMembers, membersOn } from '../desk/market/index-members.ts';
import type { ReadingMoment } from './as-of.ts';
import { type ToolContext, ToolError } from './define.ts';
import { membersOf } from './sectors.ts';

/** Who belongs to an index by the last list that was known then. Errors: `NO_SUCH_INDEX`, which names the lists there are. */
export async function indexMembersAt({ services: { database: { orm } } }: ToolContext, { said, moment }: { said: string; moment: ReadingMoment }): Promise<IndexMembers & { index: string }> {
  const listed = await indicesListed(orm, moment.asOf);
  const index = listed.find((each) => indexKey(each) === indexKey(said));
  const found = index === undefined ? null : membersOn(await listsOf(orm, { index, asOf: moment.asOf }), moment.date);
  if (index === undefined || found === null) {
    throw new ToolError('NO_SUCH_INDEX', `I hold no list of the members of ${said}${listed.length > 0 ? `; I hold those of ${listed.join(', ')}` : ''}. Ask for a sector, or for all shares.`, 'index');
  }
  return { index, ...found };
}

/** The shares that a question is about: a sector's, an index's, what both hold, or null for all. Errors: `NO_SUCH_SECTOR`, `NO_SUCH_INDEX`. */
export async function scopeOf(context: ToolContext, { sector, index, moment }: { sector?: string | undefined; index?: string | undefined; moment: ReadingMoment }): Promise<{ sector: string | null; index: string | null; has(symbol: string): boolean } | null> {
  const ofSector = sector === undefined ? null : membersOf(context, sector);
  const listed = index === undefined ? null : await indexMembersAt(context, { said: index, moment });
  if (!ofSector && !listed) return null;
  const inIndex = listed && new Set(listed.members.map(({ symbol }) => symbol));
  return { sector: ofSector?.label ?? null, index: listed?.index ?? null, has: (symbol) => (ofSector?.has(symbol) ?? true) && (inIndex?.has(symbol) ?? true) };
}
