import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '../../../desk/time.ts';
import { accountFacts } from '../../../graph/action/account-facts.ts';
import { similarSetupsFact } from '../../../graph/action/similar-setups.ts';
import type { MarketView } from '../../../tools/services.ts';
import { type FaultDesk, openFaultDesk } from '../../faults/trading.ts';

let desk: FaultDesk;
let accountId = '';
beforeAll(async () => { desk = await openFaultDesk({ environment: { QUOTE_MAX_AGE_SECONDS: '86400' } }); await desk.advance(30); accountId = await desk.account('LumpSum'); });
afterAll(async () => { await desk.close(); });

const withoutQuoteOf = (symbol: string): MarketView => ({ ...desk.market, quote: (each: string) => (each === symbol ? null : desk.market.quote(each)) });
const facts = (market: MarketView) => accountFacts(desk.database.orm, { accountId, actionId: '00000000-0000-7000-8000-000000000000', market, now: instant(Date.now()), duplicateWindowSeconds: 5 });
/** An entry that the gates let through; its question, its action and its symbol. */
async function asked(from: number): Promise<{ confirmationId: string; actionId: string; symbol: string }> {
  for (const symbol of desk.equities.slice(from)) {
    const { confirmation, actionId } = await desk.entry(symbol, 10);
    if (confirmation) return { confirmationId: confirmation.id, actionId, symbol };
  }
  throw new Error('the gates let no entry through');
}

describe('what is spoken for', () => {
  it('is not nothing where its price is not known: the balances are unknown, and say of what', async () => {
    const { confirmationId, actionId, symbol } = await asked(0);
    const before = await facts(desk.market);
    // As a crash would leave it: confirmed, and nobody has gone on with it.
    await desk.database.asOwner(async (client) => {
      await client.query("update core.confirmations set status = 'confirmed', decided_at = clock_timestamp(), decided_by = $2 where id = $1", [confirmationId, desk.owner.id]);
      await client.query("update core.actions set state = 'confirmed' where id = $1", [actionId]);
    });
    const priced = await facts(desk.market);
    expect(priced.committed.find((each) => each.actionId === actionId)?.valueMinor).toBeGreaterThan(0);
    // Taken off the free cash, once: the gates hold the next entry against what is left.
    const free = ({ balances }: typeof before): number => (balances.known ? balances.value.deployableMinor : Number.NaN);
    expect(free(before) - free(priced)).toBe(priced.committed.find((each) => each.actionId === actionId)?.valueMinor);
    expect((await facts(withoutQuoteOf(symbol))).balances).toMatchObject({ known: false, reason: `no price is known for ${symbol}` });
    await desk.database.asOwner((client) => client.query("update core.actions set state = 'failed' where id = $1", [actionId]));
  });

  it('is not nothing where an order at the market waits at the broker without a price', async () => {
    const { confirmationId, symbol } = await asked(10);
    await desk.press(confirmationId);
    expect((await facts(desk.market)).balances).toMatchObject({ known: true });
    expect((await facts(withoutQuoteOf(symbol))).balances).toMatchObject({ known: false, reason: `no price is known for ${symbol}` });
  });
});

describe('similar set-ups', () => {
  it('are the closed trades of the account with the entry’s strategy, side and sector, and what they lost after charges', async () => {
    await desk.advance(3);
    const held = await desk.ask<{ id: string; symbol: string }>('select id, symbol from core.positions where account_id = $1 and closed_at is null', [accountId]);
    const [position] = held;
    if (!position) throw new Error('nothing is held');
    const action = { kind: 'enter', accountId, symbol: position.symbol, exchange: 'NSE', side: 'BUY', quantity: 1, orderType: 'MARKET', product: 'DELIVERY', bracket: { stop: '1' }, strategy: 'manual', horizonDays: 1 } as never;
    const fact = (changes: object = {}, market: MarketView = desk.market) => similarSetupsFact(desk.database.orm, { action: { ...(action as object), ...changes } as never, market, asOf: desk.market.now() });
    expect(await fact()).toMatchObject({ known: true, value: { count: 0, lost: 0 } });
    // Sold for what it was bought at: the charges make it a loss.
    const exit = await desk.propose({ kind: 'exit', accountId, symbol: position.symbol, exchange: 'NSE', positionId: position.id, orderType: 'MARKET' } as never);
    await desk.press(exit.confirmation?.id ?? '');
    await desk.advance(3);
    const [closed] = await desk.ask<{ lost: boolean }>('select realised_minor - fees_minor <= 0 as lost from core.positions where id = $1 and closed_at is not null', [position.id]);
    expect(closed).toBeDefined();
    expect(await fact()).toMatchObject({ known: true, value: { count: 1, lost: closed?.lost ? 1 : 0 } });
    expect(await fact({ strategy: 'momentum' })).toMatchObject({ value: { count: 0 } });
    expect(await fact({ side: 'SELL' })).toMatchObject({ value: { count: 0 } });
    expect(await fact({}, { ...desk.market, symbols: () => new Map() })).toMatchObject({ known: false });
  });
});
