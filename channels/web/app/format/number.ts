/** Numbers as they stand on the page: grouped as the person likes (dollars always the Western way), a true minus sign, "—" for what is not known. */
export const unknown = '—';
const minus = '\u2212';
const symbols: Record<string, string> = { INR: '₹', USD: '$' };

let usualLocale = 'en-IN';
/** 12,34,567 or 1,234,567. */
export const setGrouping = (grouping: 'indian' | 'western'): void => {
  usualLocale = grouping === 'indian' ? 'en-IN' : 'en-US';
};

const formats = new Map<string, Intl.NumberFormat>();
function grouped(absolute: number, decimals: { least: number; most: number }, locale = usualLocale): string {
  const key = `${locale} ${decimals.least} ${decimals.most}`;
  let format = formats.get(key);
  if (!format)
    formats.set(
      key,
      (format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals.least, maximumFractionDigits: decimals.most })),
    );
  return format.format(absolute);
}

/** A sign only where there is something to sign: what rounds to zero has none. */
function signed(text: string, value: number, plus: boolean): string {
  if (!/[1-9]/.test(text)) return text;
  return value < 0 ? minus + text : plus ? `+${text}` : text;
}

export function formatNumber(value: number | null, input: { decimals?: number; plus?: boolean } = {}): string {
  if (value === null || !Number.isFinite(value)) return unknown;
  const decimals = input.decimals === undefined ? { least: 0, most: 4 } : { least: input.decimals, most: input.decimals };
  return signed(grouped(Math.abs(value), decimals), value, input.plus ?? false);
}

/** `₹12,34,500` or `$1,234,500`; paise only when asked for. */
export function formatMoney(value: number | null, input: { currency?: 'INR' | 'USD'; decimals?: number; plus?: boolean } = {}): string {
  if (value === null || !Number.isFinite(value)) return unknown;
  const currency = input.currency ?? 'INR';
  const most = input.decimals ?? 0;
  const text = symbols[currency] + grouped(Math.abs(value), { least: most, most }, currency === 'INR' ? usualLocale : 'en-US');
  return signed(text, value, input.plus ?? false);
}

export const formatPrice = (value: number | null): string => formatNumber(value, { decimals: 2 });
export const formatPercent = (value: number | null, input: { plus?: boolean; decimals?: number } = {}): string =>
  value === null || !Number.isFinite(value)
    ? unknown
    : `${formatNumber(value, { decimals: input.decimals ?? 2, plus: input.plus ?? false })} %`;

/** A gate's figure in its own unit. */
export function formatMeasure(value: number | null, unit: string): string {
  if (value === null) return unknown;
  if (unit === 'percent' || unit === '%') return `${formatNumber(Number(value.toFixed(2)))} %`;
  if (unit === 'INR' || unit === '₹') return formatMoney(value);
  if (unit === 'USD' || unit === '$') return formatMoney(value, { currency: 'USD' });
  if (unit === 'paise') return formatMoney(value / 100);
  const text = formatNumber(Number(value.toFixed(4)));
  return unit === '' ? text : `${text} ${unit}`;
}

/** Decimals that a column needs so that its figures line up: none when all are whole, else two, four at most. */
export function columnDecimals(values: readonly (string | number | null | undefined)[]): number {
  let needed = 0;
  for (const value of values) {
    if (typeof value !== 'number' || Number.isInteger(value)) continue;
    const digits = String(Number(value.toFixed(4))).split('.')[1]?.length ?? 0;
    needed = Math.max(needed, digits > 2 ? 4 : 2);
  }
  return needed;
}

/** `EVENT_TACTICAL` → `Event tactical`; an abbreviation stays as it is. */
export const kindWords = (kind: string): string => (kind.length <= 3 ? kind : sentenceCase(kind.toLowerCase()));

/** `risk_per_trade` → `Risk per trade`. */
export const sentenceCase = (id: string): string => {
  const words = id.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The same from minor units (paise, cents). */
export const formatMinor = (minor: number | null, input: { currency?: 'INR' | 'USD'; decimals?: number; plus?: boolean } = {}): string =>
  formatMoney(minor === null ? null : minor / 100, input);
