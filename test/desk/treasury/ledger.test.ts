import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, valueMinor } from '../../../desk/decimal.ts';
import { applyFill, flatPosition, openCostMinor, type Position, unrealisedMinor } from '../../../desk/execution/position.ts';
import {
  balancesOf,
  bufferOf,
  deployable,
  ledgerFaults,
  ledgerNames,
  type LedgerTransaction,
  noBalances,
  post,
  transaction,
  underwayMinor,
} from '../../../desk/treasury/ledger.ts';
import {
  postingsForAdjustment,
  postingsForDeposit,
  postingsForDividend,
  postingsForExpiry,
  postingsForFee,
  postingsForFill,
  postingsForFraction,
  postingsForMoveIn,
  postingsForMoveOut,
  postingsForMoveReturned,
  postingsForOpening,
  postingsForTransfer,
  postingsForWithdrawal,
} from '../../../desk/treasury/postings.ts';

const cause = { clearanceId: 'k1' };
const opening = postingsForOpening({ accountId: 'a', cashMinor: 1_000_000, opening: 'a' });
const of = (transactions: LedgerTransaction[], account = 'a') => balancesOf(transactions).get(account);
const bought = (effect: Parameters<typeof postingsForFill>[0]['effect'], fillId = 'f1') =>
  postingsForFill({ accountId: 'a', fillId, effect, reason: 'buy' });

describe('a ledger transaction', () => {
  it('is refused when it does not sum to zero for every account it touches', () => {
    const lopsided = [
      { accountId: 'a', ledger: 'cash' as const, amountMinor: 5 },
      { accountId: 'b', ledger: 'cash' as const, amountMinor: -5 },
    ];
    expect(() => transaction({ kind: 'TRANSFER', reason: 'x', cause, postings: lopsided })).toThrow('sum to 5');
    expect(() =>
      transaction({ kind: 'FEE', reason: 'x', cause, postings: [{ accountId: 'a', ledger: 'cash', amountMinor: 0.5 }] }),
    ).toThrow('minor units');
  });
  it('is refused without exactly one cause', () => {
    for (const wrong of [{}, { clearanceId: 'k', fillId: 'f' }]) {
      expect(() => transaction({ kind: 'FEE', reason: 'x', cause: wrong as typeof cause, postings: [] })).toThrow('exactly one cause');
    }
    for (const right of [{ clearanceId: 'k' }, { fillId: 'f' }, { corporateAction: 'c' }, { reconciliation: 'r' }, { opening: 'o' }]) {
      expect(transaction({ kind: 'FEE', reason: 'x', cause: right, postings: [] }).cause).toEqual(right);
    }
  });
  it('leaves out postings of nothing and cannot be changed afterwards', () => {
    const only = postingsForOpening({ accountId: 'a', cashMinor: 100, opening: 'a' });
    expect(only.postings).toHaveLength(2);
    expect(() => {
      (only.postings as unknown[]).push({});
    }).toThrow(TypeError);
  });
  it('refuses amounts of nothing, of less, and transfers to oneself', () => {
    for (const amountMinor of [0, -1, 0.5]) {
      expect(() => postingsForDeposit({ accountId: 'a', amountMinor, reason: 'x', cause })).toThrow(RangeError);
      expect(() => postingsForTransfer({ fromAccountId: 'a', toAccountId: 'b', amountMinor, reason: 'x', cause })).toThrow(RangeError);
    }
    expect(() => postingsForTransfer({ fromAccountId: 'a', toAccountId: 'a', amountMinor: 1, reason: 'x', cause })).toThrow('two accounts');
  });
});

describe('what each posting is called', () => {
  const effect = { cashMinor: 750, costMinor: -500, realisedMinor: 250, chargesMinor: 10 };
  const move = { fromAccountId: 'a', toAccountId: 'b', amountMinor: 5, reason: 'why', cause };
  const one = { accountId: 'a', amountMinor: 5, reason: 'why', cause };
  const byFill = { fillId: 'f' };
  it.each<[string, LedgerTransaction, object, string]>([
    ['TRADE', postingsForFill({ accountId: 'a', fillId: 'f', effect, reason: 'why' }), byFill, 'why'],
    ['DEPOSIT', postingsForDeposit(one), cause, 'why'],
    ['WITHDRAWAL', postingsForWithdrawal(one), cause, 'why'],
    ['FEE', postingsForFee(one), cause, 'why'],
    ['TRANSFER', postingsForTransfer(move), cause, 'why'],
    ['TRANSFER_OUT', postingsForMoveOut(move), cause, 'why'],
    ['TRANSFER_IN', postingsForMoveIn(move), cause, 'why'],
    ['TRANSFER_RETURNED', postingsForMoveReturned(move), cause, 'why'],
    ['OPENING', opening, { opening: 'a' }, 'opening balance'],
    ['DIVIDEND', postingsForDividend({ accountId: 'a', amountMinor: 5, corporateAction: 'c', reason: 'why' }), { corporateAction: 'c' }, 'why'],
    ['ADJUSTMENT', postingsForAdjustment({ accountId: 'a', differenceMinor: 5, reconciliation: 'r', reason: 'why' }), { reconciliation: 'r' }, 'why'],
  ])('%s', (kind, made, of, reason) => {
    expect([made.kind, made.cause, made.reason]).toEqual([kind, of, reason]);
  });
});

describe('what ends without a trade', () => {
  const posted = (postings: LedgerTransaction['postings'] | undefined) => postings?.map(({ ledger, amountMinor }) => [ledger, amountMinor]);
  it('books an expired option by its worth, its cost, its result and the tax', () => {
    const expired = postingsForExpiry({ accountId: 'a', effect: { cashMinor: 750, costMinor: -500, realisedMinor: 250, chargesMinor: 10 }, expiry: 'e', reason: 'expired' });
    expect(expired).toMatchObject({ kind: 'ADJUSTMENT', cause: { corporateAction: 'e' }, reason: 'expired' });
    expect(posted(expired?.postings)).toEqual([['cash', 740], ['securities', -500], ['realised_pnl', -250], ['charges', 10]]);
  });
  it('leaves out what moves nothing of an option, and the whole where nothing moves', () => {
    const effect = { cashMinor: 0, costMinor: -500, realisedMinor: -500, chargesMinor: 0 };
    expect(posted(postingsForExpiry({ accountId: 'a', effect, expiry: 'e', reason: 'x' })?.postings)).toEqual([['securities', -500], ['realised_pnl', 500]]);
    expect(postingsForExpiry({ accountId: 'a', effect: { cashMinor: 0, costMinor: 0, realisedMinor: 0, chargesMinor: 0 }, expiry: 'e', reason: 'x' })).toBeNull();
  });
  it('books the cash of a fraction against its cost and its result', () => {
    const fraction = postingsForFraction({ accountId: 'a', effect: { cashMinor: 60, costMinor: -50, realisedMinor: 10 }, corporateAction: 'c', reason: 'half a share' });
    expect(fraction).toMatchObject({ kind: 'ADJUSTMENT', cause: { corporateAction: 'c' }, reason: 'half a share' });
    expect(posted(fraction.postings)).toEqual([['cash', 60], ['securities', -50], ['realised_pnl', -10]]);
  });
  it('opens an account with what it holds', () => {
    expect(posted(postingsForOpening({ accountId: 'a', cashMinor: 100, securitiesMinor: 40, opening: 'a' }).postings)).toEqual([['cash', 100], ['securities', 40], ['external', -140]]);
  });
  it('says which amount was none', () => {
    expect(() => postingsForFee({ accountId: 'a', amountMinor: -7, reason: 'x', cause })).toThrow('an amount is above zero, not -7');
  });
});

describe('balances', () => {
  it('follow a buy, its charges and a sale at a gain', () => {
    const buy = applyFill(flatPosition, { side: 'BUY', quantity: 10, price: decimal(100), chargesMinor: 250 });
    const sell = applyFill(buy.position, { side: 'SELL', quantity: 4, price: decimal(110), chargesMinor: 150 });
    expect(of([opening, bought(buy.effect)])).toEqual({
      ...noBalances,
      cash: 899_750,
      securities: 100_000,
      charges: 250,
      external: -1_000_000,
    });
    expect(of([opening, bought(buy.effect), bought(sell.effect, 'f2')])).toEqual({
      cash: 943_600,
      securities: 60_000,
      charges: 400,
      realised_pnl: -4_000,
      external: -1_000_000,
      transit: 0,
    });
  });
  it('follow deposits, withdrawals, fees, dividends and adjustments', () => {
    const entries = [
      opening,
      postingsForDeposit({ accountId: 'a', amountMinor: 500, reason: 'top up', cause }),
      postingsForWithdrawal({ accountId: 'a', amountMinor: 200, reason: 'out', cause }),
      postingsForFee({ accountId: 'a', amountMinor: 30, reason: 'yearly', cause: { reconciliation: 'r1' } }),
      postingsForDividend({ accountId: 'a', amountMinor: 70, corporateAction: 'c1', reason: 'dividend' }),
      postingsForAdjustment({ accountId: 'a', differenceMinor: -9, reconciliation: 'r2', reason: 'contract note' }),
      postingsForAdjustment({ accountId: 'a', differenceMinor: 4, reconciliation: 'r3', reason: 'interest' }),
    ];
    expect(of(entries)).toEqual({ cash: 1_000_335, securities: 0, charges: 39, realised_pnl: -70, external: -1_000_304, transit: 0 });
  });
  it('show what a transfer has underway, and nothing once it arrived or came back', () => {
    const move = { fromAccountId: 'a', toAccountId: 'b', amountMinor: 400, reason: 'lend', cause };
    const other = postingsForOpening({ accountId: 'b', cashMinor: 1, opening: 'b' });
    const underway = balancesOf([opening, other, postingsForMoveOut(move)]);
    expect([underwayMinor(underway), ledgerFaults(underway)]).toEqual([400, []]);
    for (const last of [postingsForMoveIn(move), postingsForMoveReturned(move)])
      expect(underwayMinor(balancesOf([opening, other, postingsForMoveOut(move), last]))).toBe(0);
    expect(balancesOf([opening, other, postingsForMoveOut(move), postingsForMoveReturned(move)]).get('a')).toEqual(
      balancesOf([opening]).get('a'),
    );
    const atOnce = balancesOf([opening, other, postingsForTransfer(move)]);
    expect([atOnce.get('a')?.cash, atOnce.get('b')?.cash, underwayMinor(atOnce)]).toEqual([999_600, 401, 0]);
    expect(ledgerFaults(balancesOf([opening, other, postingsForMoveIn(move)]))).toEqual([
      { fault: 'TRANSIT_NEGATIVE', underwayMinor: -400 },
    ]);
  });
  it('refuse to go below zero by a decision, but book a fill that happened and say that cash is overdrawn', () => {
    const start = { ...noBalances, cash: 100, external: -100 };
    const out = postingsForWithdrawal({ accountId: 'a', amountMinor: 130, reason: 'out', cause });
    expect(post(start, 'a', out)).toEqual({ posted: false, code: 'INSUFFICIENT_CASH', message: 'the account has not that much cash', shortMinor: 30 });
    expect(post(start, 'a', postingsForWithdrawal({ accountId: 'a', amountMinor: 100, reason: 'out', cause }))).toMatchObject({
      posted: true,
      balances: { cash: 0 },
    });
    const { effect } = applyFill(flatPosition, { side: 'BUY', quantity: 1, price: decimal(2), chargesMinor: 0 });
    const after = post(start, 'a', bought(effect));
    expect(after).toMatchObject({ posted: true, balances: { cash: -100 } });
    if (after.posted)
      expect(ledgerFaults(new Map([['a', after.balances]]))).toEqual([{ fault: 'OVERDRAWN', accountId: 'a', cashMinor: -100 }]);
    expect(post(start, 'b', out)).toMatchObject({ posted: true, balances: start });
    const rescue = postingsForTransfer({ fromAccountId: 'b', toAccountId: 'a', amountMinor: 40, reason: 'cover', cause });
    expect(post({ ...noBalances, cash: -100, external: 100 }, 'a', rescue)).toMatchObject({ posted: true, balances: { cash: -60 } });
  });
  it('that do not add up are found', () => {
    expect(ledgerFaults(new Map([['a', { ...noBalances, cash: 3 }]]))).toEqual([{ fault: 'UNBALANCED', accountId: 'a', sumMinor: 3 }]);
  });
});

describe('money identities', () => {
  const fills = fc.array(
    fc.record({
      symbol: fc.constantFrom('TCS', 'INFY'),
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      quantity: fc.integer({ min: 1, max: 900 }),
      ticks: fc.integer({ min: 1, max: 100_000 }),
      chargesMinor: fc.integer({ min: 0, max: 9_000 }),
    }),
    { maxLength: 30 },
  );
  const moves = fc.array(
    fc.record({ kind: fc.constantFrom('deposit', 'withdrawal', 'there', 'back'), amountMinor: fc.integer({ min: 1, max: 1_000_000 }) }),
    { maxLength: 12 },
  );

  it('the ledger, the positions and the cash flow agree to the paisa after any trades and transfers', () => {
    fc.assert(
      fc.property(fills, moves, fc.integer({ min: 1, max: 500_000 }), (trades, cashMoves, markPaise) => {
        const positions = new Map<string, Position>();
        const entries: LedgerTransaction[] = [opening, postingsForOpening({ accountId: 'b', cashMinor: 50_000, opening: 'b' })];
        let cash = 1_000_000;
        let putIn = 1_000_000;
        for (const [index, { symbol, ticks, ...trade }] of trades.entries()) {
          const fill = { ...trade, price: decimal((ticks * 0.05).toFixed(2)) };
          const { position, effect } = applyFill(positions.get(symbol) ?? flatPosition, fill);
          positions.set(symbol, position);
          entries.push(postingsForFill({ accountId: 'a', fillId: `f${index}`, effect, reason: symbol }));
          cash += (fill.side === 'BUY' ? -1 : 1) * valueMinor(fill.price, fill.quantity) - fill.chargesMinor;
        }
        for (const { kind, amountMinor } of cashMoves) {
          const rest = { amountMinor, reason: kind, cause };
          const [fromAccountId, toAccountId] = kind === 'there' ? ['a', 'b'] : ['b', 'a'];
          entries.push(
            kind === 'deposit'
              ? postingsForDeposit({ accountId: 'a', ...rest })
              : kind === 'withdrawal'
                ? postingsForWithdrawal({ accountId: 'a', ...rest })
                : postingsForTransfer({ fromAccountId, toAccountId, ...rest }),
          );
          const signed = kind === 'deposit' || kind === 'back' ? amountMinor : -amountMinor;
          cash += signed;
          putIn += signed;
        }
        const balances = balancesOf(entries);
        const a = balances.get('a') ?? noBalances;
        expect(a.cash).toBe(cash);
        for (const each of balances.values()) expect(ledgerNames.reduce((sum, name) => sum + each[name], 0)).toBe(0);
        expect(underwayMinor(balances)).toBe(0);
        const held = [...positions.values()];
        expect(a.securities).toBe(held.reduce((sum, position) => sum + openCostMinor(position), 0));
        expect(-a.realised_pnl + 0).toBe(held.reduce((sum, position) => sum + position.realisedMinor, 0));
        expect(a.charges).toBe(held.reduce((sum, position) => sum + position.chargesMinor, 0));
        // Equity at a mark = what was put in + realised + unrealised − charges.
        const mark = decimal((markPaise / 100).toFixed(2));
        const worth = held.reduce((sum, position) => sum + valueMinor(mark, position.quantity), 0);
        const unrealised = held.reduce((sum, position) => sum + unrealisedMinor(position, mark), 0);
        expect(a.cash + worth).toBe(putIn - a.realised_pnl + unrealised - a.charges);
      }),
    );
  });
});

describe('deployable cash', () => {
  it('is what neither reservations nor buffer need, and never less than nothing', () => {
    expect(deployable({ cashMinor: 1_000, reservedMinor: 300, bufferMinor: 100 })).toBe(600);
    expect(deployable({ cashMinor: 1_000, reservedMinor: 950, bufferMinor: 100 })).toBe(0);
    expect(deployable({ cashMinor: -5, reservedMinor: 0, bufferMinor: 0 })).toBe(0);
    for (const wrong of [{ reservedMinor: -1, bufferMinor: 0 }, { reservedMinor: 0, bufferMinor: -1 }]) expect(() => deployable({ cashMinor: 1, ...wrong })).toThrow('reservations and buffers are not negative');
  });
  it('keeps a buffer rounded up', () => {
    expect([bufferOf(1_001, 10), bufferOf(1_000, 10), bufferOf(0, 10), bufferOf(-50, 10), bufferOf(1_000, 0)]).toEqual([101, 100, 0, 0, 0]);
  });
});
