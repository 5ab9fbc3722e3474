import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Completion } from './completion.ts';

/** `settings`: what decides which model is asked how, by the names of the desk's settings; no key and no address. */
export const Header = z.strictObject({ cassette: z.literal(1), recordedAt: z.iso.datetime(), settings: z.record(z.string(), z.string()) });
export type Header = z.infer<typeof Header>;
export const Recording = z.strictObject({
  key: z.string(), answer: Completion,
  request: z.strictObject({ model: z.string(), tools: z.string(), settings: z.string(), messages: z.array(z.strictObject({ role: z.string(), digest: z.string() })) }),
});
export type Recording = z.infer<typeof Recording>;

/** In one sentence, why evals cannot be recorded or played. */
export class CassetteRefusal extends Error { override readonly name = 'CassetteRefusal'; }

/** @throws CassetteRefusal where there is no such file, or a line of it is something else. */
export function readCassette(file: string): { header: Header; recordings: Recording[] } {
  let lines: string[];
  try { lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== ''); } catch { throw new CassetteRefusal(`There is no cassette ${file}.`); }
  const parsed = <T>(shape: z.ZodType<T>, line: string, number: number): T => {
    let value: unknown;
    try { value = JSON.parse(line); } catch { throw new CassetteRefusal(`${file} is no cassette: line ${number} is no JSON.`); }
    const result = shape.safeParse(value);
    if (!result.success) throw new CassetteRefusal(`${file} is no cassette: line ${number}, ${result.error.issues[0]?.path.join('.') || 'the line'}: ${result.error.issues[0]?.message ?? 'does not fit'}.`);
    return result.data;
  };
  const [first = '', ...rest] = lines;
  return { header: parsed(Header, first, 1), recordings: rest.map((line, index) => parsed(Recording, line, index + 2)) };
}
