import type { GateReport } from '../../desk/gates/define.ts';
import { type Currency, formatCount, formatPrice } from '../../desk/format.ts';

type Payload = Record<string, unknown>;
export interface StoryNames { /** `you` for whoever asks. */ person(id: string): string; channel(threadId: string): string | null; currency: Currency }
interface Line { kind: string; text: string }
type Read = (payload: Payload, entry: { actor: string }, names: StoryNames) => Line | null;

const words = (value: unknown): string => String(value).toLowerCase().replaceAll('_', ' ');
const because = (reason: unknown): string => (typeof reason === 'string' && reason !== '' ? `: ${reason}` : '');
const inChannel = (channel: unknown): string => (typeof channel === 'string' && channel !== '' ? ` (${channel})` : '');

/** Passed of those that applied: 14/15. */
function gates(payload: Payload): string {
  const report = JSON.parse(String(payload.report)) as GateReport;
  const judged = report.checks.filter((check) => check.code !== 'NOT_APPLICABLE');
  return `${judged.filter((check) => check.passed).length}/${judged.length}`;
}
const phases: Record<string, string> = { propose: 'gates', confirm: 'gates again', tranche: 'gates for the tranche' };
const legs: Record<string, string> = { ENTRY: '', EXIT: ' exit', STOP_LOSS: ' stop', TAKE_PROFIT: ' target', TRAIL: ' trailing stop' };

/** How each kind of audit entry reads; null where it adds nothing. */
const lines: Readonly<Record<string, Read>> = {
  'gate.report': (payload) => ({ kind: 'gates', text: `${phases[String(payload.phase)] ?? 'gates'} ${gates(payload)}` }),
  'action.blocked': (payload) => ({ kind: 'blocked', text: `blocked by the gates${because(payload.refusal)}` }),
  'action.awaiting_confirmation': (payload, _entry, names) => ({ kind: 'shown', text: `shown${inChannel(typeof payload.threadId === 'string' ? names.channel(payload.threadId) : null)}, waiting for a yes` }),
  'action.confirmed': (payload, entry, names) => ({ kind: 'confirmed', text: `confirmed by ${names.person(entry.actor)}${inChannel(payload.channel)}` }),
  'action.rejected': (payload, entry, names) => ({ kind: 'rejected', text: `rejected by ${names.person(entry.actor)}${inChannel(payload.channel)}${because(payload.reason)}` }),
  'action.expired': (payload) => ({ kind: 'expired', text: `expired${because(payload.reason ?? payload.refusal)}` }),
  'press.refused': (payload, entry, names) => ({ kind: 'refused', text: `a press by ${names.person(entry.actor)}${inChannel(payload.channel)} was refused` }),
  'press.first_of_two': (payload, entry, names) => ({ kind: 'confirmed', text: `first yes by ${names.person(entry.actor)}${inChannel(payload.channel)}` }),
  'action.cleared': () => ({ kind: 'cleared', text: 'cleared and signed by the gate' }),
  'order.sending': (payload) => {
    const order = payload.order as { category?: string; side?: string; quantity?: number; symbol?: string };
    return { kind: 'sent', text: `sent${legs[order.category ?? ''] ?? ''}: ${order.side ?? ''} ${formatCount(order.quantity ?? 0)} ${order.symbol ?? ''}` };
  },
  'order.answered': (payload) => (['OPEN', 'PENDING', 'FILLED', 'PARTIALLY_FILLED'].includes(String(payload.status)) ? null : { kind: 'broker', text: `the broker: ${words(payload.status)}${because(payload.message)}` }),
  'order.unknown': () => ({ kind: 'broker', text: 'the broker did not answer; looked up by its order id' }),
  'order.refused': (payload) => ({ kind: 'broker', text: `not sent${because(payload.message)}` }),
  'order.changed': (payload, _entry, { currency }) => ({ kind: 'changed', text: `order changed${payload.triggerPrice ? ` to a stop of ${formatPrice(Number(payload.triggerPrice), currency)}` : payload.limitPrice ? ` to a limit of ${formatPrice(Number(payload.limitPrice), currency)}` : ''}` }),
  'order.cancelled': () => ({ kind: 'cancelled', text: 'order cancelled' }),
  'order.change_unknown': () => ({ kind: 'broker', text: 'the broker did not answer a change of the order' }),
  fill: (payload, _entry, { currency }) => {
    const fill = payload.fill as { quantity: number; price: string };
    const position = payload.position as { quantity?: number } | undefined;
    return { kind: 'filled', text: `${payload.side === 'SELL' ? 'sold' : 'filled'} ${formatCount(fill.quantity)} @ ${formatPrice(Number(fill.price), currency)}${position?.quantity === 0 ? ', position closed' : ''}` };
  },
  'action.failed': (payload) => ({ kind: 'failed', text: `failed${because(payload.sentence)}` }),
};

export const storyLine = (kind: string, payload: Payload, entry: { actor: string }, names: StoryNames): Line | null => lines[kind]?.(payload, entry, names) ?? null;
