import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '../../tools/accounts.ts';
import { feedsHealth } from '../../tools/feeds-health.ts';
import { mandate, proposeMandateChange } from '../../tools/mandate.ts';
import { proposeDeposit, proposeTransfer, proposeWithdrawal } from '../../tools/propose-cash.ts';
import { sectorNamed } from '../../tools/sector-names.ts';
import { treasury } from '../../tools/treasury.ts';
import { actionById } from '../../db/stores/actions.ts';
import { type BookDesk, openBookDesk } from './fixtures.ts';

let desk: BookDesk;
beforeAll(async () => { desk = await openBookDesk(); });
afterAll(async () => { await desk.close(); });

describe('cash', () => {
  it('moves between accounts only after a yes, and then in both ledgers', async () => {
    const before = await desk.ask(treasury, {});
    const proposal = await desk.ask(proposeTransfer, { from: 'Tactical', to: 'SIP', amountMinor: 1_000_00 });
    expect(proposal).toMatchObject({ state: 'awaiting_confirmation', gateReport: { verdict: 'PASS' } });
    expect((await desk.ask(treasury, {})).totals.cashMinor).toBe(before.totals.cashMinor);
    await desk.press(proposal.confirmation!.id);
    const after = await desk.ask(treasury, {});
    const cashOf = (of: typeof after, name: string): number => of.accounts.find((line) => line.account === name)!.cashMinor!;
    expect([cashOf(after, 'Tactical') - cashOf(before, 'Tactical'), cashOf(after, 'SIP') - cashOf(before, 'SIP')]).toEqual([-1_000_00, 1_000_00]);
    expect(after.totals.cashMinor).toBe(before.totals.cashMinor);
  });
  it('that comes from outside counts as put in once it is confirmed', async () => {
    const before = (await desk.ask(treasury, { account: 'SIP' })).totals.depositedMinor!;
    const proposal = await desk.ask(proposeDeposit, { account: 'SIP', amountMinor: 5_000_00 });
    await desk.press(proposal.confirmation!.id);
    expect((await desk.ask(treasury, { account: 'SIP' })).totals.depositedMinor).toBe(before + 5_000_00);
  });
  it('that is not free is not let out, with the reason', async () => {
    const proposal = await desk.ask(proposeWithdrawal, { account: 'SIP', amountMinor: 50_00_000_00 });
    expect(proposal).toMatchObject({ state: 'blocked', gateReport: { verdict: 'BLOCK' } });
    expect(proposal.message).toMatch(/free to use/);
    expect(proposal.confirmation).toBeUndefined();
  });
  it.each([[{ from: 'SIP', to: 'SIP', amountMinor: 1 }, 'SAME_ACCOUNT'], [{ from: 'SIP', to: 'Nowhere', amountMinor: 1 }, 'NO_SUCH_ACCOUNT'], [{ from: 'SIP', to: 'Tactical', amountMinor: -5 }, 'INVALID_INPUT'], [{ from: 'SIP', to: 'Tactical', amountMinor: 1.5 }, 'INVALID_INPUT']])('refuses %j', async (input, code) => expect(await desk.refusal(proposeTransfer, input)).toBe(code));
  it('is not proposed by a viewer', async () => {
    const viewer = await desk.viewer('asha', ['SIP']);
    expect(await desk.refusal(proposeDeposit, { account: 'SIP', amountMinor: 1_00 }, viewer)).toBe('NOT_ALLOWED');
  });
  it('is put forward by the agent on somebody’s behalf where an agent called, and never confirms itself', async () => {
    const proposal = await desk.ask(proposeDeposit, { account: 'SIP', amountMinor: 7_00 }, { agent: 'Portfolio' });
    const stored = await actionById(desk.database.orm, proposal.actionId);
    expect(stored!.proposer).toMatchObject({ kind: 'agent', agent: 'Portfolio', onBehalfOf: desk.owner.id });
    expect(proposal.state).toBe('awaiting_confirmation');
  });
});

describe('a mandate', () => {
  it('changes one setting by a confirmed proposal and keeps all others', async () => {
    const before = await desk.ask(mandate, { account: 'SIP' });
    const proposal = await desk.ask(proposeMandateChange, { account: 'SIP', setting: 'riskPerTradePercent', value: 0.5 });
    expect((await desk.ask(mandate, { account: 'SIP' })).version).toBe(before.version);
    await desk.press(proposal.confirmation!.id);
    const after = await desk.ask(mandate, { account: 'SIP' });
    expect(after.terms).toEqual({ ...before.terms, riskPerTradePercent: 0.5 });
    expect([after.version, after.summary]).toEqual([before.version + 1, 'risk per trade 1 % → 0.5 %']);
  });
  it('bans a part of a sector by its symbols, since the gates would not know it by that name', async () => {
    const pharma = sectorNamed('pharma', desk.market.symbols().values())!;
    expect(pharma.sector).toBeNull();
    const proposal = await desk.ask(proposeMandateChange, { account: 'LumpSum', setting: 'banSector', value: 'pharma' });
    await desk.press(proposal.confirmation!.id);
    const { terms } = await desk.ask(mandate, { account: 'LumpSum' });
    expect([...terms.bannedSymbols].sort()).toEqual([...pharma.symbols].sort());
    const [symbol] = pharma.symbols;
    const events = await desk.say(`buy 1 ${symbol} at ${desk.market.quote(symbol!)!.last.toFixed(2)} in LumpSum`);
    expect(events.find((event) => event.type === 'reply')).toMatchObject({ text: expect.stringContaining(`rules out ${symbol}`) });
  });
  it('bans a whole sector by its own name, whatever it was called', async () => {
    const proposal = await desk.ask(proposeMandateChange, { account: 'Tactical', setting: 'banSector', value: 'fmcg' });
    await desk.press(proposal.confirmation!.id);
    expect((await desk.ask(mandate, { account: 'Tactical' })).terms.bannedSectors).toEqual(['Fast Moving Consumer Goods']);
  });
  it.each([
    [{ setting: 'riskPerTradePercent', value: 50 }, 'SETTING_INVALID'], [{ setting: 'riskPerTradePercent', value: 'high' }, 'SETTING_INVALID'], [{ setting: 'maxPositions', value: 8 }, 'NOTHING_CHANGES'],
    [{ setting: 'luck', value: 1 }, 'NO_SUCH_SETTING'], [{ setting: 'banSymbol', value: 'ZORBIX' }, 'NO_SUCH_SYMBOL'], [{ setting: 'banSector', value: 'zeppelins' }, 'NO_SUCH_SECTOR'], [{ setting: 'objective', value: 'GET_RICH' }, 'SETTING_INVALID'],
  ])('refuses %j with %s', async (change, code) => expect(await desk.refusal(proposeMandateChange, { account: 'SIP', ...change })).toBe(code));
});

describe('feeds_health', () => {
  it('takes a feed that was never heard for unknown, not for silent since zero minutes', async () => {
    const services = { ...desk.services, feedHealth: async () => [{ feed: 'nse', lastSuccessAt: null, lastHeardMarketTime: null, errors: 2, lastError: 'timed out', stale: true }] };
    expect((await desk.ask(feedsHealth, {}, {}, services)).stale).toMatchObject([{ feed: 'nse', minutesSilent: null, lastHeardText: null, state: 'stale' }]);
  });
});

describe('accounts', () => {
  it('show the stricter of the desk’s state and their own', async () => {
    await desk.say('pause');
    expect((await desk.ask(accounts, {})).accounts.map((account) => account.state)).toEqual(['REDUCING', 'REDUCING', 'REDUCING']);
    await desk.say('kill switch SIP, prices look wrong');
    expect(Object.fromEntries((await desk.ask(accounts, {})).accounts.map((account) => [account.name, account.state]))).toEqual({ LumpSum: 'REDUCING', SIP: 'HALTED', Tactical: 'REDUCING' });
  });
});

describe('a spoken sector', () => {
  it.each([['banks', 'MERUBANK'], ['IT', 'NAVOSYS'], ['pharma', 'AROGENIX'], ['energy', ''], ['Healthcare', 'CURALYN']])('“%s” means its symbols', (said, symbol) => {
    const found = sectorNamed(said, desk.market.symbols().values());
    expect(found!.symbols.size).toBeGreaterThan(0);
    if (symbol) expect(found!.symbols.has(symbol)).toBe(true);
  });
  it('that nobody knows means none', () => expect(sectorNamed('zeppelins', desk.market.symbols().values())).toBeNull());
});
