import type { Action } from '../../desk/actions/types.ts';
import { type Currency, formatCount, formatMoney, formatPrice } from '../../desk/format.ts';

interface Around { currency: Currency; symbol: string | null; held: number | null; accountName: string | null; last: number | null }

const words = (kind: string): string => kind.replaceAll('_', ' ');

/** The action in one line, as the card's first and the audit's: rendered from the typed action alone. */
export function actionSentence(action: Action, around: Around): string {
  const price = (value: string | number): string => formatPrice(Number(value), around.currency);
  const money = (minor: number): string => formatMoney(minor, around.currency);
  const inAccount = around.accountName ? ` in ${around.accountName}` : '';
  switch (action.kind) {
    case 'enter': {
      const at = action.orderType === 'LIMIT' && action.limitPrice ? ` at ${action.side === 'BUY' ? '≤' : '≥'} ${price(action.limitPrice)}` : ` at market${around.last ? `, about ${price(around.last)}` : ''}`;
      const target = action.bracket.target ? ` · target ${price(action.bracket.target)}` : '';
      const trail = action.bracket.trail ? ` · trails by ${price(action.bracket.trail.distance)}` : '';
      const when = action.onlyIf ? ` · only while it is ${action.onlyIf.comparison.toLowerCase()} ${price(action.onlyIf.price)}` : '';
      return `${action.side} ${formatCount(action.quantity)} ${action.symbol}${at} · stop ${price(action.bracket.stop)}${target}${trail} · horizon ${action.horizonDays} ${action.horizonDays === 1 ? 'day' : 'days'}${when}`;
    }
    case 'exit': case 'reduce': {
      const held = Math.abs(around.held ?? 0);
      const quantity = action.kind === 'reduce' ? action.quantity : held;
      const of = held > 0 && quantity < held ? ` of ${formatCount(held)}` : '';
      const at = action.limitPrice ? ` at ${price(action.limitPrice)}` : ` at market${around.last ? `, about ${price(around.last)}` : ''}`;
      return `${(around.held ?? 1) >= 0 ? 'SELL' : 'BUY'} ${formatCount(quantity)}${of} ${action.symbol}${at}`;
    }
    case 'cancel': return `Cancel the ${around.symbol ?? ''} order`.replace('  ', ' ');
    case 'modify': {
      const parts = [
        action.stop ? `stop to ${price(action.stop)}` : '', action.target ? `target to ${price(action.target)}` : '', action.limitPrice ? `price to ${price(action.limitPrice)}` : '',
        action.trail ? `trail by ${price(action.trail.distance)}` : action.trail === null ? 'no trail' : '',
      ].filter(Boolean);
      return `Move ${around.symbol ?? 'the order'}: ${parts.join(', ')}`;
    }
    case 'close_all': return `${action.haltEntries ? 'Flatten and stop' : 'Close every position'}${inAccount}`;
    case 'transfer_cash': return `Transfer ${money(action.amountMinor)}${around.accountName ? ` from ${around.accountName}` : ''}`;
    case 'deposit': return `Deposit ${money(action.amountMinor)}${inAccount}`;
    case 'withdrawal': return `Withdraw ${money(action.amountMinor)}${around.accountName ? ` from ${around.accountName}` : ''}`;
    case 'mandate_change': return `Change the mandate${inAccount}: ${action.summary}`;
    case 'pause': return `Pause new entries${inAccount || ' in every account'}`;
    case 'resume': return `Resume new entries${inAccount || ' in every account'}`;
    case 'kill_switch_trip': return `Halt${inAccount || ' the whole desk'}: ${action.reason}`;
    case 'watchlist_edit': return [action.add.length ? `Watch ${action.add.join(', ')}` : '', action.remove.length ? `stop watching ${action.remove.join(', ')}` : ''].filter(Boolean).join('; ');
    default: return `${words(action.kind).replace(/^./, (letter) => letter.toUpperCase())}${inAccount}`;
  }
}
