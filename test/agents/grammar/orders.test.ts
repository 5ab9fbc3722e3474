import { describe, expect, it } from 'vitest';
import { understand } from '../../../agents/grammar/understand.ts';
import { calendar, intentOf, marketDate, resolver, say } from './desk-talk.ts';

const shares = (n: number) => ({ kind: 'shares', shares: n });

describe('typed orders', () => {
  it.each([
    ['buy 10 TCS at 3900', { kind: 'buy', symbol: 'TCS', quantity: shares(10), limitPrice: '3900' }],
    ['buy 10 TCS', { kind: 'buy', symbol: 'TCS', quantity: shares(10) }],
    ['Buy 10 tcs @ 3,900.50', { kind: 'buy', symbol: 'TCS', quantity: shares(10), limitPrice: '3900.5' }],
    ['buy 10 TCS@3900', { kind: 'buy', symbol: 'TCS', quantity: shares(10), limitPrice: '3900' }],
    ['BUY 10 TCS LIMIT 3900 SL 3820 TGT 4100', { kind: 'buy', symbol: 'TCS', quantity: shares(10), limitPrice: '3900', stop: '3820', target: '4100' }],
    ['buy 10 tcs at 3900 only if it holds 3850', { kind: 'buy', symbol: 'TCS', quantity: shares(10), limitPrice: '3900', onlyIf: { comparison: 'ABOVE', price: '3850' } }],
    ['buy 10 tcs only if it falls to 3800', { kind: 'buy', symbol: 'TCS', quantity: shares(10), onlyIf: { comparison: 'BELOW', price: '3800' } }],
    ['buy 20000 rupees of INFY', { kind: 'buy', symbol: 'INFY', quantity: { kind: 'money', amountMinor: 2_000_000 } }],
    ['buy ₹1.5 lakh worth of reliance in SIP', { kind: 'buy', symbol: 'RELIANCE', quantity: { kind: 'money', amountMinor: 15_000_000 }, account: 'SIP' }],
    ['buy 10 M&M', { kind: 'buy', symbol: 'M&M', quantity: shares(10) }],
    ['buy 3 bajaj-auto at 9500', { kind: 'buy', symbol: 'BAJAJ-AUTO', quantity: shares(3), limitPrice: '9500' }],
    ['buy 12 state bank of india', { kind: 'buy', symbol: 'SBIN', quantity: shares(12) }],
    ['sell half of INFY', { kind: 'sell', symbol: 'INFY', quantity: { kind: 'fraction', fraction: 0.5 } }],
    ['sell half of infy', { kind: 'sell', symbol: 'INFY', quantity: { kind: 'fraction', fraction: 0.5 } }],
    ['sell 25% of coalindia at 390', { kind: 'sell', symbol: 'COALINDIA', quantity: { kind: 'fraction', fraction: 0.25 }, limitPrice: '390' }],
    ['sell all INFY', { kind: 'exit', symbol: 'INFY' }],
    ['sell 100% of INFY', { kind: 'exit', symbol: 'INFY' }],
    ['exit TCS', { kind: 'exit', symbol: 'TCS' }],
    ['move the INFY stop to 1450', { kind: 'modify_position', symbol: 'INFY', stop: '1450' }],
    ['trail INFY by 20', { kind: 'modify_position', symbol: 'INFY', trailDistance: '20' }],
    ['flatten and stop', { kind: 'close_all', haltEntries: true }],
    ['cancel all orders', { kind: 'cancel_order', all: true }],
    ['set risk per trade to 0.5 %', { kind: 'mandate_change', setting: 'riskPerTradePercent', value: 0.5 }],
    ['transfer 25000 from SIP to Tactical', { kind: 'transfer', amountMinor: 2_500_000, from: 'SIP', to: 'Tactical' }],
  ])('reads "%s", explicitly', (text, intent) => {
    const said = say(text);
    expect(said).toMatchObject({ kind: 'intent', explicit: true, assumed: [] });
    expect(said.kind === 'intent' && said.intent).toEqual(intent);
  });

  it.each([
    ['sell INFY', 'all of the position'], ['close TCS', 'closing is leaving the position'], ['buy 100 idea', '"idea" is the ticker IDEA'], ['buy 10 sbi', '"sbi" is SBIN (State Bank of India)'],
  ])('is not explicit where something was understood: "%s"', (text, assumed) => {
    expect(say(text)).toMatchObject({ kind: 'intent', explicit: false, assumed: [assumed] });
  });

  it.each([
    'buy TCS', 'buy 10.5 TCS', 'buy 0 TCS', 'buy -10 TCS', 'buy 1e3 TCS', 'buy 10,20 TCS', 'buy 10 TCS at 0', 'buy 10 TCS at 3900k', 'buy 10 TCS at 3900 at 3950', 'buy 10 TCS stop 1 stop 2', 'buy 10 TCS tomorrow', 'buy 10 TCS on Monday', 'buy 20k INFY', 'buy half of INFY',
    'buy 10 TCS only if infy holds 1500', 'buy 10 TCS in all accounts', 'buy INFY TCS WIPRO', 'sell half of infy and buy tcs', 'sell 10 infy, buy 5 tcs', 'buy 10 ZORBIX', 'buy 10 tata', 'short 10 TCS', 'approve all', 'approve 12 and 13', 'withdraw everything', 'set risk per trade to 5', 'move 25k from SIP to Moon', 'buy 10 TCS at 5%',
  ])('orders nothing on "%s" and asks', (text) => {
    expect(['ask', 'unknown']).toContain(say(text).kind);
  });

  it('asks whether a rounded figure is rupees or shares', () => {
    expect(say('buy 20k INFY')).toMatchObject({ kind: 'ask', choices: [{ command: 'buy ₹20000 of INFY' }, { command: 'buy 20000 INFY' }] });
  });

  it('takes several orders one at a time', () => {
    expect(say('sell 10 infy, buy 5 tcs')).toMatchObject({ kind: 'ask', choices: [{ command: 'sell 10 infy' }, { command: 'buy 5 tcs' }] });
  });

  it('asks in which account when a position is held in two', () => {
    const positions = [{ symbol: 'INFY', account: 'SIP', quantity: 40 }, { symbol: 'INFY', account: 'Tactical', quantity: 10 }];
    expect(say('exit INFY', { positions })).toMatchObject({ kind: 'ask', choices: [{ command: 'exit INFY in SIP' }, { command: 'exit INFY in Tactical' }] });
    expect(intentOf('exit INFY in Tactical', { positions })).toEqual({ kind: 'exit', symbol: 'INFY', account: 'Tactical' });
  });
});

describe('symbols', () => {
  it('says what it does not know and names nothing that is not near', () => {
    expect(say('what did ZORBIX close at?')).toEqual({ kind: 'ask', question: 'I know no symbol or company "ZORBIX". Nearest names: none close enough to guess.', choices: [] });
  });

  it('asks before it orders under a name that was spelt wrong, even where the resolver forgives the slip', () => {
    const forgiving = { resolve: (name: string) => (/^(infosis|infossys|relianse)$/i.test(name) ? { kind: 'one' as const, ...(name.toLowerCase().startsWith('inf') ? { symbol: 'INFY', name: 'Infosys Limited' } : { symbol: 'RELIANCE', name: 'Reliance Industries Limited' }) } : resolver.resolve(name)) };
    const context = { accounts: [], positions: [], pendingConfirmations: [] };
    for (const [text, command] of [['buy 10 infosis at 1500', 'buy 10 INFY at 1500'], ['sell half of infossys', 'sell half of INFY'], ['exit relianse', 'exit RELIANCE'], ['/buy 5 relianse', '/buy 5 RELIANCE']] as const) {
      expect(understand({ text, context, resolver: forgiving, calendar, marketDate }), text).toMatchObject({ kind: 'ask', choices: [{ command }] });
    }
    expect(understand({ text: 'price of infosis', context, resolver: forgiving, calendar, marketDate })).toMatchObject({ kind: 'intent', explicit: false, intent: { kind: 'quote', symbol: 'INFY' } });
  });

  it('offers the same sentence with the near name', () => {
    expect(say('buy 10 infi at 1500')).toMatchObject({ kind: 'ask', choices: [{ command: 'buy 10 INFY at 1500' }] });
  });

  it.each(['find an idea', 'take a look at my positions', 'total fees by month', 'portfolio beta', 'what should I focus on', 'clean up', 'global retail wealth', 'star of the day', 'show me the oil exposure'])('takes no everyday word for a ticker in "%s"', (text) => {
    const said = say(text);
    expect(said.kind === 'intent' && 'symbol' in said.intent ? said.intent.symbol : undefined).toBeUndefined();
  });

  it('reads everyday words as tickers when they are typed as such', () => {
    expect(intentOf('price of IDEA')).toMatchObject({ kind: 'quote', symbol: 'IDEA' });
    expect(intentOf('chart BETA')).toMatchObject({ kind: 'chart', symbol: 'BETA' });
  });
});
