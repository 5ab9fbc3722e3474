import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownFieldsOnly } from '../../tools/known-fields.ts';

const Leg = z.object({ strike: z.number(), lots: z.number().default(1) }).describe('one leg');
const Input = z.object({
  legs: z.array(Leg).optional(), period: z.union([z.object({ from: z.string() }), z.literal('week')]).nullable().default(null), rows: z.array(z.looseObject({ close: z.number() })).default([]),
  pair: z.tuple([z.object({ a: z.number() })]).optional(), named: z.record(z.string(), z.object({ b: z.number() })).optional(), given: z.preprocess((value) => value, z.object({ c: z.number() })).optional(),
}).refine(({ legs }) => legs?.length !== 3, 'not three legs');
const closed = knownFieldsOnly(Input);

describe('a shape that knows its fields only', () => {
  it('takes what the shape itself takes, with its defaults and its own rules', () => {
    const given = { legs: [{ strike: 5 }], period: { from: 'x' }, rows: [{ close: 1, date: 'any' }], pair: [{ a: 1 }], named: { n: { b: 1 } }, given: { c: 1 } };
    expect(closed.parse(given)).toEqual(Input.parse(given));
    expect(closed.parse({})).toEqual({ period: null, rows: [] });
    expect(closed.safeParse({ legs: [{ strike: 1 }, { strike: 2 }, { strike: 3 }] }).error?.issues[0]?.message).toBe('not three legs');
    expect((z.toJSONSchema(closed, { io: 'input', unrepresentable: 'any' }) as unknown as { properties: { legs: { items: unknown } } }).properties.legs.items).toMatchObject({ description: 'one leg', additionalProperties: false });
  });

  it.each([
    [{ leg: [] }, [], 'leg'], [{ legs: [{ strike: 5, lot: 2 }] }, ['legs', 0], 'lot'], [{ period: { from: 'x', till: 'y' } }, ['period'], 'till'], [{ pair: [{ a: 1, z: 2 }] }, ['pair', 0], 'z'],
    [{ named: { n: { b: 1, z: 2 } } }, ['named', 'n'], 'z'], [{ given: { c: 1, z: 2 } }, ['given'], 'z'],
  ])('refuses %j, and says where', (given, path, key) => {
    expect(Input.safeParse(given).success).toBe(true);
    expect(closed.safeParse(given).error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', path, keys: [key] });
  });
});
