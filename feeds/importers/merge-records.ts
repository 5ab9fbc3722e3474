import { canonicalJson } from '../../desk/canonical.ts';
import type { SymbolRecord } from '../../desk/market/types.ts';
import type { FeedRecord } from '../define.ts';
import { normaliseName } from '../linking/normalise-name.ts';

/** Sources from the least to the most to be trusted with the same fact; one that is not listed ranks below all. */
const TRUST: readonly string[] = [
  'yahoo', 'ohlcv-csv', 'nse-eod-panel', 'niftyindices', 'nse-india-vix', 'nse-index-history', 'nse-index-closes', 'nse-quote-history', 'nse-cm-bhavcopy', 'nse-udiff-bhavcopy', 'nse-sec-bhavdata-full',
  'nse-index-constituents', 'nse-equity-list', 'nse-fo-lots-api', 'nse-fo-lots',
];
const trust = (source: string): number => TRUST.indexOf(source.replace(/ \(.*$/, ''));

/**
 * Puts two tellings of one fact together, field by field: what only one of them says is kept; where they differ, the more
 * trusted source holds, and of one source the later import. Earlier knowledge wins over later. Merging the same record in
 * again changes nothing, in whatever order files come.
 */
export function mergeRecords(existing: FeedRecord, incoming: FeedRecord): FeedRecord {
  if (existing.type === 'daily_bar' && incoming.type === 'daily_bar') {
    const incomingHolds = trust(incoming.source) >= trust(existing.source);
    const [weak, strong] = incomingHolds ? [existing, incoming] : [incoming, existing];
    const bar = { ...weak.bar, ...strong.bar };
    // The same values from elsewhere are no news of the source either.
    return same(bar, existing.bar) ? existing : { ...strong, bar };
  }
  if (existing.type === 'symbol' && incoming.type === 'symbol') {
    const symbol = mergeSymbols(existing.symbol, incoming.symbol, trust(incoming.source) - trust(existing.source));
    const knownAt = incoming.knownAt < existing.knownAt ? incoming.knownAt : existing.knownAt;
    return { ...existing, symbol, knownAt, source: trust(incoming.source) > trust(existing.source) ? incoming.source : existing.source };
  }
  if (existing.type === 'event' && incoming.type === 'event') {
    const [a, b] = [existing.event, incoming.event];
    return {
      type: 'event',
      event: {
        ...b, ...a, symbols: [...new Set([...a.symbols, ...b.symbols])], unlinkedNames: [...new Set([...a.unlinkedNames, ...b.unlinkedNames])],
        happenedAt: a.happenedAt < b.happenedAt ? a.happenedAt : b.happenedAt, knownAt: a.knownAt < b.knownAt ? a.knownAt : b.knownAt,
      },
    };
  }
  if (existing.type === 'scheduled_event' && incoming.type === 'scheduled_event') {
    return incoming.event.knownAt < existing.event.knownAt ? { ...existing, event: { ...existing.event, knownAt: incoming.event.knownAt } } : existing;
  }
  if (existing.type === 'corporate_action' && incoming.type === 'corporate_action') {
    const knownAt = incoming.action.knownAt < existing.action.knownAt ? incoming.action.knownAt : existing.action.knownAt;
    return { ...existing, action: { ...incoming.action, ...existing.action, knownAt } };
  }
  if (existing.type === 'trading_rule' && incoming.type === 'trading_rule' && trust(incoming.source) < trust(existing.source)) return existing;
  if (existing.type === incoming.type && 'knownAt' in existing && 'knownAt' in incoming && existing.knownAt < incoming.knownAt) return { ...incoming, knownAt: existing.knownAt } as FeedRecord;
  return incoming;
}

/**
 * A share's particulars from several lists. The sector stays the first one told: lists change it over the years, and the
 * dated `SECTOR` rules say from when. A name that differs by more than "Ltd." stays findable as an alias.
 */
function mergeSymbols(existing: SymbolRecord, incoming: SymbolRecord, trustGained: number): SymbolRecord {
  const incomingHolds = trustGained > 0;
  const merged = incomingHolds ? { ...existing, ...incoming } : { ...incoming, ...existing };
  const told = new Set([...existing.aliases, merged.name].map(normaliseName));
  const aliases = [...existing.aliases];
  for (const name of [existing.name, incoming.name, ...incoming.aliases]) {
    const normal = normaliseName(name);
    if (normal === '' || told.has(normal)) continue;
    told.add(normal);
    aliases.push(name);
  }
  const sector = existing.sector ?? incoming.sector;
  return { ...merged, ...(sector === undefined ? {} : { sector }), aliases };
}

/** True when both say the same, whatever source they name. */
export function sameRecord(a: FeedRecord, b: FeedRecord): boolean {
  return same({ ...a, source: '' }, { ...b, source: '' });
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
