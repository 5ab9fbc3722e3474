import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

/** Turns a setting's text into its value. `allowed` completes the sentence "… is not allowed: give …". */
export interface Reader<T> { schema: z.ZodType<T, string>; allowed: string }

const reader = <T>(allowed: string, schema: z.ZodType<T, string>): Reader<T> => ({ allowed, schema });
const numeric = z.string().regex(/^-?\d+(\.\d+)?$/).transform(Number);
const between = (min: number, max: number): string => (max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`);

export const flag = reader('true or false', z.enum(['true', 'false']).transform((text) => text === 'true'));
export const text = reader('some text', z.string().min(1).max(2000));
export const whole = (min: number, max = Number.MAX_SAFE_INTEGER): Reader<number> => reader(`a whole number ${between(min, max)}`, numeric.pipe(z.int().min(min).max(max)));
export const number = (min: number, max = Number.MAX_SAFE_INTEGER): Reader<number> => reader(`a number ${between(min, max)}`, numeric.pipe(z.number().min(min).max(max)));
export const choice = <const T extends string>(...values: readonly T[]): Reader<T> => reader(values.join(', '), z.enum(values) as z.ZodType<T, string>);

/** Words with underscores, with commas between them; each once. */
export const names: Reader<readonly string[]> = reader('names with commas between them', z.string()
  .transform((value) => [...new Set(value.split(',').map((each) => each.trim()))]).refine((list) => list.every((each) => /^[a-z][a-z0-9_]*$/.test(each))));

/** An address with one of `protocols`, as it was written. */
export const address = (...protocols: readonly string[]): Reader<string> => reader(
  `an address that starts with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1))),
);

const list = (value: string): string[] => value.split(',').map((each) => each.trim()).filter((each) => each !== '');
export const wordList: Reader<readonly string[]> = reader('names with commas between them', z.string().transform(list).refine((each) => each.length > 0 && each.every((name) => /^[\w.-]+$/.test(name))));
export const addresses: Reader<readonly string[]> = reader('web addresses with commas between them', z.string().transform(list).refine((each) => each.length > 0 && each.every((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))));

const FIELD = /^(\*|\d+(-\d+)?(,\d+(-\d+)?)*)(\/\d+)?$/;
export const cron = reader('five cron fields, like 0 2 * * *', z.string().refine((value) => {
  const fields = value.trim().split(/\s+/);
  return fields.length === 5 && fields.every((field) => FIELD.test(field));
}));

export interface QuietHours { from: string; to: string }
/** Times on the exchange's wall; `from` after `to` runs over midnight. */
export const quietHours: Reader<QuietHours> = reader('two times like 22:00-07:00', z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
  .transform((value) => ({ from: value.slice(0, 5), to: value.slice(6) })));

const mailbox = z.email();
export const mailboxes: Reader<readonly string[]> = reader('e-mail addresses with commas between them', z.string()
  .transform((value) => value.split(',').map((each) => each.trim())).refine((list) => list.every((each) => mailbox.safeParse(each).success)));

function isEd25519(pem: string): boolean {
  try { return createPrivateKey(pem).asymmetricKeyType === 'ed25519'; } catch { return false; }
}
/** Line ends may be written `\n`, since many places that hold secrets keep a single line. */
export const ed25519Key = reader('an Ed25519 private key in PEM form', z.string().transform((value) => value.replaceAll('\\n', '\n')).refine(isEd25519));
