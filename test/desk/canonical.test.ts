import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf } from '../../desk/canonical.ts';

/** The same members put in another order, all the way down. */
const shuffled = (value: unknown): unknown => (Array.isArray(value) ? value.map(shuffled)
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).reverse().map(([name, member]) => [name, shuffled(member)])) : value);

describe('the canonical text', () => {
  it('sorts names by code unit, leaves out what is undefined, and writes nothing between', () => {
    expect(canonicalJson({ b: [1, null, true, { z: 'ü"\n', a: -0 }], é: 1.5e300, B: undefined, '10': 1, '9': 2, a: {} })).toBe('{"10":1,"9":2,"a":{},"b":[1,null,true,{"a":0,"z":"ü\\"\\n"}],"é":1.5e+300}');
  });

  it('sorts many names and few, and escapes what JSON escapes and nothing else', () => {
    for (const count of [0, 1, 2, 31, 32, 33, 40]) {
      const names = Array.from({ length: count }, (_, n) => `n${(n * 17) % 41}`);
      expect(canonicalJson(Object.fromEntries(names.map((name) => [name, name])))).toBe(`{${[...names].sort().map((name) => `"${name}":"${name}"`).join(',')}}`);
    }
    for (let code = 0; code < 0x180; code += 1) { const text = `a${String.fromCharCode(code)}z`; expect(canonicalJson(text)).toBe(JSON.stringify(text)); }
    for (const text of ['', '\ud800', '₹1,000', '\u2028', ' ', 'a'.repeat(10_000)]) expect(canonicalJson(text)).toBe(JSON.stringify(text));
  });

  it('is one for one value, in whatever order it was written, and reads back as that value', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(shuffled(value))).toBe(text);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(digestOf(value)).toMatch(/^[0-9a-f]{64}$/);
    }), { numRuns: 300, seed: 11 });
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [[undefined]], [{ at: new Date(0) }], [{ n: 1n }], [() => 1], [Symbol('s')], [new Map()]])('refuses %p, which JSON cannot say exactly', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
