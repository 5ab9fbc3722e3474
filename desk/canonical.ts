import { createHash } from 'node:crypto';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One text for one value (RFC 8785 in spirit): keys sorted by code unit, no white space, `undefined` members left out,
 * numbers in JavaScript's shortest form. What is hashed is exactly this text, and this text is what is stored.
 * @throws TypeError for anything that JSON cannot say exactly (NaN, Infinity, functions, dates, bigint).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`no canonical form for ${value}`);
    return JSON.stringify(Object.is(value, -0) ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)) {
    const record = value as Record<string, unknown>;
    const members = Object.keys(record).filter((key) => record[key] !== undefined).sort();
    return `{${members.map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`).join(',')}}`;
  }
  throw new TypeError(`no canonical form for ${Object.prototype.toString.call(value)}`);
}

/** SHA-256 over the text's UTF-8 bytes, in lower-case hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
