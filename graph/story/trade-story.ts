import type { Executor } from '../../db/client.ts';
import { actionById } from '../../db/stores/actions.ts';
import { type AuditEntry, auditOf } from '../../db/stores/audit.ts';
import { cardOfAction } from '../../db/stores/cards.ts';
import { eventById } from '../../db/stores/events.ts';
import { listPeople } from '../../db/stores/people.ts';
import { signalById } from '../../db/stores/research.ts';
import type { GateReport } from '../../desk/gates/define.ts';
import { formatCount, formatPrice } from '../../desk/format.ts';
import type { MarketView } from '../../tools/services.ts';
import type { CardStory, StoryEntry } from '../conversation-service.ts';
import { actionSentence } from '../turn/action-sentence.ts';

interface Names { person: (id: string) => string }
type Line = (entry: AuditEntry, payload: Record<string, unknown>, names: Names) => string | null;

const gates = (payload: Record<string, unknown>): string => {
  const report = JSON.parse(String(payload.report)) as GateReport;
  const counted = report.checks.filter((check) => check.code !== 'NOT_APPLICABLE');
  return `${counted.filter((check) => check.passed).length}/${counted.length}`;
};

/** How each kind of audit entry reads. Kinds without a line are in the export, not in the story. */
const lines: Record<string, Line> = {
  'gate.report': (_entry, payload) => `gates ${payload.phase === 'propose' ? '' : 'again '}${gates(payload)}`,
  'action.blocked': (_entry, payload) => (typeof payload.refusal === 'string' ? `blocked: ${payload.refusal}` : 'blocked by the gates'),
  'action.awaiting_confirmation': () => 'shown, waiting for a yes',
  'action.confirmed': (entry, payload, { person }) => `confirmed by ${person(entry.actor)}${typeof payload.channel === 'string' ? ` (${payload.channel})` : ''}`,
  'action.rejected': (entry, payload, { person }) => `rejected by ${person(entry.actor)}${payload.reason ? `: ${String(payload.reason)}` : ''}`,
  'action.expired': (_entry, payload) => `expired${payload.reason ? `: ${String(payload.reason)}` : ''}`,
  'action.cleared': () => 'cleared',
  'press.refused': (entry, _payload, { person }) => `a press by ${person(entry.actor)} was refused`,
  'press.first_of_two': (entry, _payload, { person }) => `first yes, by ${person(entry.actor)}`,
  'order.sending': (_entry, payload) => { const order = payload.order as { category: string; side: string; quantity: number; symbol: string }; return `sent ${order.category.toLowerCase().replace('_', ' ')}: ${order.side} ${formatCount(order.quantity)} ${order.symbol}`; },
  'order.answered': (_entry, payload) => (payload.status === 'OPEN' || payload.status === 'PENDING' ? null : `the broker: ${String(payload.status).toLowerCase().replaceAll('_', ' ')}${payload.message ? `, ${String(payload.message)}` : ''}`),
  'order.unknown': () => 'the broker did not answer; looked up by its order id',
  'order.refused': (_entry, payload) => `not sent: ${String(payload.message)}`,
  'order.changed': (_entry, payload) => `order changed${payload.triggerPrice ? ` to a stop of ${formatPrice(Number(payload.triggerPrice), 'INR')}` : ''}`,
  'order.cancelled': () => 'order cancelled',
  fill: (_entry, payload) => { const fill = payload.fill as { quantity: number; price: string }; return `filled ${formatCount(fill.quantity)} at ${formatPrice(Number(fill.price), 'INR')}`; },
  'action.done': () => null, 'action.executing': () => null, 'action.gated': () => null,
  'action.failed': (_entry, payload) => `failed: ${String(payload.sentence ?? '')}`,
};

/** Any trade from the document it came from to the last fill; each line opens its record. */
export async function tradeStory({ executor, market, actionId }: { executor: Executor; market: MarketView; actionId: string }): Promise<CardStory> {
  const stored = await actionById(executor, actionId);
  const card = await cardOfAction(executor, actionId);
  if (!stored) return { title: 'There is no such trade', entries: [] };
  const people = await listPeople(executor);
  const names: Names = { person: (id) => people.find((person) => person.id === id)?.name ?? id };
  const entries: StoryEntry[] = [];
  const event = card?.eventId ? await eventById(executor, card.eventId, market.now()) : null;
  if (event) entries.push({ at: event.happenedAt, text: `${event.source}: ${event.title}`, kind: 'event', ref: `event:${event.id}` });
  const signal = card?.signalId ? await signalById(executor, card.signalId) : null;
  if (signal) entries.push({ at: signal.happenedAt, text: `${signal.strategy.replaceAll('_', ' ')} signal`, kind: 'signal', ref: signal.featureId ? `feature:${signal.featureId}` : null });
  if (card) entries.push({ at: stored.marketTime, text: `card ${card.number} drawn up`, kind: 'card', ref: `card:${card.number}` });
  for (const entry of await auditOf(executor, actionId)) {
    const text = lines[entry.kind]?.(entry, JSON.parse(entry.payload) as Record<string, unknown>, names) ?? null;
    if (text) entries.push({ at: entry.at, text, kind: entry.kind, ref: `audit:${entry.sequence}` });
  }
  const title = actionSentence(stored.action, { currency: 'INR', symbol: card?.symbol ?? null, held: null, accountName: null, last: null });
  return { title: card ? `Card ${card.number}: ${title}` : title, entries };
}
