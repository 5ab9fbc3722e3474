import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clawBacks, outstandingLoans } from '../../../desk/treasury/claw-back.ts';
import { deepestFallPercent } from '../../../desk/treasury/deepest-fall.ts';

const ids = ['a', 'b', 'c'];
const transfer = fc.record({ fromAccountId: fc.constantFrom(...ids), toAccountId: fc.constantFrom(...ids), amountMinor: fc.integer({ min: 1, max: 1_000_000 }) }).filter(({ fromAccountId, toAccountId }) => fromAccountId !== toAccountId);
const account = (accountId: string) => fc.record({ accountId: fc.constant(accountId), cashMinor: fc.integer({ min: 0, max: 2_000_000 }), deployableMinor: fc.integer({ min: 0, max: 2_000_000 }), equityMinor: fc.integer({ min: 0, max: 5_000_000 }) });

describe('loans between accounts', () => {
  it('are what went one way less what came back', () => {
    expect(outstandingLoans([{ fromAccountId: 'a', toAccountId: 'b', amountMinor: 100 }, { fromAccountId: 'b', toAccountId: 'a', amountMinor: 30 }, { fromAccountId: 'c', toAccountId: 'a', amountMinor: 5 }]))
      .toEqual([{ fromAccountId: 'a', toAccountId: 'b', amountMinor: 70 }, { fromAccountId: 'c', toAccountId: 'a', amountMinor: 5 }]);
    expect(outstandingLoans([{ fromAccountId: 'b', toAccountId: 'a', amountMinor: 7 }, { fromAccountId: 'a', toAccountId: 'b', amountMinor: 7 }])).toEqual([]);
    expect(outstandingLoans([{ fromAccountId: 'a', toAccountId: 'b', amountMinor: 1 }, { fromAccountId: 'b', toAccountId: 'a', amountMinor: 9 }])).toEqual([{ fromAccountId: 'b', toAccountId: 'a', amountMinor: 8 }]);
  });

  it('are asked back for at most what was lent, what is missing and what the borrower can spare, never leaving the borrower short', () => {
    fc.assert(fc.property(fc.array(transfer, { maxLength: 12 }), fc.tuple(account('a'), account('b'), account('c')), (transfers, accounts) => {
      const loans = outstandingLoans(transfers);
      const given = new Map(accounts.map((each) => [each.accountId, each]));
      const left = new Map(accounts.map((each) => [each.accountId, each.cashMinor]));
      for (const asked of clawBacks({ loans, accounts, minBufferPercent: 10, maxLoanPercent: 20 })) {
        const [lender, borrower] = [given.get(asked.lenderId), given.get(asked.borrowerId)];
        if (!lender || !borrower) throw new Error('an account that is not there');
        expect(asked.amountMinor).toBeGreaterThan(0);
        expect(asked.amountMinor).toBeLessThanOrEqual(loans.find((loan) => loan.fromAccountId === asked.lenderId && loan.toAccountId === asked.borrowerId)?.amountMinor ?? 0);
        expect(asked.amountMinor).toBeLessThanOrEqual(borrower.deployableMinor);
        left.set(asked.lenderId, (left.get(asked.lenderId) ?? 0) + asked.amountMinor);
        left.set(asked.borrowerId, (left.get(asked.borrowerId) ?? 0) - asked.amountMinor);
        expect(left.get(asked.lenderId)).toBeLessThanOrEqual(Math.ceil(lender.equityMinor / 10));
        expect(left.get(asked.borrowerId)).toBeGreaterThanOrEqual(Math.ceil(borrower.equityMinor / 10) - 1);
      }
    }), { seed: 7, numRuns: 500 });
  });
});

describe('what is asked back', () => {
  /** Of ₹1,000 equity, a tenth is the buffer and a fifth the most that is given. */
  const of = (accountId: string, change: Partial<{ cashMinor: number; deployableMinor: number; equityMinor: number }> = {}) => ({ accountId, cashMinor: 1_000, deployableMinor: 800, equityMinor: 1_000, ...change });
  const short = (accountId: string, cashMinor = 5) => of(accountId, { cashMinor, deployableMinor: 0 });
  const loan = (fromAccountId: string, toAccountId: string, amountMinor: number) => ({ fromAccountId, toAccountId, amountMinor });
  const asked = (loans: Parameters<typeof clawBacks>[0]['loans'], accounts: Parameters<typeof clawBacks>[0]['accounts'], terms = { minBufferPercent: 10, maxLoanPercent: 20 }) => clawBacks({ loans, accounts, ...terms });
  const amounts = (...given: Parameters<typeof asked>) => asked(...given).map(({ lenderId, borrowerId, amountMinor }) => [lenderId, borrowerId, amountMinor]);

  it('is what the lender lacks of its buffer, with what is owed and what was lacking', () => {
    expect(asked([loan('a', 'b', 150)], [short('a'), of('b')])).toEqual([{ lenderId: 'a', borrowerId: 'b', amountMinor: 95, outstandingMinor: 150, shortMinor: 95 }]);
  });
  it.each<[string, number, Parameters<typeof of>[1], number]>([
    ['what was lent', 50, {}, 50], ['what the borrower has free', 150, { deployableMinor: 30 }, 30], ['what leaves the borrower its own buffer', 150, { cashMinor: 120 }, 20], ['the share of its equity that it may give', 150, { equityMinor: 300 }, 60],
  ])('is at most %s', (_, lent, borrower, amount) => {
    expect(amounts([loan('a', 'b', lent)], [short('a'), of('b', borrower)])).toEqual([['a', 'b', amount]]);
  });
  it('is nothing of a lender that has its buffer, of a borrower below its own, of one that is worth nothing, and of accounts that are not there', () => {
    expect(asked([loan('a', 'b', 150)], [of('a', { cashMinor: 100 }), of('b')])).toEqual([]);
    expect(asked([loan('a', 'b', 150)], [short('a'), of('b', { cashMinor: 99 })])).toEqual([]);
    expect(asked([loan('a', 'b', 150)], [short('a'), of('b', { equityMinor: -1_000 })])).toEqual([]);
    expect(asked([loan('a', 'x', 150), loan('x', 'b', 150)], [short('a'), of('b')])).toEqual([]);
  });
  it('goes to the largest loan first, then by the lender’s name, and no further than the borrower can', () => {
    expect(amounts([loan('a', 'b', 90), loan('c', 'b', 300)], [short('a'), short('c', -200), of('b')])).toEqual([['c', 'b', 200]]);
    const alike = [loan('c', 'b', 100), loan('a', 'b', 100)];
    for (const loans of [alike, alike.toReversed()]) expect(amounts(loans, [short('a'), short('c'), of('b', { deployableMinor: 120 })])).toEqual([['a', 'b', 95], ['c', 'b', 25]]);
  });
  it('ends when the lender has what it lacked', () => {
    expect(amounts([loan('a', 'b', 60), loan('a', 'd', 80)], [short('a'), of('b'), of('d')])).toEqual([['a', 'd', 80], ['a', 'b', 15]]);
  });
});

describe('the deepest fall', () => {
  it.each<[readonly number[], number | null]>([[[100, 95, 98], 5], [[100, 104], 0], [[], null], [[0, 5], null], [[100, 90, 85, 120], 15]])('of %j is %s', (closes, fall) => {
    expect(deepestFallPercent(closes)).toBe(fall);
  });
});
