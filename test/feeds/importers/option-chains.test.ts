import { describe, expect, it } from 'vitest';
import { lotOfSizes } from '../../../feeds/importers/nse-option-chain.ts';
import { imported, noSharedFiles, sharedFile } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

const fno = (path: string) => imported(sharedFile(`04_fno/${path}`));
const udiffHeader =
  'TradDt,BizDt,Sgmt,Src,FinInstrmTp,FinInstrmId,ISIN,TckrSymb,SctySrs,XpryDt,FininstrmActlXpryDt,StrkPric,OptnTp,FinInstrmNm,OpnPric,HghPric,LwPric,ClsPric,LastPric,PrvsClsgPric,UndrlygPric,SttlmPric,OpnIntrst,ChngInOpnIntrst,TtlTradgVol,TtlTrfVal,TtlNbOfTxsExctd,SsnId,NewBrdLotQty,Rmks,Rsvd1,Rsvd2,Rsvd3,Rsvd4';
const udiffRow = (change: { strike?: string; right?: string; close?: string; volume?: string; symbol?: string; expiry?: string } = {}) => {
  const { strike = '100.00', right = 'CE', close = '5.00', volume = '10', symbol = 'TCS', expiry = '2026-07-28' } = change;
  return `2026-07-22,2026-07-22,FO,NSE,STO,1,,${symbol},,${expiry},${expiry},${strike},${right},X,5,5,5,${close},5,5,101.00,5,3100,0,${volume},0,0,F1,50,,,,,`;
};

describe.skipIf(noSharedFiles)('option chains from the real files (needs ../shared/data)', () => {
  it.each([
    ['NIFTY_2019-08-23_1530', 'NIFTY', '2019-08-23T10:00:00.000Z'],
    ['BANKNIFTY_2021-05-17_1530', 'BANKNIFTY', '2021-05-17T10:00:00.000Z'],
    ['NIFTY_2025-08-05_1359', 'NIFTY', '2025-08-05T08:29:23.000Z'],
  ])("reads the exchange's page %s whole, as of its own time", async (file, underlying, asOf) => {
    const { sink, report } = await fno(`option_chain/${file}.json.gz`);
    expect(Object.values(report.kinds).map(({ quarantined }) => quarantined)).toEqual([0, 0]);
    const [chain] = sink.all('option_chain');
    expect(chain).toMatchObject({
      knownAt: asOf,
      snapshot: { underlying, asOf, exchange: 'NSE', pricedFrom: 'QUOTES', openInterestUnit: 'CONTRACTS' },
    });
    expect(chain!.contracts.length).toBe(
      chain!.snapshot.expiries.reduce(
        (sum, { strikes }) => sum + strikes.reduce((sides, { call, put }) => sides + Number(call !== null) + Number(put !== null), 0),
        0,
      ),
    );
    // The page prints no lot: it follows from the sizes, or is not known.
    const lots = chain!.snapshot.expiries.map(({ lotSize }) => lotSize);
    expect(lots[0]).toBe(underlying === 'NIFTY' ? 75 : 25);
    expect(new Set(lots.filter((lot) => lot !== null)).size).toBe(1);
    for (const contract of chain!.contracts)
      expect(contract.impliedVolatility === null).toBe(contract.marks.length > 0 || contract.forward === null);
    expect(chain!.comparableVolatility).toBeGreaterThan(0.05);
    expect(sink.records.get(`symbol|${underlying}`)).toBeDefined();
  });

  it('reads both layouts of the derivatives bhavcopy, prices only what traded, and counts futures apart', async () => {
    const legacy = await fno('legacy_fo/fo05NOV2024bhav_rows.csv');
    const udiff = await fno('udiff_fo/BhavCopy_NSE_FO_20260519_ABCAPITAL_rows.csv');
    for (const { sink, report } of [legacy, udiff]) {
      for (const { quarantined } of Object.values(report.kinds)) expect(quarantined).toBe(0);
      const contracts = sink.all('option_chain').flatMap((record) => record.contracts);
      for (const { quote, marks } of contracts) expect(marks.includes('NOT_TRADED')).toBe(!(quote.volume! > 0));
    }
    const [chain] = udiff.sink.all('option_chain');
    expect(chain).toMatchObject({
      knownAt: '2026-05-19T10:00:00.000Z',
      snapshot: { underlying: 'ABCAPITAL', spot: 351.2, pricedFrom: 'CLOSES', openInterestUnit: 'SHARES' },
    });
    expect(chain!.contracts.every(({ lotSize }) => lotSize === 3100)).toBe(true);
  });

  it("takes a broker's chain, and marks what it tells of an expiry that has passed", async () => {
    const { sink, report } = await imported(sharedFile('10_api_samples/upstox/v2_option_chain.json'));
    expect(report.kinds.upstox_option_chain).toMatchObject({ accepted: 1, quarantined: 0 });
    const [chain] = sink.all('option_chain');
    expect(chain).toMatchObject({
      source: 'upstox-option-chain (undated: holds from the day of the import)',
      snapshot: { underlying: 'NIFTY', spot: 22_976.2 },
    });
    expect(chain!.contracts).toMatchObject([
      {
        strike: 21_100,
        type: 'call',
        marks: ['WRONG_CYCLE'],
        impliedVolatility: null,
        quote: { bid: 1856.65, ask: 1941.65, openInterest: 750, openInterestChange: -750 },
      },
    ]);
  });
});

describe('the lot that order sizes imply', () => {
  const sizes = (...more: number[]) => [...Array.from({ length: 300 }, (_, i) => 75 * (1 + (i % 9))), ...more];
  it('is their greatest common divisor, where hundreds are told and some are of one lot', () => {
    expect(lotOfSizes(sizes())).toBe(75);
    expect(lotOfSizes(sizes(0, 0))).toBe(75);
  });
  it('is not known from few, from any that are not whole lots, nor where nobody trades a single one', () => {
    expect(lotOfSizes(sizes().slice(1))).toBeNull();
    expect(lotOfSizes(sizes(76))).toBeNull();
    expect(lotOfSizes(sizes().map((size) => 2 * size).filter((size) => size > 150))).toBeNull();
  });
});

describe('an option chain file', () => {
  it('with a broken row loses that row alone, with its line and reason', async () => {
    const { path } = writeFiles({
      'fo.csv': [
        udiffHeader,
        udiffRow(),
        udiffRow({ strike: 'many', right: 'PE' }),
        udiffRow({ right: 'XX' }),
        udiffRow(),
        udiffRow({ close: '-1', strike: '110' }),
        udiffRow({ symbol: '12', strike: '120' }),
        udiffRow({ expiry: '2026-13-01', strike: '130' }),
        udiffRow({ strike: '0' }),
        udiffRow({ right: 'PE' }),
      ].join('\n'),
    });
    const { sink } = await imported(path);
    expect(sink.quarantined.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'STRKPRIC is not a number: "many".'],
      [4, 'OPTNTP is neither CE nor PE: "XX".'],
      [5, 'The 100 call of 2026-07-28 was told already in this file.'],
      [6, 'The last is not a number from zero up: -1.'],
      [7, 'TCKRSYMB is not a symbol: "12".'],
      [8, expect.stringContaining('XPRYDT')],
      [9, 'The strike is not above zero: 0.'],
    ]);
    expect(sink.all('option_chain')[0]!.contracts).toHaveLength(2);
  });

  it('of Alpaca is as of its latest quote, and an older quote in it is stale', async () => {
    const quote = (bid: number, ask: number, t: string) => ({
      latestQuote: { bp: bid, ap: ask, t },
      latestTrade: { p: (bid + ask) / 2, t },
    });
    const late = '2024-04-22T19:59:59.992734208Z';
    const { path } = writeFiles({
      'snapshots.json': JSON.stringify({
        next_page_token: null,
        snapshots: {
          AAPL240426C00162500: quote(4.15, 4.3, late),
          AAPL240426P00162500: quote(1.1, 1.2, '2024-04-22T18:00:00Z'),
          AAPL240426C0016250: quote(1, 2, late),
        },
      }),
    });
    const { sink } = await imported(path);
    expect(sink.quarantined.map(({ reason }) => reason)).toEqual(['Not the name of a contract: "AAPL240426C0016250".']);
    const [chain] = sink.all('option_chain');
    expect(chain).toMatchObject({ knownAt: '2024-04-22T19:59:59.992Z', snapshot: { underlying: 'AAPL', exchange: 'US' } });
    expect(chain!.contracts.map(({ type, strike, lotSize, marks }) => ({ type, strike, lotSize, marks }))).toEqual([
      { type: 'call', strike: 162.5, lotSize: 100, marks: [] },
      { type: 'put', strike: 162.5, lotSize: 100, marks: ['STALE'] },
    ]);
  });
});
