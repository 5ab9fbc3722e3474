/**
 * A plain decimal with spaces around it, or NaN. Stricter than `Number`, which reads an empty field as 0 and takes
 * `0x1f`, `1e9` and `Infinity`: a missing value is never zero.
 */
export function readDecimal(text: string): number {
  const trimmed = text.charCodeAt(0) === 32 || text.charCodeAt(text.length - 1) === 32 ? text.trim() : text;
  if (trimmed.length === 0 || trimmed.length > 40) return Number.NaN;
  for (let i = 0; i < trimmed.length; i++) {
    const code = trimmed.charCodeAt(i);
    if ((code < 48 || code > 57) && code !== 46 && !(code === 45 && i === 0)) return Number.NaN;
  }
  return Number(trimmed);
}

const GROUPED = /^\s*-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?\s*$/;
/** Takes the grouping out of a printed number, Indian or Western: `1,24,06,478`, `4,036.65`. A comma anywhere else stays, so that the field fails its own check. */
export const ungrouped = (text: string): string => (text.indexOf(',') !== -1 && GROUPED.test(text) ? text.replaceAll(',', '') : text);

/** A count: a whole number that a double holds exactly, else NaN. `7398.0` is whole. */
export function readCount(text: string): number {
  const value = readDecimal(text);
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

/** True for what sources print instead of a missing value. */
export const isBlank = (text: string): boolean => {
  const trimmed = text.trim();
  return trimmed === '' || trimmed === '-' || trimmed === 'NA' || trimmed === 'null';
};

/**
 * Gives back the price that was printed when a collector has stored it as a 32-bit float (`4494.64990234375` was
 * 4494.65). Only when the rounded value has exactly that 32-bit form; any other value stays as it is.
 */
export function printedPrice(value: number): number {
  const rounded = Math.round(value * 100) / 100;
  return rounded !== value && Math.fround(rounded) === value ? rounded : value;
}
