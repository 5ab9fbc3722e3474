import { reportsOf, type StoredAction, actionsOnPosition } from '../../db/stores/actions.ts';
import { type AuditEntry, auditOf } from '../../db/stores/audit.ts';
import { cardOfAction } from '../../db/stores/cards.ts';
import { threadById } from '../../db/stores/conversation.ts';
import { eventById } from '../../db/stores/events.ts';
import { listOrders } from '../../db/stores/execution.ts';
import { listPeople } from '../../db/stores/people.ts';
import { positionOpenedBy } from '../../db/stores/positions.ts';
import { featuresById, signalById } from '../../db/stores/research.ts';
import { sha256 } from '../../desk/canonical.ts';
import { formatCount } from '../../desk/format.ts';
import { timeIn } from '../../desk/time.ts';
import type { ToolContext } from '../define.ts';
import { outsideEvent } from '../outside-event.ts';
import type { FoundTrade } from './find-trade.ts';
import { type StoryNames, storyLine } from './lines.ts';

/** `at` is on the named clock: evidence on the market's, what the desk did on the wall's. `ref` opens the record behind the line. */
export interface StoryEntry { at: string; clock: 'market' | 'wall'; text: string; kind: string; ref: string | null }
export interface TradeStory { subject: string; entries: StoryEntry[]; actionIds: string[] }

/** A trade from the document it came from to its last fill, with what later happened to the same position. */
export async function tradeStory(context: ToolContext, found: FoundTrade): Promise<TradeStory> {
  const { orm } = context.services.database;
  const position = await positionOpenedBy(orm, found.stored.id);
  const later = position ? await actionsOnPosition(orm, position.id) : [];
  const all = [found.stored, ...later];
  const audited = (await Promise.all(all.map(async (stored) => entriesOf(context, stored, found, stored.id !== found.stored.id)))).flat().sort((a, b) => a.sequence - b.sequence);
  return { subject: await subjectOf(context, found), entries: [...(await evidenceOf(context, found)), ...audited.map(({ sequence: _, ...entry }) => entry)], actionIds: all.map((stored) => stored.id) };
}

const kindWords = (kind: string): string => kind.replaceAll('_', ' ');
async function subjectOf({ services }: ToolContext, { stored: { action, id }, card }: FoundTrade): Promise<string> {
  const number = card?.number ?? (await cardOfAction(services.database.orm, id))?.number;
  const what = action.kind === 'enter' ? `${action.side} ${formatCount(action.quantity)} ${action.symbol}` : 'symbol' in action ? `${kindWords(action.kind)} ${action.symbol}` : kindWords(action.kind);
  return number === undefined ? what : `Card ${number}: ${what}`;
}

/** What the trade came from, each at the market time at which it was known. */
async function evidenceOf({ services: { database: { orm }, market } }: ToolContext, { stored, card }: FoundTrade): Promise<StoryEntry[]> {
  const signal = card?.signalId ? await signalById(orm, card.signalId) : null;
  const eventIds = new Set([card?.eventId, signal?.eventId, ...(card?.thesis ?? []).filter((bullet) => bullet.evidenceKind === 'event').map((bullet) => bullet.evidenceId)].filter((id) => typeof id === 'string'));
  const entries: StoryEntry[] = [];
  for (const id of eventIds) {
    const event = await eventById(orm, id, market.now());
    if (!event) continue;
    const { title, source, addressesSoftware } = outsideEvent(event, { zone: market.zone, near: market.today() });
    entries.push({ at: event.knownAt, clock: 'market', kind: 'event', ref: `event:${event.id}`, text: `event: ${title} (${source})${addressesSoftware ? ', with wording addressed to software; nothing in it was acted on' : ''}` });
  }
  const features = signal?.featureId ? await featuresById(orm, signal.featureId) : null;
  if (features) entries.push({ at: features.knownAt, clock: 'market', kind: 'feature', ref: `feature:${features.id}`, text: `prices of ${features.symbol} up to ${features.asOf}` });
  if (signal) entries.push({ at: signal.knownAt, clock: 'market', kind: 'signal', ref: signal.featureId ? `feature:${signal.featureId}` : null, text: `signal: ${kindWords(signal.strategy)}, ${signal.direction.toLowerCase()}` });
  entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  if (card) entries.push({ at: stored.marketTime, clock: 'market', kind: 'card', ref: `card:${card.number}`, text: `card ${card.number} drawn up` });
  return entries;
}

async function entriesOf(context: ToolContext, stored: StoredAction, { account }: FoundTrade, later: boolean): Promise<(StoryEntry & { sequence: number })[]> {
  const { database: { orm }, market } = context.services;
  const people = await listPeople(orm);
  const thread = stored.threadId ? await threadById(orm, stored.threadId) : null;
  const names: StoryNames = {
    person: (id) => (id === context.caller.personId ? 'you' : (people.find((person) => person.id === id)?.name ?? id)),
    channel: (threadId) => (thread?.id === threadId ? thread.channel : null), currency: account?.baseCurrency ?? 'INR',
  };
  const reports = await reportsOf(orm, stored.id);
  const orders = stored.accountId ? await listOrders(orm, { accountIds: [stored.accountId], actionId: stored.id, limit: 500 }) : [];
  const number = later ? ((await cardOfAction(orm, stored.id))?.number ?? null) : null;
  const refOf = (entry: AuditEntry, payload: Record<string, unknown>): string => {
    if (entry.kind === 'gate.report') {
      const report = reports.find((each) => each.phase === payload.phase && each.digest === sha256(String(payload.report)));
      if (report) return `report:${report.id}`;
    }
    const clientOrderId = payload.clientOrderId ?? (payload.fill as { clientOrderId?: string } | undefined)?.clientOrderId;
    const order = orders.find((each) => each.clientOrderId === clientOrderId);
    return order ? `order:${order.id}` : `audit:${entry.sequence}`;
  };
  return (await auditOf(orm, stored.id)).flatMap((entry) => {
    const payload = JSON.parse(entry.payload) as Record<string, unknown>;
    if (later && entry.kind === 'action.proposed') return [{ sequence: entry.sequence, at: entry.at, clock: 'wall' as const, kind: 'card', ref: number === null ? `audit:${entry.sequence}` : `card:${number}`, text: `${kindWords(stored.action.kind)} proposed${number === null ? '' : `, card ${number}`}` }];
    const line = storyLine(entry.kind, payload, entry, names);
    if (!line) return [];
    // A simulated or replayed market has a time of its own; a fill says when it was there.
    const filledAt = (payload.fill as { filledAt?: string } | undefined)?.filledAt;
    const atMarket = filledAt && market.kind !== 'live' ? `, market time ${timeIn(filledAt as typeof stored.marketTime, market.zone)}` : '';
    return [{ sequence: entry.sequence, at: entry.at, clock: 'wall' as const, kind: line.kind, ref: refOf(entry, payload), text: `${line.text}${atMarket}` }];
  });
}
