import type { Decimal, Minor } from './decimal.ts';
import type { TradingDate } from './time.ts';

/**
 * How figures read, everywhere: ₹12,34,500 or $1,234,500, `46 %`, `−4.1 %` with a true minus. Hand-written because
 * a gate report formats some fifty figures and `Intl` costs more than the gates do.
 */
export type Currency = 'INR' | 'USD';
export type Grouping = 'indian' | 'western';

export const groupingOf = (currency: Currency): Grouping => (currency === 'INR' ? 'indian' : 'western');
const signOf: Record<Currency, string> = { INR: '₹', USD: '$' };
const MINUS = '−';

function grouped(digits: string, grouping: Grouping): string {
  if (digits.length <= 3) return digits;
  const step = grouping === 'indian' ? 2 : 3;
  let text = digits.slice(-3);
  for (let end = digits.length - 3; end > 0; end -= step) text = `${digits.slice(Math.max(0, end - step), end)},${text}`;
  return text;
}

/** Fixed decimals with groups. Anything that is not a finite number reads as `unknown`: a figure is never invented. */
function fixed(value: number, decimals: number, grouping: Grouping, prefix = ''): string {
  if (!Number.isFinite(value)) return 'unknown';
  const text = Math.abs(value) < 1e21 ? Math.abs(value).toFixed(decimals) : BigInt(Math.round(Math.abs(value))).toString();
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const fraction = point < 0 ? '' : text.slice(point);
  const zero = !/[1-9]/.test(text);
  return `${value < 0 && !zero ? MINUS : ''}${prefix}${grouped(whole, grouping)}${fraction}`;
}

/** A count of shares, contracts, days: `12,34,500`. */
export const formatCount = (count: number, grouping: Grouping = 'indian'): string => fixed(count, Number.isInteger(count) ? 0 : 2, grouping);
/** With its noun: `1 order`, `12,500 shares`. */
export const formatCounted = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Whole units (`₹838`); below ten units with the minor ones, so that `₹0.45` does not read as nothing. */
export function formatMoney(minor: Minor, currency: Currency, grouping: Grouping = groupingOf(currency)): string {
  const small = Math.abs(minor) < 1000 && minor % 100 !== 0;
  return small ? formatMoneyExact(minor, currency, grouping) : fixed(Math.sign(minor) * Math.round(Math.abs(minor) / 100), 0, grouping, signOf[currency]);
}

/** To the last minor unit: `₹837.60`. */
export const formatMoneyExact = (minor: Minor, currency: Currency, grouping: Grouping = groupingOf(currency)): string =>
  fixed(minor / 100, 2, grouping, signOf[currency]);

/** Two amounts that are compared: in whole units unless that would print a difference away. */
export function formatMoneyPair(first: Minor, second: Minor, currency: Currency): [string, string] {
  const texts: [string, string] = [formatMoney(first, currency), formatMoney(second, currency)];
  return texts[0] === texts[1] && first !== second ? [formatMoneyExact(first, currency), formatMoneyExact(second, currency)] : texts;
}

/** A price with at least two decimals and all that it has, up to four: `₹384.50`, `$0.1234`. */
export function formatPrice(price: Decimal | number, currency: Currency, grouping: Grouping = groupingOf(currency)): string {
  const value = Number(price);
  const four = Math.abs(value).toFixed(4);
  return fixed(value, four.endsWith('00') ? 2 : four.endsWith('0') ? 3 : 4, grouping, signOf[currency]);
}

const trimmed = (value: number, decimals: number): string => {
  const text = fixed(value, decimals, 'western');
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};
const readable = (value: number): number => (Math.abs(value) < 1 ? 2 : Math.abs(value) < 100 ? 1 : 0);

/** `46 %`, `1.2 %`, `0.17 %`: two decimals below one, one below a hundred, unless told. */
export const formatPercent = (percent: number, decimals: number = readable(percent)): string =>
  (Number.isFinite(percent) ? `${trimmed(percent, decimals)} %` : 'unknown');
/** With its sign, for changes: `+0.6 %`, `−1.2 %`. */
export const formatChange = (percent: number): string => `${percent > 0 ? '+' : ''}${formatPercent(percent)}`;

/** Two percentages that are compared, with as many decimals as it takes to tell them apart (six at most). */
export function formatPercentPair(first: number, second: number): [string, string] {
  for (let decimals = 0; decimals <= 4; decimals += 1) {
    const texts: [string, string] = [formatPercent(first, Math.max(decimals, readable(first))), formatPercent(second, Math.max(decimals, readable(second)))];
    if (texts[0] !== texts[1] || first === second) return texts;
  }
  return [formatPercent(first, 6), formatPercent(second, 6)];
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
/** `12 July`; with the year when it is not that of `near`, or when none is given. */
export function formatDay(date: TradingDate, near?: TradingDate): string {
  const day = `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1] ?? ''}`;
  return near !== undefined && near.slice(0, 4) === date.slice(0, 4) ? day : `${day} ${date.slice(0, 4)}`;
}
