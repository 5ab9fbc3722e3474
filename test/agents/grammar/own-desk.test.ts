import { describe, expect, it } from 'vitest';
import { continues, ofAllAccounts, splitsUnread } from '../../../agents/grammar/continuation.ts';
import type { Intent } from '../../../agents/grammar/intents.ts';
import { intentOf, say } from './desk-talk.ts';

describe('questions about one’s own trades', () => {
  it.each<[string, Partial<Intent> & { kind: Intent['kind'] }]>([
    ['xirr so far', { kind: 'performance', measure: 'moneyWeighted' }], ['twr this fy vs nifty', { kind: 'performance', measure: 'alpha' }], ['expectancy per trade', { kind: 'performance', measure: 'expectancy' }], ['avg win vs avg loss', { kind: 'performance', measure: 'averages' }],
    ['how long do i usually hold winners', { kind: 'performance', measure: 'holding' }], ['longest losing streak', { kind: 'performance', measure: 'streak' }], ['STT kitna gaya total', { kind: 'performance', measure: 'costs', charge: 'stt' }], ['stamp duty since january', { kind: 'performance', measure: 'costs', charge: 'stampDuty' }],
    ['how much have i deposited so far this year', { kind: 'cash_flows', direction: 'IN' }], ['any withdrawals? when', { kind: 'cash_flows', direction: 'OUT' }], ['net deposits since january', { kind: 'cash_flows' }], ['sabka cash batao', { kind: 'cash', account: '*' }],
    ['how far is INFY from its stop', { kind: 'position', symbol: 'INFY', measure: 'distance' }], ['did i ever trade wipro', { kind: 'fills', symbol: 'WIPRO' }], ['what did i buy last thursday', { kind: 'fills', side: 'BUY' }], ['what was sold yesterday', { kind: 'fills', side: 'SELL' }],
    ['what did the judge say about card 12', { kind: 'why', card: 12 }], ['daily loss limit kitna bacha hai', { kind: 'limits', measure: 'dailyLoss' }], ['what is left of my daily loss limit', { kind: 'limits', measure: 'dailyLoss' }], ['can i still lose more today', { kind: 'limits', measure: 'dailyLoss' }],
    ['smallest holding?', { kind: 'holdings', order: 'SMALLEST' }], ['which stock is closest to its stop', { kind: 'holdings', order: 'NEAR_STOP' }], ['are any of my positions near their target', { kind: 'holdings', order: 'NEAR_TARGET' }], ['what is my account worth', { kind: 'treasury' }], ['how much is my LumpSum account worth', { kind: 'treasury', account: 'LumpSum' }],
    ['pnl since start', { kind: 'performance' }], ['return in % for lumpsum since start', { kind: 'performance', account: 'LumpSum' }], ['total brokerage and taxes since inception', { kind: 'performance', measure: 'costs' }], ['net deposits since inception', { kind: 'cash_flows' }], ['how much profit on my total deposits', { kind: 'performance' }],
    ['pnl on tuesdays', { kind: 'sql' }], ['orders placed today', { kind: 'sql' }], ['rejected cards with reason in january', { kind: 'cards', outcome: 'REJECTED' }], ['which ideas did i reject last month and why', { kind: 'cards', outcome: 'REJECTED', decidedBy: 'me' }],
    ['upcoming sip dates', { kind: 'funding_plan', account: 'SIP' }], ['dp charges this year', { kind: 'performance', measure: 'costs', charge: 'dp' }], ['what was my biggest win', { kind: 'performance', measure: 'best' }], ['average loss on INFY trades', { kind: 'performance', symbol: 'INFY', measure: 'averages' }], ['kitni baar INFY trade kiya', { kind: 'fills', symbol: 'INFY' }], ['last fin year profit', { kind: 'performance', period: { from: '2023-04-01', to: '2024-03-31', label: 'last fy' } }], ['any alerts i havent seen', { kind: 'alerts' }],
    ['how much short term gain this FY', { kind: 'capital_gains', term: 'SHORT' }], ['tax owed so far', { kind: 'capital_gains', tax: true }], ['how much tax have I paid', { kind: 'performance', measure: 'costs', charge: 'taxes' }], ['which lots of INFY turn long term next month', { kind: 'tax_lots', turning: true, symbol: 'INFY', period: { from: '2024-08-01', to: '2024-08-31', label: 'next month' } }],
    ['did my TCS stop get hit', { kind: 'stop_hits', symbol: 'TCS', which: 'STOP' }], ['total lost to stops this FY', { kind: 'stop_hits', which: 'STOP' }], ["yesterday's cards", { kind: 'cards', period: { from: '2024-07-02', to: '2024-07-02', label: 'yesterday' } }], ['which cards did I approve last week', { kind: 'cards', outcome: 'APPROVED', decidedBy: 'me' }], ['what did meera approve this month', { kind: 'cards', decidedBy: 'meera' }],
    ['which orders were rejected today and why', { kind: 'orders', outcome: 'REJECTED' }], ['when was the SIP account paused and by whom', { kind: 'control_history', of: 'TRADING', change: 'STOPPED', account: 'SIP' }], ['what changed in my mandate, when', { kind: 'control_history', of: 'MANDATE' }], ['next three SIP dates', { kind: 'funding_plan', count: 3, account: 'SIP' }], ['SIP instalments paid so far', { kind: 'funding_plan', done: true, part: 'INSTALMENT' }],
    ['what of mine expires this week', { kind: 'option_positions', expiring: true, period: { from: '2024-07-03', to: '2024-07-07', label: 'this week' } }], ['deposits by account', { kind: 'cash_flows', direction: 'IN', by: 'account' }], ['how much did i put into each account', { kind: 'cash_flows', direction: 'IN', by: 'account' }], ['is INFY in profit', { kind: 'position', symbol: 'INFY', measure: 'profit' }], ['is the SIP account in profit', { kind: 'performance', account: 'SIP' }], ['who drew up card 20', { kind: 'decision', card: 20, asked: 'PROPOSER' }],
    ['avg buy price in INFY', { kind: 'position', symbol: 'INFY' }], ['how is cash split across accounts', { kind: 'treasury' }], ['largest win in tactical ever', { kind: 'performance', measure: 'best', account: 'Tactical' }], ['which position got stopped out last', { kind: 'stop_hits', which: 'STOP' }], ['did meera reject anything in january', { kind: 'cards', outcome: 'REJECTED', decidedBy: 'meera' }], ['risk left in each position', { kind: 'risk_metrics', measure: 'openRisk' }], ['next two sip payments and amounts', { kind: 'funding_plan', count: 2, account: 'SIP' }],
    ['total cost of my holdings', { kind: 'holdings', measure: 'cost' }], ['gst and stamp duty since april', { kind: 'performance', measure: 'costs', charges: ['gst', 'stampDuty'] }], ['how much in DP charges so far', { kind: 'performance', measure: 'costs', charge: 'dp' }], ['max drawdown of each account', { kind: 'performance', measure: 'drawdown', by: 'account' }], ['who turned down the most cards', { kind: 'cards', outcome: 'REJECTED', by: 'person' }], ['how much has SIP received in instalments', { kind: 'funding_plan', done: true, account: 'SIP' }], ['which stop cost me the most', { kind: 'stop_hits', order: 'WORST' }], ['oldest lot i still own', { kind: 'tax_lots', order: 'OLDEST' }], ['how long was SIP paused', { kind: 'control_history', of: 'TRADING', account: 'SIP' }], ['money in and money out this financial year', { kind: 'cash_flows' }],
    ['who rejected card 62', { kind: 'decision', card: 62 }], ['card 7 was rejected by whom', { kind: 'decision', card: 7 }], ['whose decision was card 12', { kind: 'decision', card: 12 }], ['which cards did the gates block today and why', { kind: 'cards', outcome: 'BLOCKED', period: { from: '2024-07-03', to: '2024-07-03', label: 'today' } }], ['which cards were blocked in april', { kind: 'cards', outcome: 'BLOCKED' }], ['rejected cards', { kind: 'cards', outcome: 'REJECTED' }],
    ['max positions allowed in SIP and how many are used', { kind: 'limits', measure: 'positions', account: 'SIP' }], ['how many more positions can I open', { kind: 'limits', measure: 'positions' }], ['how much can I risk on one trade', { kind: 'limits', measure: 'perTrade' }], ['how much risk can i still take today', { kind: 'limits' }], ['what happens if bank stocks fall 10%', { kind: 'scenario', sector: 'banks', movePercent: -10 }], ['net profit in calendar 2023 till now in tactical', { kind: 'performance', account: 'Tactical', period: { from: '2023-01-01', to: '2023-12-31', label: 'calendar 2023' } }], ['which account has the worst drawdown', { kind: 'performance', by: 'account', measure: 'drawdown' }], ['what am i sitting on right now', { kind: 'holdings' }], ['how much can i withdraw from tactical', { kind: 'treasury', account: 'Tactical' }], ['stop and target on INFY', { kind: 'position', symbol: 'INFY', measure: 'distance' }], ['how much of LumpSum is invested vs cash', { kind: 'treasury', account: 'LumpSum' }], ['how much below peak am i', { kind: 'performance', measure: 'drawdown' }], ['drawdown of SIP right now', { kind: 'performance', measure: 'drawdown', account: 'SIP' }], ['what do i lose if every stop gets hit', { kind: 'risk_metrics', measure: 'openRisk' }],
  ])('“%s”', (text, intent) => expect(intentOf(text)).toMatchObject(intent));

  it.each<[string, object]>([
    ['credit 10 INFY from the RELIANCE demerger', { into: 'INFY', quantity: 10 }], ['book 25 shares of INFY from RELIANCE demerger in SIP', { into: 'INFY', quantity: 25, account: 'SIP' }],
    ['work in the RELIANCE demerger 1:1 INFY', { into: 'INFY', ratio: { first: 1, second: 1 } }], ['work in the RELIANCE demerger 1:10 INFY cost split 95.32/4.68', { into: 'INFY', ratio: { first: 1, second: 10 }, costSplit: { kept: 95.32, parted: 4.68 } }],
    ['credit 10 infy from the reliance demerger, cost split 95.32 and 4.68', { into: 'INFY', quantity: 10, costSplit: { kept: 95.32, parted: 4.68 } }], ['credit 10 INFY from the RELIANCE demerger with 4.68% of the cost', { into: 'INFY', quantity: 10, costSplit: { parted: 4.68 } }],
    ['i got 10 INFY from the RELIANCE demerger', { into: 'INFY', quantity: 10 }], ['please add my infy shares from the reliance demerger 1 for 10', { into: 'INFY', ratio: { first: 1, second: 10 } }], ['work in the reliance demerger', {}],
    ['credit the INFY shares from the RELIANCE demerger', { into: 'INFY' }], ['work in the RELIANCE demerger 1:1 INFY, cost split 95.32:4.68', { into: 'INFY', ratio: { first: 1, second: 1 }, costSplit: { kept: 95.32, parted: 4.68 } }],
    ['credit 10 JIOFIN from the RELIANCE demerger', { into: 'JIOFIN', quantity: 10 }], ['work in the RELIANCE demerger 1:1 JIOFIN cost split 95.32/4.68', { into: 'JIOFIN', ratio: { first: 1, second: 1 }, costSplit: { kept: 95.32, parted: 4.68 } }],
    ['no shares come from the RELIANCE demerger', { none: true }], ['drop the expected shares of the RELIANCE demerger', { none: true }],
  ])('hears what came of a demerger: “%s”', (text, slots) => expect(intentOf(text)).toEqual({ kind: 'parted_shares', symbol: 'RELIANCE', ...slots }));

  it('asks how much of what instead of taking half of something for an order or an answer', () => {
    for (const text of ['cut it in half', 'halve it', 'cut my exposure to it in half']) expect(say(text).kind).toBe('ask');
    expect(say('tuesday ko kitna loss hua overall')).toMatchObject({ kind: 'ask', choices: [{ command: 'pnl on tuesdays' }, { command: 'pnl on tuesday' }] });
    expect(intentOf('how close am I to the daily loss limit')).toMatchObject({ kind: 'limits', measure: 'dailyLoss' });
    for (const text of ['how much can I lose', 'rejected cards']) { const said = say(text); expect(said.kind === 'intent' && (said.intent.kind === 'performance' || said.intent.kind === 'sql')).toBe(false); }
  });
  it('keeps a sector that a measure cannot be told for, instead of telling it for everything', () => {
    const said = say('win rate in bank stocks last 6 months');
    expect(said.kind === 'intent' && said.intent.kind === 'performance').toBe(false);
  });
  it('leaves out no stretch of time that was named, and takes past trades for no search', () => {
    expect(intentOf('compare sip and tactical this year')).toMatchObject({ kind: 'performance', by: 'account', period: { from: '2024-01-01', to: '2024-07-03' } });
    expect(intentOf('net of charges kitna bana is saal')).toMatchObject({ kind: 'performance', period: { from: '2024-01-01' } });
    expect(intentOf('net of charges kitna bana is saal')).not.toHaveProperty('measure');
    expect(intentOf('show trades in INFY')).toEqual({ kind: 'fills', symbol: 'INFY' });
    expect(intentOf('find me trades in INFY')).toMatchObject({ kind: 'find_idea', symbol: 'INFY' });
  });
  it('means one’s own losers after a question about one’s own trades, and a second size of the same move', () => {
    expect(intentOf('and losers?', { lastIntent: { kind: 'performance', measure: 'holding', account: 'SIP' } })).toEqual({ kind: 'performance', measure: 'holding', account: 'SIP' });
    expect(intentOf('and losers?', { lastIntent: { kind: 'performance' } })).toEqual({ kind: 'performance', measure: 'worst' });
    expect(intentOf('and 10?', { lastIntent: { kind: 'scenario', movePercent: -5 } })).toEqual({ kind: 'scenario', movePercent: -10 });
  });
});

describe('questions that go on from the one before', () => {
  it('ask the same of the card before or after the one that was shown', () => {
    for (const text of ['and the one before?', 'the previous one', 'and the card before that']) expect(intentOf(text, { lastIntent: { kind: 'decision', card: 62 }, lastShownCard: 62 })).toEqual({ kind: 'decision', card: 62, step: 'BEFORE' });
    expect(intentOf('and the next one?', { lastIntent: { kind: 'explain_block', symbol: 'INFY' }, lastShownCard: 9 })).toEqual({ kind: 'explain_block', card: 9, step: 'AFTER' });
    expect(say('and the one before?', { lastIntent: { kind: 'cash' }, lastShownCard: 9 }).kind).not.toBe('intent');
  });
  it('are the same over another time where they compare', () => {
    expect(intentOf('compare that with last quarter', { lastIntent: { kind: 'performance', account: 'SIP' } })).toMatchObject({ kind: 'performance', account: 'SIP', period: { from: '2024-04-01', to: '2024-06-30' } });
  });
  it('leave out no split that was asked for, nor that all accounts are meant', () => {
    expect(splitsUnread({ kind: 'performance', measure: 'winRate' }, 'win rate by account')).toBe(true);
    expect(splitsUnread({ kind: 'performance', by: 'sector' }, 'pnl by sector')).toBe(false);
    expect(splitsUnread({ kind: 'performance' }, 'pnl this month')).toBe(false);
    expect([ofAllAccounts('profit factor overall'), ofAllAccounts('what is my net worth'), ofAllAccounts('what do I hold')]).toEqual([true, true, false]);
  });
  it.each([['which of them is losing the most', { kind: 'holdings', order: 'WORST' }], ['and which has made me the most', { kind: 'holdings', order: 'BEST' }], ['what did they cost', { kind: 'holdings', measure: 'cost' }]])('are of what is held where it was told before: “%s”', (text, intent) => expect(intentOf(text, { lastIntent: { kind: 'holdings', order: 'WORST' } })).toEqual(intent));
  it('carry the time, account and share on where they only ask for something else', () => {
    const march = { from: '2024-03-01', to: '2024-03-31', label: 'march' };
    expect(intentOf('and long term?', { lastIntent: { kind: 'capital_gains', term: 'SHORT', period: march } })).toEqual({ kind: 'capital_gains', term: 'LONG', period: march });
    expect(intentOf('what tax do i owe on that', { lastIntent: { kind: 'capital_gains', period: march, account: 'SIP' } })).toEqual({ kind: 'capital_gains', tax: true, period: march, account: 'SIP' });
    expect(intentOf('and the fees?', { lastIntent: { kind: 'performance', symbol: 'INFY', period: march } })).toMatchObject({ measure: 'costs', symbol: 'INFY', period: march });
    expect(intentOf('fees', { lastIntent: { kind: 'performance', symbol: 'INFY', period: march } })).toEqual({ kind: 'performance', measure: 'costs' });
  });
  it('leave neither way of money out where both were said', () => { expect(intentOf('total money i put in minus what i took out')).toEqual({ kind: 'cash_flows' }); });
  it('keep the questions that they continue, where these were about the book', () => {
    expect(intentOf('and in SIP?', { lastIntent: { kind: 'sql', question: 'profit by month', before: ['closed trades'] } })).toEqual({ kind: 'sql', question: 'and in SIP?', before: ['closed trades', 'profit by month'] });
    expect(continues('only the losers', { kind: 'performance', account: 'SIP', period: { from: '2024-05-01', to: '2024-05-31', label: 'may' } })).toEqual(['pnl in SIP between 2024-05-01 and 2024-05-31']);
    expect(continues('how many of those were in SIP', { kind: 'fills', side: 'SELL', symbol: 'INFY' })).toEqual(['sold fills in INFY']);
    for (const text of ['what do I hold in SIP this month', 'price of INFY please now']) expect(continues(text, { kind: 'sql', question: 'profit by month' })).toBeNull();
    expect(continues('how much did they lose altogether', { kind: 'sql', question: 'trades closed on 4 june' })).toEqual(['trades closed on 4 june']);
    expect(continues('and in SIP?', { kind: 'movers', direction: 'UP' })).toBeNull();
  });
});

describe('stretches of time that traders name', () => {
  it.each([
    ['pnl since diwali', '2023-11-12', '2024-07-03', 'since diwali (2023-11-12)'], ['pnl between 3 and 12 march', '2024-03-03', '2024-03-12', 'between 3 and 12 march'], ['pnl from 3 to 12 march', '2024-03-03', '2024-03-12', '3 to 12 march'], ['pnl 3-12 march', '2024-03-03', '2024-03-12', '3-12 march'], ['pnl between march 3 and 12', '2024-03-03', '2024-03-12', 'march 3 and 12'], ['pnl between the 28th and the 30th of june 2023', '2023-06-28', '2023-06-30', '2023'], ['pnl in the past fortnight', '2024-06-20', '2024-07-03', 'past fortnight'], ['pnl in q1', '2024-04-01', '2024-06-30', 'q1 (2024-04-01 to 2024-06-30)'], ['pnl in q2', '2024-07-01', '2024-07-03', 'q2 (2024-07-01 to 2024-09-30)'], ['pnl in q4', '2024-01-01', '2024-03-31', 'q4 (2024-01-01 to 2024-03-31)'],
  ])('“%s”', (text, from, to, label) => expect(intentOf(text)).toMatchObject({ kind: 'performance', period: { from, to, label: expect.stringContaining(label) } }));
});
