import type { Executor } from '../../db/client.ts';
import { actionById, reportById } from '../../db/stores/actions.ts';
import { auditEntry } from '../../db/stores/audit.ts';
import { cardByNumber } from '../../db/stores/cards.ts';
import { eventById } from '../../db/stores/events.ts';
import { orderById } from '../../db/stores/execution.ts';
import { featuresById, signalById } from '../../db/stores/research.ts';
import type { MarketView } from '../../tools/services.ts';
import { ConversationRefusal, type Evidence } from '../conversation-service.ts';

const field = (name: string, value: unknown): { name: string; value: string } => ({ name, value: value === null || value === undefined ? 'unknown' : typeof value === 'number' ? String(Number(value.toFixed(4))) : typeof value === 'string' ? value : JSON.stringify(value) });
const words = (key: string): string => key.replace(/([A-Z0-9]+)/g, ' $1').toLowerCase().trim();
const none = (): never => { throw new ConversationRefusal('NOT_FOUND', 'There is no such record.'); };
const uuid = /^[0-9a-f-]{36}$/;

/** The record behind a bullet or a line of a story (`event:…`, `feature:…`, `audit:…`, `card:…`); a bare id is an event or a feature row. */
export async function evidenceOf({ executor, market, ref, viewableAccountIds }: { executor: Executor; market: MarketView; ref: string; viewableAccountIds: readonly string[] }): Promise<Evidence> {
  const [kind, id] = ref.includes(':') ? [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)] : ['', ref];
  if ((kind === 'event' || kind === '') && uuid.test(id)) {
    const event = await eventById(executor, id, market.now());
    if (event) return { title: event.title, body: event.body, source: event.source, url: event.artifactUrl ?? event.sourceUrl ?? null, happenedAt: event.happenedAt, knownAt: event.knownAt, fields: [field('type', event.eventType), field('symbols', event.symbols.join(', ') || 'none linked')] };
  }
  if ((kind === 'feature' || kind === '') && uuid.test(id)) {
    const row = await featuresById(executor, id);
    if (row) return { title: `${row.symbol}: features of ${row.asOf}`, body: 'Computed from daily bars, adjusted for splits and bonuses known by then.', source: 'features', url: null, happenedAt: null, knownAt: row.knownAt, fields: Object.entries(row.values).map(([key, value]) => field(words(key), value)) };
  }
  if (kind === '' && uuid.test(id)) {
    const signal = await signalById(executor, id);
    if (signal) return { title: `${signal.symbol}: ${signal.strategy.replaceAll('_', ' ')} signal`, body: 'What comparable set-ups of the past came to, of what was known then.', source: 'signals', url: null, happenedAt: signal.happenedAt, knownAt: signal.knownAt, fields: [field('comparable set-ups', signal.comparableCount), field('hit the target first', signal.tpProbability), field('hit the stop first', signal.slProbability), field('edge percent', signal.edgePercent), field('horizon days', signal.horizonDays)] };
  }
  if (kind === 'order' && uuid.test(id)) {
    const order = await orderById(executor, id);
    if (order && viewableAccountIds.includes(order.accountId)) return { title: `${order.side} ${order.quantity} ${order.symbol}`, body: order.message ?? '', source: 'orders', url: null, happenedAt: order.marketTime, knownAt: order.createdAt, fields: [field('category', order.category), field('type', order.type), field('status', order.status), field('filled', order.filledQuantity), field('average price', order.averagePrice), field('limit', order.limitPrice), field('trigger', order.triggerPrice), field('client order id', order.clientOrderId)] };
  }
  if (kind === 'report' && uuid.test(id)) {
    const report = await reportById(executor, id);
    const action = report ? await actionById(executor, report.actionId) : null;
    if (report && action && (action.accountId === null || viewableAccountIds.includes(action.accountId))) return { title: `Gate report: ${report.report.verdict}`, body: report.report.checks.map((check) => `${check.passed ? '✓' : '✗'} ${check.message}`).join('\n'), source: 'gates', url: null, happenedAt: report.at, knownAt: report.at, fields: [field('digest', report.digest), field('snapshot', report.snapshotDigest), field('policy', report.report.policyVersion)] };
  }
  if (kind === 'audit' && /^\d+$/.test(id)) {
    const entry = await auditEntry(executor, Number(id));
    const action = entry && uuid.test(entry.subject) ? await actionById(executor, entry.subject) : null;
    if (entry && action && (action.accountId === null || viewableAccountIds.includes(action.accountId))) {
      const payload = JSON.parse(entry.payload) as Record<string, unknown>;
      return { title: `Audit entry ${entry.sequence}: ${entry.kind}`, body: `hash ${entry.hash}\nafter ${entry.previousHash}`, source: 'audit', url: null, happenedAt: entry.at, knownAt: entry.at, fields: Object.entries(payload).filter(([, value]) => typeof value !== 'string' || value.length < 400).map(([key, value]) => field(words(key), value)) };
    }
  }
  if (kind === 'card' && /^\d+$/.test(id)) {
    const card = await cardByNumber(executor, Number(id));
    if (card && (card.accountId === null || viewableAccountIds.includes(card.accountId))) return { title: `Card ${card.number}`, body: card.thesis.map((bullet) => bullet.text).join('\n'), source: 'desk', url: null, happenedAt: card.marketTime, knownAt: card.createdAt, fields: [field('status', card.status), field('strategy', card.strategy), field('confidence', card.confidence), field('edge percent', card.edgePercent), field('horizon days', card.horizonDays)] };
  }
  return none();
}
