import { hash } from 'node:crypto';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Member names come again and again; so many of them are kept quoted. */
const quotedNames = new Map<string, string>();
const mostNames = 10_000;
function quoted(name: string): string {
  const there = quotedNames.get(name);
  if (there !== undefined) return there;
  const text = `${JSON.stringify(name)}:`;
  if (quotedNames.size < mostNames) quotedNames.set(name, text);
  return text;
}

/** Printable ASCII without quotes and backslashes: nothing in it is escaped. */
const plain = /^[ !#-[\]-~]*$/;

/** By code unit. A few names are put in order in their place, sooner than `sort` has begun. */
function sortedNames(record: object): string[] {
  const names = Object.keys(record);
  if (names.length > 32) return names.sort();
  for (let i = 1; i < names.length; i += 1) {
    const name = names[i]!;
    let to = i;
    for (; to > 0 && names[to - 1]! > name; to -= 1) names[to] = names[to - 1]!;
    names[to] = name;
  }
  return names;
}

/**
 * One text for one value (RFC 8785 in spirit): keys sorted by code unit, no white space, `undefined` members left out,
 * numbers in JavaScript's shortest form. What is hashed is exactly this text, and this text is what is stored.
 * @throws TypeError for anything that JSON cannot say exactly (NaN, Infinity, functions, dates, bigint).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return plain.test(value) ? `"${value}"` : JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`no canonical form for ${value}`);
    return String(Object.is(value, -0) ? 0 : value);
  }
  if (Array.isArray(value)) return listText(value);
  if (typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)) return recordText(value as Record<string, unknown>);
  throw new TypeError(`no canonical form for ${Object.prototype.toString.call(value)}`);
}

function listText(values: readonly unknown[]): string {
  let text = '';
  for (let i = 0; i < values.length; i += 1) text += i === 0 ? canonicalJson(values[i]) : `,${canonicalJson(values[i])}`;
  return `[${text}]`;
}

function recordText(record: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const name of sortedNames(record)) {
    const member = record[name];
    if (member !== undefined) text += (text === '' ? '' : ',') + quoted(name) + canonicalJson(member);
  }
  return `{${text}}`;
}

/** SHA-256 over the text's UTF-8 bytes, in lower-case hex. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
