import { instant, timeIn, type Zone } from '../../desk/time.ts';
import type { Card } from '../vocabulary.ts';
import type { Button, Outgoing } from './outgoing.ts';
import { bold, italic, line, type Line } from './rich-text.ts';

const final = (card: Card): boolean => card.outcome !== null && card.confirmation === null;
const title = (card: Card): Line => line(card.cardNumber === null ? 'Card' : `Card ${card.cardNumber}`, ` · ${[card.account, card.world].filter(Boolean).join(' · ')}`);
const gates = ({ gates: { passed, warnings, blocks } }: Card): string =>
  `Gates: ${passed} passed${warnings ? `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : ''}${blocks ? `, ${blocks} blocked` : ''}.`;

function until(card: Card, zone: Zone): Line[] {
  const { confirmation } = card;
  if (!confirmation) return [];
  const drift = confirmation.driftPercent === null ? '' : ` or until the price moves ${confirmation.driftPercent.toFixed(2)} %`;
  return [line(italic(`Good until ${timeIn(instant(confirmation.expiresAt), zone)}${drift}.`))];
}
const stateWords: Record<Card['state'], string> = {
  PENDING: 'Confirmed; being checked again.', APPROVED: 'Confirmed; on its way.', EXECUTED: 'Sent to the broker.', FILLED: 'Filled.', CLOSED: 'Closed.', REJECTED: 'Rejected.', EXPIRED: 'Expired; nothing was sent.', BLOCKED: 'Blocked.', FAILED: 'Failed.',
};

function answers(card: Card): Button[] {
  const { confirmation, actionId } = card;
  if (!confirmation) return [];
  return [
    { label: 'Confirm', style: 'primary', press: { kind: 'answer', confirmationId: confirmation.id, actionId, choice: 'confirm' } },
    { label: 'Reject', style: 'danger', press: { kind: 'answer', confirmationId: confirmation.id, actionId, choice: 'reject' } },
  ];
}

/** A card as it stands. The order of its facts is fixed: what it does, what can be lost, why, what speaks against it. */
export function renderCardFor(card: Card, { zone, audience }: { zone: Zone; audience: 'private' | 'group' }): Outgoing {
  const about = { actionId: card.actionId, number: card.cardNumber, headline: card.headline, state: card.state };
  const whole = { subject: `card:${card.actionId}`, card: about };
  // In a group: what is decided and whether it may be, and none of the figures of the account.
  const head = audience === 'group' ? [line(card.cardNumber === null ? 'Card' : `Card ${card.cardNumber}`, ` · ${card.world}`), line(bold(card.headline))] : [title(card), line(bold(card.headline))];
  if (final(card)) return { ...whole, lines: [...head, line(audience === 'group' ? groupOutcome(card) : (card.outcome ?? ''))], buttons: [] };
  if (!card.confirmation) return { ...whole, lines: [...head, line(stateWords[card.state])], buttons: [] };
  if (audience === 'group') return { ...whole, lines: [...head, line(gates(card)), ...until(card, zone), line('The amounts are in your own chat with the desk.')], buttons: answers(card) };
  return {
    ...whole,
    lines: [
      ...head, ...(card.worstLoss ? [line(card.worstLoss)] : []),
      ...card.why.map(({ text, evidenceKind }, i) => line(`${i === 0 ? 'Why: ' : ''}(${i + 1}) ${text}${evidenceKind ? ` [${evidenceKind}]` : ''}`)),
      ...card.against.map((text, i) => line(`${i === 0 ? 'Against: ' : ''}${text}`)), line(gates(card)), ...card.counterfactuals.map((text) => line(text)), ...until(card, zone),
    ],
    buttons: [...answers(card), ...card.choices.map(({ label, command, style }): Button => ({ label, style: style ?? 'plain', press: { kind: 'say', command } }))],
  };
}

/** A refusal quotes limits and equity, so a group hears only that there was one. */
const groupOutcome = (card: Card): string => (card.state === 'EXECUTED' || card.state === 'FILLED' || card.state === 'CLOSED' || card.state === 'REJECTED' ? (card.outcome ?? '') : stateWords[card.state]);
