import type { Minor } from '../decimal.ts';

export interface Loan { fromAccountId: string; toAccountId: string; amountMinor: Minor }
export interface ClawBackAccount { accountId: string; cashMinor: Minor; deployableMinor: Minor; equityMinor: Minor }
export interface ClawBack { lenderId: string; borrowerId: string; amountMinor: Minor; outstandingMinor: Minor; shortMinor: Minor }

/** What each account has lent to each other one and not had back: transfers one way less those the other way, above zero alone. */
export function outstandingLoans(transfers: readonly Loan[]): Loan[] {
  const net = new Map<string, Loan>();
  for (const { fromAccountId, toAccountId, amountMinor } of transfers) {
    const forward = fromAccountId < toAccountId;
    const [first, second] = forward ? [fromAccountId, toAccountId] : [toAccountId, fromAccountId];
    const pair = net.get(`${first}:${second}`) ?? { fromAccountId: first, toAccountId: second, amountMinor: 0 };
    net.set(`${first}:${second}`, { ...pair, amountMinor: pair.amountMinor + (forward ? amountMinor : -amountMinor) });
  }
  return [...net.values()].filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ fromAccountId, toAccountId, amountMinor }) => (amountMinor > 0 ? { fromAccountId, toAccountId, amountMinor } : { fromAccountId: toAccountId, toAccountId: fromAccountId, amountMinor: -amountMinor }));
}

/**
 * What to ask back: a lender whose cash has fallen below its buffer gets as much as it lacks, at most what it lent, at most
 * what the borrower has free and may give (`maxLoanPercent` of its equity, leaving its own buffer). Largest loans first.
 */
export function clawBacks({ loans, accounts, minBufferPercent, maxLoanPercent }: { loans: readonly Loan[]; accounts: readonly ClawBackAccount[]; minBufferPercent: number; maxLoanPercent: number }): ClawBack[] {
  const bufferOf = ({ equityMinor }: ClawBackAccount): Minor => Math.ceil((Math.max(0, equityMinor) * minBufferPercent) / 100);
  const byId = new Map(accounts.map((account) => [account.accountId, account]));
  const short = new Map(accounts.map((account) => [account.accountId, Math.max(0, bufferOf(account) - account.cashMinor)]));
  const free = new Map(accounts.map((account) => [account.accountId, Math.max(0, Math.min(account.deployableMinor, account.cashMinor - bufferOf(account), Math.floor((Math.max(0, account.equityMinor) * maxLoanPercent) / 100)))]));
  const asked: ClawBack[] = [];
  for (const { fromAccountId: lenderId, toAccountId: borrowerId, amountMinor: outstandingMinor } of [...loans].sort((a, b) => b.amountMinor - a.amountMinor || (a.fromAccountId < b.fromAccountId ? -1 : 1))) {
    if (!byId.has(lenderId) || !byId.has(borrowerId)) continue;
    const shortMinor = short.get(lenderId) ?? 0;
    const amountMinor = Math.min(outstandingMinor, shortMinor, free.get(borrowerId) ?? 0);
    if (amountMinor <= 0) continue;
    asked.push({ lenderId, borrowerId, amountMinor, outstandingMinor, shortMinor });
    short.set(lenderId, shortMinor - amountMinor);
    free.set(borrowerId, (free.get(borrowerId) ?? 0) - amountMinor);
  }
  return asked;
}
