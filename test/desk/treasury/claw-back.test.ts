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

describe('the deepest fall', () => {
  it.each<[readonly number[], number | null]>([[[100, 95, 98], 5], [[100, 104], 0], [[], null], [[0, 5], null], [[100, 90, 85, 120], 15]])('of %j is %s', (closes, fall) => {
    expect(deepestFallPercent(closes)).toBe(fall);
  });
});
