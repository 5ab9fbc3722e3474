import { describe, expect, it } from 'vitest';
import { translate } from '../../../tools/sql-question/translate.ts';
import { calendar, intentOf, marketDate, resolver, say } from './desk-talk.ts';

describe('moving averages that cross', () => {
  it.each([
    ["did TCS's 20-day cross above its 50-day this month", { symbol: 'TCS', short: 20, long: 50, way: 'UP', period: { from: '2024-07-01' } }], ['did the 50 dma of sbin cross below its 200 dma in 2024', { symbol: 'SBIN', short: 50, long: 200, way: 'DOWN' }],
    ['50 day crossed 200 day in coal india when', { symbol: 'COALINDIA', short: 50, long: 200 }], ['20/50 dma crossover in TCS this year', { symbol: 'TCS', short: 20, long: 50 }], ['did the 200 dma of tcs cross below its 50 dma', { short: 50, long: 200, way: 'UP' }],
    ['when did infosys last have a death cross', { symbol: 'INFY', short: 50, long: 200, way: 'DOWN' }], ['which Nifty stocks had a golden cross in 2024', { index: 'NIFTY', way: 'UP' }], ['nifty 500 stocks with a golden cross this month', { index: 'NIFTY', indexNumber: 500 }],
    ['which it stocks had a death cross in june 2024', { sector: 'IT', way: 'DOWN' }], ['stocks that crossed above their 50 dma this week', { short: 1, long: 50, way: 'UP' }], ['did tcs break above its 200 dma in june', { symbol: 'TCS', short: 1, long: 200, way: 'UP' }],
    ['how many days did wipro close below its 200 dma this year', { symbol: 'WIPRO', short: 1, long: 200, way: 'DOWN', measure: 'DAYS' }], ['has sbin closed below its 50 day average any time in june', { symbol: 'SBIN', long: 50, measure: 'DAYS' }],
  ])('“%s”', (text, slots) => expect(intentOf(text)).toMatchObject({ kind: 'average_cross', ...slots }));
  it.each(['is tcs above its 200 dma', 'which stocks are above their 50 dma', 'buy tcs if it crosses 200 dma', 'tcs ema 20 crossed ema 50', 'did tcs cross 4000', 'cross check tcs', 'how many days in 2024 has tata motors closed under 400', 'has sbin been below 300 any time'])('“%s” is no such question', (text) => expect(intentOf(text)?.kind).not.toBe('average_cross'));
});

describe('several conditions', () => {
  it.each([
    ['stocks with RSI below 30 and above the 200 DMA', { condition: 'RSI_BELOW', level: 30, also: [{ condition: 'ABOVE_AVERAGE', length: 200 }] }], ['which stocks are above their 50 dma with RSI over 70', { condition: 'ABOVE_AVERAGE', length: 50, also: [{ condition: 'RSI_ABOVE', level: 70 }] }],
    ['IT stocks below 200 dma and down more than 5% this month', { condition: 'BELOW_AVERAGE', sector: 'IT', period: { from: '2024-07-01' }, also: [{ condition: 'FELL_OVER', level: 5 }] }], ['stocks above both their 50 and 200 dma', { length: 50, also: [{ condition: 'ABOVE_AVERAGE', length: 200 }] }],
    ['nifty 500 stocks above their 200 day average but with rsi below 40', { index: 'NIFTY', indexNumber: 500, also: [{ condition: 'RSI_BELOW', level: 40 }] }],
  ])('“%s”', (text, slots) => expect(intentOf(text)).toMatchObject({ kind: 'screen', ...slots }));
  it('are one where the second says the first with its figure', () => expect(intentOf('which shares look oversold, like RSI under 30?')).toEqual({ kind: 'screen', condition: 'RSI_BELOW', level: 30 }));
  it('are none where one of them is not understood, or is of another time', () => {
    for (const text of ['stocks with RSI above 60 and golden retriever', 'stocks up more than 3% on 3 June 2024 and down more than 2% on 4 June 2024']) expect(intentOf(text), text).toBeNull();
  });
});

describe('figures of shares', () => {
  it.each([
    ['on what share of days did INFY close up in 2023', { measure: 'upDays', symbol: 'INFY' }], ['what percentage of sessions in 2023 did reliance end in the red', { measure: 'downDays', symbol: 'RELIANCE' }], ['what percent of days did tcs close above 3800 this year', { measure: 'closesAbove', level: 3800 }],
    ['on how many days in 2024 did sbin move more than 5%', { measure: 'movesOver', level: 5 }], ['median daily volume of itc in june 2024', { measure: 'medianVolume' }], ['what was the volume of infosys on 21 june compared to its 20 day average', { measure: 'relativeVolume', span: { count: 20, unit: 'SESSION' }, period: { from: '2024-06-21', to: '2024-06-21' } }], ['is itc closer to its 52 week high or low', { measure: 'place' }],
    ['has tcs ever closed above 4200', { measure: 'closesAbove', level: 4200, span: { unit: 'ALL' } }], ["what's the spread between itc's june high and low", { measure: 'range', symbol: 'ITC', period: { from: '2024-06-01' } }],
    ['how much was delivered in tcs on 28 june', { measure: 'delivery' }], ['longest streak of gains for tcs in 2023', { measure: 'upRun', symbol: 'TCS' }], ['whats the biggest fall from a peak that sbin had in 2023', { measure: 'drawdown' }], ['nifty ka sabse bura din 2024 mein', { measure: 'worstDay', symbol: 'NIFTY', period: { from: '2024-01-01' } }], ['how far did wipro fall from its june peak', { measure: 'fromHigh', period: { from: '2024-06-01', to: '2024-06-30' } }],
  ])('“%s”', (text, slots) => expect(intentOf(text)).toMatchObject({ kind: 'price_stat', ...slots }));
  it.each([
    ['volatility of tata motors vs tata steel this year', ['TATAMOTORS', 'TATASTEEL'], 'volatility'], ['is SBIN more volatile than HDFCBANK over the last 3 months', ['SBIN', 'HDFCBANK'], 'volatility'], ['which had a deeper drawdown in 2023, tcs or infy', ['TCS', 'INFY'], 'drawdown'],
    ['compare the volumes of tcs and infy in june', ['TCS', 'INFY'], 'averageVolume'], ['tcs vs infy in june', ['TCS', 'INFY'], undefined], ['which of tcs, infosys and wipro fell most this month', ['TCS', 'INFY', 'WIPRO'], undefined],
  ])('“%s” holds them against each other', (text, symbols, measure) => expect(intentOf(text)).toMatchObject({ kind: 'compare', symbols, ...(measure ? { measure } : {}) }));
  it('keeps a beta against the index one of the share', () => expect(intentOf('beta of tcs vs nifty')).toMatchObject({ kind: 'price_stat', measure: 'beta', against: 'NIFTY' }));
  it.each([['top 5 gainers today', 5], ['three best performing metal stocks in june 2024', 3], ['worst 3 pharma stocks this month', 3]])('“%s” keeps its number', (text, count) => expect(intentOf(text)).toMatchObject({ kind: 'movers', count }));
});

describe('shares ranked, flows and counts', () => {
  it.each([
    ['10 most volatile stocks in june', { kind: 'screen', condition: 'VOLATILITY_HIGHEST', count: 10, period: { from: '2024-06-01' } }], ['least volatile pharma stocks this year', { condition: 'VOLATILITY_LOWEST', sector: 'pharma' }],
    ['on how many days did fiis sell more than 3000 crore in may', { kind: 'flows', measure: 'DAYS_SOLD', who: 'FII', level: 3000 }], ['how many days were DIIs net buyers in may', { kind: 'flows', measure: 'DAYS_BOUGHT', who: 'DII' }],
    ['how many of the nifty 500 companies ended in the red on 20 june', { kind: 'breadth', index: 'NIFTY', indexNumber: 500, period: { from: '2024-06-20' } }], ['how many companies have results in july 2024', { kind: 'calendar', what: 'RESULTS' }], ['last dividend of itc and when', { kind: 'corporate_actions', what: 'DIVIDEND' }],
    ['percentage of stocks above their 200 dma', { kind: 'screen', condition: 'ABOVE_AVERAGE', length: 200 }], ['which it stock fell the most since january', { kind: 'movers', direction: 'DOWN', sector: 'IT' }],
    ['how many headlines mention tcs', { kind: 'filings_count', symbol: 'TCS' }], ['news on infosys count since 1 june', { kind: 'filings_count', symbol: 'INFY', period: { from: '2024-06-01' } }], ['nifty 200 dma and is it above it', { kind: 'indicator', symbol: 'NIFTY', length: 200 }],
  ])('“%s”', (text, slots) => expect(intentOf(text)).toMatchObject(slots));
});

describe('sums over a chain', () => {
  it.each([
    ['total call OI above 24600', { measure: 'openInterest', right: 'call', above: 24600 }], ['sum of put oi below 24500', { right: 'put', below: 24500 }], ['call oi between 24000 and 25000', { above: 24000, below: 25000, inclusive: true }], ['put oi at 24500 and above', { above: 24500, inclusive: true }],
    ['which put strike added most oi', { measure: 'buildUp', right: 'put' }], ['which call strike lost the most open interest', { measure: 'buildUp', right: 'call' }], ['which strike has the most open interest', { measure: 'walls' }], ['how far is max pain from spot', { measure: 'maxPain' }], ['OI change on puts', { measure: 'openInterest', right: 'put' }], ['highest call oi', { measure: 'walls', right: 'call' }], ['put call ratio by volume', { measure: 'pcr' }], ['total put volume', { measure: 'volume', right: 'put' }], ['how many puts were added at 24500', { measure: 'openInterest', right: 'put', strike: 24500 }],
  ])('“%s”', (text, slots) => expect(intentOf(text)).toMatchObject({ kind: 'option_chain', underlying: 'NIFTY', ...slots }));
  it('leaves a pain above a strike unread, and the volume of the index that of the index', () => {
    expect(say('max pain above 24500')).not.toMatchObject({ intent: { kind: 'option_chain' } });
    expect(intentOf('nifty volume')).toMatchObject({ kind: 'quote' });
  });
});

it('makes no question over every share of one that asks about “it” where nothing was spoken of', () => {
  const reading = translate('has it ever closed above 3100', { calendar, marketDate, accounts: [], strategies: [], symbol: () => null, sector: () => null });
  expect(reading).toEqual({ unknown: ['it'] });
});
it('takes no pronoun for an index', () => { expect(intentOf('which it stock fell the most since january', { lastSymbol: 'INFY', lastIntent: { kind: 'chart', symbol: 'INFY' } })).toMatchObject({ kind: 'movers', sector: 'IT' }); });
it('reads a name with “&” in it as it is written', () => {
  const listed = { resolve: (name: string) => (name.toLowerCase() === 'larsen & toubro' ? { kind: 'one' as const, symbol: 'LT', name: 'Larsen & Toubro Limited' } : resolver.resolve(name)) };
  expect(say('Hi, could you tell me what Larsen & Toubro closed at on 14 June 2024?', {}, listed)).toMatchObject({ intent: { kind: 'quote', symbol: 'LT', field: 'close', date: '2024-06-14' } });
  expect(intentOf('tcs & infy this year')).toMatchObject({ kind: 'compare', symbols: ['TCS', 'INFY'] });
});

describe('deals by side, client and time', () => {
  it.each([
    ['bulk deals bought by graviton in october', { client: 'graviton', side: 'BUY', period: { from: '2023-10-01' } }], ['what did citadel sell in bulk in november 2023', { client: 'citadel', side: 'SELL' }], ['did goldman sachs buy tcs in bulk in june', { client: 'goldman sachs', side: 'BUY', symbol: 'TCS' }],
    ['which stock had the most bulk deals in june', { countedBy: 'SYMBOL' }], ['who did the most bulk deals this month', { countedBy: 'CLIENT' }], ['top buyers in bulk deals today', { countedBy: 'CLIENT', side: 'BUY' }], ['total value of bulk deals on 14 june', { period: { from: '2024-06-14' } }],
  ])('“%s”', (text, slots) => expect(intentOf(text)).toMatchObject({ kind: 'deals', what: 'BULK', ...slots }));
});

describe('what was earned', () => {
  const frame = { calendar, marketDate, accounts: [], strategies: [], symbol: () => null, sector: () => null };
  it.each([['which symbol made me the most realised profit', /sum\(realized(?:_pnl)?\)/], ['realized profit by symbol', /sum\(realized(?:_pnl)?\)/], ['which symbol made me the most profit', /unrealized/]])('“%s”', (text, wanted) => {
    const reading = translate(text, frame);
    expect('sql' in reading ? reading.sql : reading).toMatch(wanted);
    if (/reali[sz]ed/.test(text)) expect('sql' in reading && reading.sql).not.toMatch(/unrealized/);
  });
});
