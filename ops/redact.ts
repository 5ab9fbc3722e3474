const SECRET_NAME = /(token(?!s)|secret|password|passphrase|authorization|cookie|api[-_]?key|private[-_]?key|credential)/i;
const ADDRESS_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi;
const BEARER = /\b(bearer\s+)[\w.~+/=-]+/gi;
const HIDDEN = '[redacted]';
const LONGEST_TEXT = 4000;
const DEEPEST = 6;

/** A function that makes any value fit for a log: secrets hidden by name and by value, errors as fields, nothing endless. */
export function redactor(secrets: readonly string[]): (value: unknown) => unknown {
  // A short secret would hide half of every sentence; longest first, since one may contain another.
  const hidden = secrets.filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
  const clean = (text: string): string => {
    const masked = hidden.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text).replace(ADDRESS_PASSWORD, `$1${HIDDEN}@`).replace(BEARER, `$1${HIDDEN}`);
    return masked.length > LONGEST_TEXT ? `${masked.slice(0, LONGEST_TEXT)}… (${masked.length} characters)` : masked;
  };
  const walk = (value: unknown, depth: number, above: readonly object[]): unknown => {
    if (typeof value === 'string') return clean(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    if (value === undefined || value === null || typeof value === 'boolean') return value;
    if (typeof value !== 'object') return `[${typeof value}]`;
    if (above.includes(value)) return '[circular]';
    if (depth >= DEEPEST) return '[deeper]';
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    const path = [...above, value];
    if (Array.isArray(value)) return value.map((each) => walk(each, depth + 1, path));
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    const members = Object.entries(value instanceof Map ? Object.fromEntries(value) : value);
    if (value instanceof Error) {
      for (const name of ['cause', 'stack', 'message', 'name'] as const) members.unshift([name, value[name]]);
    }
    return Object.fromEntries(members.map(([name, member]) =>
      [name, SECRET_NAME.test(name) && (typeof member === 'string' || typeof member === 'object') && member !== null ? HIDDEN : walk(member, depth + 1, path)]));
  };
  return (value) => walk(value, 0, []);
}
