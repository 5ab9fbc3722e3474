import { dateIn } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';
import type { SymbolLinker } from '../linking/link-symbols.ts';

/**
 * A name may pass from one company to another (Tata Motors since November 2025): a story from before the listing of the share that
 * bears the name today is not about that share. Its link is taken off and the symbol stays on the list of the unlinked.
 */
export function listedThen(record: FeedRecord, linker: SymbolLinker | undefined): FeedRecord {
  if (record.type !== 'event' || !linker) return record;
  const day = dateIn(record.event.happenedAt, 'Asia/Kolkata');
  const unlisted = record.event.symbols.filter((symbol) => (linker.listedOn(symbol) ?? day) > day);
  if (unlisted.length === 0) return record;
  return { ...record, event: { ...record.event, symbols: record.event.symbols.filter((symbol) => !unlisted.includes(symbol)), unlinkedNames: [...record.event.unlinkedNames, ...unlisted] } };
}
