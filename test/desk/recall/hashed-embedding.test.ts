import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASHED_DIMENSION, hashedEmbedding } from '../../../desk/recall/hashed-embedding.ts';

const cosine = (a: string, b: string): number => { const [x, y] = [hashedEmbedding(a), hashedEmbedding(b)]; return x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0); };

describe('a hashed vector', () => {
  it('has length one, or none for a text without words, and is the same again', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => {
      const vector = hashedEmbedding(text);
      expect(vector).toHaveLength(HASHED_DIMENSION);
      const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
      expect(length === 0 || Math.abs(length - 1) < 1e-5).toBe(true);
      expect(hashedEmbedding(text)).toEqual(vector);
    }), { numRuns: 200 });
  });
  it('is nearer to the same story in other words than to another story', () => {
    const story = 'Navosys announces buyback of shares at Rs 1,400';
    expect(cosine(story, 'Buy-back by Navosys: board approves share repurchase')).toBeGreaterThan(cosine(story, 'Hexavyn wins road order from highways authority') + 0.1);
  });
  it('survives a spelling mistake and other endings of a word', () => {
    expect(cosine('Gamapaint buyback', 'Gamapiant buyback')).toBeGreaterThan(0.5);
    expect(cosine('penalties imposed', 'penalty imposes')).toBeGreaterThan(0.3);
  });
  it('makes little of words that every filing holds', () => {
    expect(cosine('Navosys Limited informed the exchange', 'Hexavyn Limited informed the exchange')).toBeLessThan(0.5);
  });
});
