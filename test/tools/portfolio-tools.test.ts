import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tool } from '../../tools/define.ts';
import { accounts } from '../../tools/accounts.ts';
import { exposure } from '../../tools/exposure.ts';
import { fills } from '../../tools/fills.ts';
import { limits } from '../../tools/limits.ts';
import { orders } from '../../tools/orders.ts';
import { performance } from '../../tools/performance.ts';
import { portfolioRisk } from '../../tools/portfolio-risk.ts';
import { portfolioState } from '../../tools/portfolio-state.ts';
import type { ToolServices } from '../../tools/services.ts';
import { treasury } from '../../tools/treasury.ts';
import { valueMinor } from '../../desk/decimal.ts';
import { passingSnapshot } from '../desk/gates/fixtures.ts';
import { type BookDesk, openBookDesk } from './fixtures.ts';

let desk: BookDesk;
let before: string;
let first: string;
let second: string;
beforeAll(async () => {
  desk = await openBookDesk();
  before = desk.market.now();
  [first, second] = [desk.shares[0]!, desk.shares[1]!];
  await desk.advance(1);
  await desk.buy({ symbol: first, quantity: 5, account: 'Tactical' });
  await desk.buy({ symbol: second, quantity: 3, account: 'Tactical' });
  await desk.buy({ symbol: first, quantity: 2, account: 'SIP' });
});
afterAll(async () => { await desk.close(); });

/** The same desk where nobody knows the price of one symbol. */
const withoutPriceOf = (symbol: string): ToolServices => ({ ...desk.services, market: { ...desk.services.market, kind: 'sim', quote: (name) => (name === symbol ? null : desk.services.market.quote(name)) } });

/** The same desk where the source of one symbol tells neither a trade nor its previous close. */
const quotedOnly = (symbol: string): ToolServices => ({ ...desk.services, market: { ...desk.services.market, kind: 'sim', quote: (name) => { const quote = desk.services.market.quote(name); return quote && name === symbol ? { ...quote, lastFrom: 'middle', previousClose: null } : quote; } } });

describe('portfolio_state', () => {
  it('has equity equal to cash and positions at their last prices, and totals that add up', async () => {
    const state = await desk.ask(portfolioState, {});
    for (const account of state.accounts) {
      const worth = state.positions.filter((position) => position.accountId === account.accountId).reduce((sum, position) => sum + valueMinor(position.last!, position.quantity), 0);
      expect(account.equityMinor).toBe(account.cashMinor! + worth);
      expect(account.deployedMinor).toBe(worth);
    }
    expect(state.totals.equityMinor).toBe(state.accounts.reduce((sum, account) => sum + account.equityMinor!, 0));
    expect(state.totals).toMatchObject({ positions: 3, accounts: 3 });
    expect(state.table.at(-1)).toMatchObject({ account: 'Total', equity: state.totals.equityMinor! / 100 });
  });

  it('has today’s profit equal to what equity gained over what was put in', async () => {
    const state = await desk.ask(portfolioState, { account: 'Tactical' });
    expect(state.totals.todayPnlMinor).toBe(state.totals.equityMinor! - 3_00_000_00);
    const { chargesMinor } = await desk.ask(fills, { account: 'Tactical' });
    expect(state.totals.todayPnlMinor).toBe(state.totals.pnlMinor! - chargesMinor!);
  });

  it('says what is lost from here to the stop, and what waits', async () => {
    const { positions, totals } = await desk.ask(portfolioState, { account: 'Tactical' });
    const held = positions.find((position) => position.symbol === first)!;
    expect(held.riskLeftMinor).toBe(valueMinor(held.last! - held.stop!, 5));
    expect(totals.openRiskMinor).toBe(positions.reduce((sum, position) => sum + position.riskLeftMinor!, 0));
  });

  it('makes everything that a missing price decides null, names it, and never takes it for zero', async () => {
    const state = await desk.ask(portfolioState, { account: 'Tactical' }, {}, withoutPriceOf(first));
    expect(state.positions.find((position) => position.symbol === first)).toMatchObject({ last: null, valueMinor: null, pnlMinor: null, riskLeftMinor: null, weightPercent: null, quantity: 5 });
    expect(state.totals).toMatchObject({ equityMinor: null, deployedMinor: null, deployableMinor: null, todayPnlMinor: null, openRiskMinor: null });
    expect(state.totals.cashMinor).toBeGreaterThan(0);
    expect(state.missing.join(' ')).toContain(`No price is known for ${first}`);
  });

  it('says that what stands for the last price is no trade, and values by it', async () => {
    const state = await desk.ask(portfolioState, { account: 'Tactical' }, {}, quotedOnly(first));
    expect(state.positions.map(({ symbol, lastFrom }) => [symbol, lastFrom])).toEqual([[first, 'the middle of bid and offer'], [second, null]]);
    expect(state.totals.equityMinor).not.toBeNull();
    expect(state.missing).toContain(`No trade of ${first} is known; the middle of bid and offer stands for the last price.`);
  });

  it('shows the book as it was before the purchases, with what was not kept as unknown', async () => {
    const state = await desk.ask(portfolioState, { asOf: before });
    expect(state.positions).toEqual([]);
    expect(state.totals).toMatchObject({ cashMinor: 13_50_000_00, equityMinor: 13_50_000_00, deployableMinor: null });
    const later = await desk.ask(portfolioState, { asOf: (await desk.ask(fills, { account: 'Tactical', symbol: first })).fills[0]!.at });
    expect(later.positions.map(({ symbol, quantity, stop }) => ({ symbol, quantity, stop }))).toEqual([{ symbol: first, quantity: 5, stop: null }]);
  });

  it('has no account that was not open yet', async () => {
    const state = await desk.ask(portfolioState, { asOf: '2029-12-31' });
    expect(state.accounts.map((account) => [account.cashMinor, account.equityMinor])).toEqual([[null, null], [null, null], [null, null]]);
    expect(state.missing.join(' ')).toContain('was not open yet');
  });

  it.each([['2031-01-01', 'AS_OF_AHEAD'], ['soon', 'AS_OF_INVALID']])('refuses to look from %s', async (asOf, code) => expect(await desk.refusal(portfolioState, { asOf })).toBe(code));
});

describe('an account that somebody may not see', () => {
  it('does not exist for them, by name or id, in any tool', async () => {
    const viewer = await desk.viewer('asha', ['SIP']);
    const hidden = await desk.accountId('Tactical');
    for (const tool of [portfolioState, performance, exposure, limits, portfolioRisk, orders, fills, treasury] as unknown as Tool[]) {
      expect([tool.name, await desk.refusal(tool, { account: 'Tactical' }, viewer)]).toEqual([tool.name, 'NO_SUCH_ACCOUNT']);
      expect([tool.name, await desk.refusal(tool, { account: hidden }, viewer)]).toEqual([tool.name, 'NO_SUCH_ACCOUNT']);
    }
    const everything = [await desk.ask(portfolioState, {}, viewer), await desk.ask(performance, { by: 'account' }, viewer), await desk.ask(orders, {}, viewer), await desk.ask(fills, {}, viewer), await desk.ask(treasury, {}, viewer), await desk.ask(accounts, {}, viewer), await desk.ask(exposure, {}, viewer)];
    const told = JSON.stringify(everything);
    expect(told).toContain('SIP');
    for (const secret of ['Tactical', 'LumpSum', second, hidden]) expect(told).not.toContain(secret);
  });
});

describe('orders and fills', () => {
  it('agree on what was bought, and add up', async () => {
    const all = await desk.ask(fills, {});
    expect(all.boughtMinor).toBe(all.fills.reduce((sum, fill) => sum + valueMinor(fill.price, fill.quantity), 0));
    expect(all.chargesMinor).toBe(all.fills.reduce((sum, fill) => sum + fill.chargesMinor, 0));
    const entries = (await desk.ask(orders, {})).orders.filter((order) => order.category === 'ENTRY');
    expect(entries.reduce((sum, order) => sum + order.filledQuantity, 0)).toBe(10);
    expect(all.fills.reduce((sum, fill) => sum + fill.quantity, 0)).toBe(10);
  });
  it('count the stops and targets that protect what is held', async () => {
    const open = await desk.ask(orders, { open: true, account: 'SIP' });
    expect(open).toMatchObject({ openCount: 2, protectiveCount: 2 });
    expect(open.orders.map((order) => order.category).sort()).toEqual(['STOP_LOSS', 'TAKE_PROFIT']);
  });
  it('keep to the period and the symbol', async () => {
    expect((await desk.ask(fills, { symbol: second })).fills.every((fill) => fill.symbol === second)).toBe(true);
    expect(await desk.refusal(fills, { period: { from: '2031-01-01', to: '2031-01-02' } })).toBe('PERIOD_AHEAD');
    expect(await desk.refusal(fills, { symbol: 'ZORBIX' })).toBe('NO_SUCH_SYMBOL');
  });
});

describe('performance', () => {
  it('has the same profit from the top and from the symbols, and the same as today’s on the first day', async () => {
    const [all, state] = [await desk.ask(performance, { period: 'all' }), await desk.ask(portfolioState, {})];
    expect(all.pnlMinor).toBe(state.totals.todayPnlMinor);
    expect(all.rows.reduce((sum, row) => sum + row.pnlMinor!, 0)).toBe(all.pnlMinor);
    expect(all).toMatchObject({ netFlowMinor: 13_50_000_00, capitalMinor: 13_50_000_00, startEquityMinor: 0, endEquityMinor: state.totals.equityMinor });
    for (const by of ['account', 'sector'] as const) expect((await desk.ask(performance, { by })).rows.reduce((sum, row) => sum + row.pnlMinor!, 0)).toBe(all.pnlMinor);
  });
  it('gives one symbol its profit but no return, and says why', async () => {
    const one = await desk.ask(performance, { symbol: second });
    expect(one.pnlMinor).toBe((await desk.ask(performance, {})).rows.find((row) => row.name === second)!.pnlMinor);
    expect([one.timeWeightedPercent, one.drawdown, one.startEquityMinor]).toEqual([null, null, null]);
    expect(one.reasons[0]).toMatch(/no money of its own/);
    expect((await desk.ask(performance, { symbol: desk.shares[9]! })).reasons.join(' ')).toMatch(/neither held nor traded/);
  });
  it('knows no ratio of a single day and no trade that was not closed', async () => {
    const day = await desk.ask(performance, { account: 'Tactical' });
    expect([day.sharpe, day.sortino, day.calmar, day.trades.winRatePercent, day.trades.best]).toEqual([null, null, null, null, null]);
    expect(day.trades).toMatchObject({ closed: 0, tooFew: true });
  });
});

describe('exposure and limits', () => {
  it('measure against the tighter of mandate and desk, and leave the rest as room', async () => {
    const [seen, state] = [await desk.ask(exposure, { account: 'Tactical' }), await desk.ask(portfolioState, { account: 'Tactical' })];
    const use = seen.symbols.find((each) => each.name === first)!;
    expect(use.percent).toBeCloseTo((use.valueMinor * 100) / state.totals.equityMinor!, 9);
    expect(use.headroomMinor).toBe(Math.floor((state.totals.equityMinor! * (25 - use.percent!)) / 100));
    expect(seen.sectors.every((each) => each.limitPercent === 30)).toBe(true);
    expect((await desk.ask(limits, { account: 'Tactical' })).limits.find((line) => line.limit === 'number of positions')).toMatchObject({ used: 2, allowed: 6, headroom: 4 });
  });
  it('find a sector by what people call it, also where it is a part of one', async () => {
    const sector = desk.market.symbols().get(first)!.sector!;
    expect((await desk.ask(exposure, { sector })).symbols.map((use) => use.name)).toContain(first);
    expect(await desk.refusal(exposure, { sector: 'zeppelins' })).toBe('NO_SUCH_SECTOR');
  });
  it('know no percentage where equity is not known, and count the unpriced position all the same', async () => {
    const seen = await desk.ask(exposure, { account: 'Tactical' }, {}, withoutPriceOf(first));
    expect(seen.unpriced).toEqual([first]);
    expect(seen.symbols.map((use) => [use.percent, use.headroomMinor])).toEqual([[null, null]]);
    const lines = (await desk.ask(limits, { account: 'Tactical' }, {}, withoutPriceOf(first))).limits;
    expect(lines.find((line) => line.limit === 'number of positions')?.used).toBe(2);
    expect(lines.find((line) => line.limit === 'one position')?.used).toBeNull();
  });
  it('are those in force for the account where a person confirmed some for it alone', async () => {
    const tactical = (await desk.ask(accounts, {})).accounts.find(({ name }) => name === 'Tactical')!.accountId;
    const { limits: ofDesk } = passingSnapshot();
    const services: ToolServices = { ...desk.services, limits: (accountId) => (accountId === tactical ? { ...ofDesk, maxSectorExposure: 0.12, maxSingleNamePercent: 9, advMaxRatio: 0.01 } : ofDesk) };
    const own = await desk.ask(limits, { account: 'Tactical' }, {}, services);
    expect(own.limits.find(({ limit }) => limit === 'one sector')).toMatchObject({ allowed: 12, source: 'account' });
    expect(own.limits.find(({ limit }) => limit === 'one position')).toMatchObject({ allowed: 9, source: 'account' });
    expect(own.rules.find(({ rule }) => rule.startsWith('one order'))).toMatchObject({ value: '1 %', source: 'account' });
    expect((await desk.ask(exposure, { account: 'Tactical' }, {}, services)).sectors.every(({ limitPercent }) => limitPercent === 12)).toBe(true);
    const other = await desk.ask(limits, { account: 'SIP' }, {}, services);
    expect(other.limits.find(({ limit }) => limit === 'one sector')).toMatchObject({ allowed: 30, source: 'mandate' });
  });
});

describe('portfolio_risk', () => {
  it('orders its losses, weights betas by value, and agrees on open risk', async () => {
    const [seen, state] = [await desk.ask(portfolioRisk, { account: 'Tactical' }), await desk.ask(portfolioState, { account: 'Tactical' })];
    expect(seen.openRiskMinor).toBe(state.totals.openRiskMinor);
    expect(seen.expectedShortfallMinor!).toBeGreaterThan(seen.valueAtRisk.historicalMinor!);
    expect(seen.beta).toBeCloseTo(seen.betas.reduce((sum, each) => sum + each.beta! * each.value! * 100, 0) / state.totals.equityMinor!, 9);
    expect(seen).toMatchObject({ targetBeta: 0.9, betaAlert: true, sessions: 250 });
    expect(seen.pairs).toHaveLength(1);
  });
  it('knows nothing of the tail where equity is not known', async () => {
    const seen = await desk.ask(portfolioRisk, { account: 'Tactical' }, {}, withoutPriceOf(first));
    expect([seen.valueAtRisk.historicalMinor, seen.volatilityPercent, seen.beta, seen.openRiskMinor]).toEqual([null, null, null, null]);
  });
});

describe('treasury', () => {
  it('has ledgers that agree with the book, and says what keeps cash back', async () => {
    const seen = await desk.ask(treasury, {});
    for (const line of seen.accounts) {
      expect(line.cashMinor! + line.securitiesAtCostMinor! + line.chargesMinor! - line.realisedMinor!).toBe(line.depositedMinor);
      expect(line.deployableMinor).toBe(Math.max(0, line.cashMinor! - line.reservedMinor! - line.bufferMinor! - line.heldBackMinor!));
    }
    expect(seen.table.at(-1)).toMatchObject({ account: 'Total', deposited: 13_50_000 });
  });
  it('knows which tranches are out and when the next money is due', async () => {
    const { funding } = await desk.ask(treasury, {});
    const lump = funding.find((plan) => plan.account === 'LumpSum')!;
    expect(lump.lines.map((line) => [line.number, line.shown, line.amountMinor])).toEqual([[1, 'out', 4_00_000_00], [2, 'waits', 3_00_000_00], [3, 'waits', 3_00_000_00]]);
    expect(lump.next?.number).toBe(2);
    const sip = funding.find((plan) => plan.account === 'SIP')!;
    const deployed = (await desk.ask(fills, { account: 'SIP' })).boughtMinor!;
    expect(sip.allowance).toEqual({ instalmentMinor: 50_000_00, carriedMinor: 0, deployedMinor: deployed, availableMinor: 50_000_00 - deployed });
  });
});
