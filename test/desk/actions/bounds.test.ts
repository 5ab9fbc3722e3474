import { describe, expect, it } from 'vitest';
import { Price, Quantity } from '../../../desk/actions/types.ts';

const why = (outcome: { success: boolean; error?: { issues: { message: string }[] } }): string | undefined => outcome.error?.issues[0]?.message;

describe('what a price and a quantity of an action may be', () => {
  it('is what the database can hold, with the value of all of it in minor units, and no more', () => {
    expect([Price.parse('10000000'), Price.parse(0.05), Quantity.parse(1_000_000_000)]).toEqual(['10000000', '0.05', 1_000_000_000]);
    expect(why(Price.safeParse('10000000.01'))).toBe('a price is at most 10,000,000');
    expect(why(Price.safeParse(1e300))).toBe('a price is at most 10,000,000');
    expect(why(Price.safeParse(0))).toBe('a price is above zero');
    expect(why(Quantity.safeParse(1_000_000_001))).toBe('a quantity is at most 1,000,000,000');
    // bigint, and integer columns of quantities
    expect(BigInt(10_000_000) * 100n * 1_000_000_000n).toBeLessThan(2n ** 63n);
    expect(1_000_000_000).toBeLessThan(2 ** 31);
  });
});
