import type { Decimal } from '../decimal.ts';
import { type Currency, formatPercent, formatPrice } from '../format.ts';
import { type Instant, timeIn, type Zone } from '../time.ts';
import type { Drift } from './drift.ts';

/** Why a press does nothing. Each says itself in one sentence; whoever pressed always gets an answer. */
export type Refusal =
  | { code: 'NOT_FOUND' }
  | { code: 'NOT_ELIGIBLE'; canView: boolean; accountName: string | null }
  | { code: 'ALREADY_DECIDED'; status: 'confirmed' | 'rejected' | 'expired' | 'superseded'; byPerson: string | null; byYou: boolean; channel: string | null; at: Instant | null }
  | { code: 'ALREADY_APPROVED'; approvalsNeeded: number }
  | { code: 'OTHER_CONTENT' }
  | { code: 'EXPIRED'; at: Instant; price: { now: Decimal | number; changePercent: number } | null }
  | { code: 'DRIFTED'; symbol: string; now: Decimal | number; drift: Drift }
  | { code: 'PRICE_UNKNOWN'; symbol: string };

interface Wording { /** "card 12", or what else it is called. */ subject: string; zone: Zone; currency: Currency }

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const moved = (percent: number): string => `${formatPercent(Math.abs(percent))} ${percent < 0 ? 'below' : 'above'}`;
const statusWords = { confirmed: 'Already confirmed', rejected: 'Already rejected', expired: 'Expired', superseded: 'Replaced by a newer one' } as const;

export function refusalSentence(refusal: Refusal, { subject, zone, currency }: Wording): string {
  switch (refusal.code) {
    case 'NOT_FOUND': return 'Nothing is waiting under this number. Nothing was sent.';
    case 'NOT_ELIGIBLE': {
      const where = refusal.accountName === null ? 'it' : `on ${refusal.accountName}`;
      return refusal.canView ? `You can see this card but not confirm ${where}. Nothing was sent.` : 'This is not yours to decide. Nothing was sent.';
    }
    case 'ALREADY_DECIDED': {
      const by = refusal.byYou ? ' by you' : refusal.byPerson === null ? '' : ` by ${refusal.byPerson}`;
      const channel = refusal.channel === null ? '' : ` in ${capital(refusal.channel)}`;
      return `${statusWords[refusal.status]}${by}${channel}${refusal.at === null ? '' : ` at ${timeIn(refusal.at, zone)}`}.`;
    }
    case 'ALREADY_APPROVED': return `You have said yes already; it needs ${refusal.approvalsNeeded} people.`;
    case 'OTHER_CONTENT': return `Not sent: ${subject} has changed since it was shown. Nothing was sent.`;
    case 'EXPIRED': {
      const price = refusal.price === null ? '' : ` The price is now ${formatPrice(refusal.price.now, currency)}, ${moved(refusal.price.changePercent)}.`;
      return `Not sent: ${subject} expired at ${timeIn(refusal.at, zone)}.${price}`;
    }
    case 'DRIFTED':
      return `Not sent: ${refusal.symbol} is now ${formatPrice(refusal.now, currency)}, ${moved(refusal.drift.percent)} what ${subject} showed; a yes holds within ${formatPercent(refusal.drift.boundPercent)}.`;
    case 'PRICE_UNKNOWN': return `Not sent: the price of ${refusal.symbol} is not known now, so nobody can say whether ${subject} still holds.`;
  }
}
