import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { imported, noSharedFiles, sharedFile } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

const unpacked = (path: string): string => gunzipSync(readFileSync(sharedFile(path))).toString('utf8');
/** Reads the quoted download without the importers' own reader. */
const quotedRows = (text: string): string[][] => text.trim().split(/\r?\n/).slice(1).map((line) => [...line.matchAll(/"([^"]*)"/g)].map((match) => match[1] as string));
const importedText = async (files: Record<string, string>) => { const folder = writeFiles(files); try { return await imported(folder.path); } finally { folder.remove(); } };

describe.skipIf(noSharedFiles)('published facts from the real files (needs ../shared/data)', () => {
  it('keeps every deal of the download as printed, and finds nothing new in a list made from it', async () => {
    const { sink, report } = await imported(sharedFile('06_corporate/bulk_deals'));
    const printed = quotedRows(unpacked('06_corporate/bulk_deals/Bulk-Deals_2025-04-24_2025-12-31.csv.gz'));
    expect(report.kinds.deals).toEqual({ accepted: printed.length, updated: 0, duplicate: 12_788, quarantined: 0 });
    const stored = sink.all('deal').map(({ deal }) => deal);
    for (let i = 0; i < printed.length; i += 397) {
      const [date, symbol, , client, side, quantity, price] = printed[i] as [string, string, string, string, string, string, string];
      const same = stored.filter((deal) => deal.symbol === symbol && deal.client === client.replace(/\s+/g, ' ').trim() && deal.side === side && deal.quantity === Number(quantity.replaceAll(',', '')) && deal.price === Number(price.replaceAll(',', '')));
      expect(same.map((deal) => deal.date), printed[i]?.join('|')).toContain(`${date.slice(7)}-${{ APR: '04', MAY: '05', JUN: '06', JUL: '07', AUG: '08', SEP: '09', OCT: '10', NOV: '11', DEC: '12' }[date.slice(3, 6)]}-${date.slice(0, 2)}`);
    }
    expect(stored.reduce((sum, deal) => sum + deal.quantity, 0)).toBe(printed.reduce((sum, row) => sum + Number(row[5]?.replaceAll(',', '')), 0));
  });

  it('knows an insider\'s trade from its broadcast, day before month', async () => {
    const { sink, report } = await imported(sharedFile('06_corporate/insider_trading_PIT.csv.gz'));
    expect(report.kinds.insider_trades).toEqual({ accepted: 2_159, updated: 0, duplicate: 0, quarantined: 0 });
    const first = sink.all('insider_trade')[0];
    expect(first).toMatchObject({ trade: { symbol: 'HDFCBANK', transaction: 'SELL', mode: 'Market Sale', quantity: 6_000, valueRupees: 7_200_000, heldAfter: 41_980, priorPercent: 0 }, knownAt: '2019-10-31T14:46:00.000Z' });
    const sums = new Map<string, number>();
    for (const { trade } of sink.all('insider_trade')) sums.set(trade.transaction, (sums.get(trade.transaction) ?? 0) + 1);
    // Counted apart by another CSV reader.
    expect(Object.fromEntries(sums)).toEqual({ SELL: 1480, BUY: 623, PLEDGE: 13, PLEDGE_INVOKE: 39, PLEDGE_REVOKE: 4 });
  });

  it('takes flows as printed, both sides where they are told, and nothing from a page that contradicts itself', async () => {
    const { sink, report } = await imported(sharedFile('07_flows_breadth'));
    const flow = (date: string, investor: string, segment: string, source: string) => sink.records.get(`institutional_flow|${date}|DAY|${investor}|${segment}||${source}`);
    expect(flow('2026-05-19', 'FPI', 'CASH', 'nse-fii-dii')).toMatchObject({ flow: { buyCrore: 17_907.55, sellCrore: 20_365.04, netCrore: -2_457.49 }, knownAt: '2026-05-19T18:29:59.000Z' });
    expect(flow('2026-05-19', 'DII', 'CASH', 'nse-fii-dii')).toMatchObject({ flow: { netCrore: 3_801.68 } });
    expect(flow('2026-01-14', 'FPI', 'CASH', 'fii-dii-daily (seeded, may be rounded)')).toMatchObject({ flow: { netCrore: -6_440 } });
    expect(flow('2026-04-23', 'FPI', 'EQUITY', 'nsdl-fpi')).toMatchObject({ flow: { netCrore: 14_497.08, buyCrore: null } });
    expect(sink.records.get('institutional_flow|2005-01-01|MONTH|FPI|EQUITY||nsdl-fpi-months')).toMatchObject({ flow: { netCrore: 458 }, knownAt: '2005-01-31T18:30:00.000Z' });
    // A collector's page with captions in its column of months: none of its 451 rows can be true.
    expect(report.kinds.fpi_month_page).toEqual({ accepted: 0, updated: 0, duplicate: 0, quarantined: 451 });
    expect(sink.records.get('institutional_flow|2026-04-15|FORTNIGHT|FPI|EQUITY|Automobile and Auto Components|nsdl-fpi-sectors')).toMatchObject({ flow: { netCrore: -7_691, assetsCrore: 470_436 } });
    // "Construction" stands twice in each of the thirteen reports, with different figures.
    expect(sink.quarantined.filter(({ kind, reason }) => kind === 'fpi_sectors' && reason.includes('stands twice'))).toHaveLength(26);
  });

  it('reads who holds which contracts under titles with doubled marks, and shows an untold class as untold', async () => {
    const { sink } = await imported(sharedFile('04_fno/participant'));
    expect(sink.records.get('participant_position|2026-07-28|OPEN_INTEREST|FII|FUTURE_INDEX|nse-participants')).toMatchObject({ position: { longContracts: 21_862, shortContracts: 227_463 } });
    expect(sink.records.get('participant_position|2015-07-13|OPEN_INTEREST|DII|OPTION_INDEX_CALL|nse-participants')).toMatchObject({ position: { longContracts: 248_662, shortContracts: 0 } });
    expect(sink.records.get('participant_position|2026-08-19|VOLUME|CLIENT|ALL|nse-participants')).toMatchObject({ position: { longContracts: 22_197_069 } });
    const { sink: flows } = await imported(sharedFile('07_flows_breadth/fii_dii_daily.json.gz'));
    // 12 June 2026 has zeros in all contracts: nothing was told.
    expect(flows.all('participant_position').filter(({ position }) => position.date === '2026-06-12')).toEqual([]);
  });

  it('knows minutes of the MPC when they came out, from the PDF to the day and from the bare text after the law\'s fortnight', async () => {
    const { sink } = await imported(sharedFile('09_policy_stance/rbi/pdf'));
    const released = Object.fromEntries(sink.all('policy_text').map(({ policy, knownAt }) => [policy.event.title, knownAt.slice(0, 10)]));
    expect(released).toEqual({
      'Minutes of the Monetary Policy Committee meeting of 2019-02-05': '2019-02-21', 'Minutes of the Monetary Policy Committee meeting of 2017-06-06': '2017-06-21',
      'Minutes of the Monetary Policy Committee meeting of 2020-05-20': '2020-06-05', 'Minutes of the Monetary Policy Committee meeting of 2022-09-28': '2022-10-14',
    });
    const { sink: texts } = await imported(sharedFile('09_policy_stance/rbi/rbi_mpc_minutes_text_2016-2022.zip'));
    const index = JSON.parse(readFileSync(sharedFile('09_policy_stance/rbi/reserve_bank_of_india_metadata.json'), 'utf8')) as Record<string, { release_date: string; start_date: string }[]>;
    const iso = (text: string): string => text.split('-').reverse().join('-');
    const releases = new Map(Object.values(index).flat().map(({ start_date: start, release_date: release }) => [iso(start), iso(release)]));
    expect(texts.all('policy_text')).toHaveLength(32);
    for (const { policy, knownAt } of texts.all('policy_text')) {
      const release = releases.get(policy.event.title.slice(-10));
      expect(release, policy.event.title).toBeDefined();
      expect(knownAt.slice(0, 10) >= (release as string), `${policy.event.title} known ${knownAt}`).toBe(true);
    }
  });

  it('puts minute bars on their minute, known at its end, and adds ticks up to the day\'s volume', async () => {
    const { sink } = await imported(sharedFile('03_intraday/1min_2023/HDFCBANK.csv.gz'));
    expect(sink.records.get('intraday_bar|HDFCBANK|1|2023-04-03T03:45:00.000Z')).toMatchObject({ bar: { open: 1_607.55, high: 1_609.55, low: 1_606, close: 1_607.4, volume: 64_915 }, knownAt: '2023-04-03T03:46:00.000Z' });
    const { sink: quarter } = await imported(sharedFile('03_intraday/15min/HDFCBANK.csv.gz'));
    expect(quarter.all('intraday_bar')[0]).toMatchObject({ bar: { minutes: 15, start: '2018-03-01T03:45:00.000Z' }, knownAt: '2018-03-01T04:00:00.000Z' });
    const { sink: ticks } = await imported(sharedFile('12_lob_tick/nse_ticks/2021-04-12/SBIN.csv.gz'));
    const told = Math.max(...unpacked('12_lob_tick/nse_ticks/2021-04-12/SBIN.csv.gz').trim().split('\n').slice(1).filter((line) => line.startsWith('2021')).map((line) => Number(line.split(',')[2])));
    expect(ticks.all('intraday_bar').reduce((sum, { bar }) => sum + bar.volume, 0)).toBe(told);
  });

  it('refuses the member that an archive holds under the next day\'s name', async () => {
    const { sink, report } = await imported(sharedFile('03_intraday/lean_india/index'));
    expect([...new Set(sink.all('intraday_bar').map(({ bar }) => bar.start.slice(0, 10)))]).toEqual(['2019-01-01', '2019-01-02', '2019-01-03']);
    expect(report.kinds.lean_minute_bars?.quarantined).toBe(1_132);
    expect(sink.quarantined[0]?.reason).toBe('The member is dated 20190102 in an archive of 20190101.');
  });

  it('keeps US shares apart from NSE\'s, in dollars and known at New York\'s close', async () => {
    const { sink } = await imported(sharedFile('11_us/lean/equity/usa/daily'));
    expect(sink.records.get('foreign_bar|US|AAPL|1998-01-02')).toMatchObject({ bar: { open: 13.63, high: 16.25, low: 13.5, close: 16.25, volume: 6_315_000 }, knownAt: '1998-01-02T21:00:00.000Z' });
    expect(sink.all('daily_bar')).toEqual([]);
  });
});

describe('published facts', () => {
  it('refuses flows that contradict themselves, that nobody reported, or that are of nobody known', async () => {
    const row = (over: object) => ({ category: 'FII/FPI *', date: '19-May-2026', buyValue: '100.00', sellValue: '40.00', netValue: '60.00', ...over });
    const { sink, report } = await importedText({ 'flows.json': JSON.stringify([row({}), row({ netValue: '-60.00' }), row({ buyValue: '0', sellValue: '0', netValue: '0' }), row({ category: 'MF' }), row({ date: '19-May-2099' }), row({ buyValue: 'n.a.' })]) });
    expect(report.kinds.institutional_flows_nse).toEqual({ accepted: 1, updated: 0, duplicate: 0, quarantined: 5 });
    expect(sink.quarantined.map(({ reason }) => reason.slice(0, 30))).toEqual(['netValue -60 is not buyValue 1', 'buyValue and sellValue are bot', 'category is neither FII/FPI no', 'date 2099-05-19 lies outside 1', 'buyValue is not a number: "n.a']);
  });

  it('tells equal block trades of one day apart, and reads the list again as the same', async () => {
    const header = '"Date ","Symbol ","Security Name ","Client Name ","Buy / Sell ","Quantity Traded ","Trade Price / Wght. Avg. Price "';
    const row = '"24-APR-2025","TCS","Tata Consultancy Services","SOME FUND","BUY","1,00,000","3,450.00"';
    const { sink, report } = await importedText({ 'a/Block-Deals.csv': [header, row, row].join('\n'), 'b/Block-Deals.csv': [header, row, row].join('\r\n') });
    expect(report.kinds.deals).toEqual({ accepted: 2, updated: 0, duplicate: 2, quarantined: 0 });
    expect(sink.all('deal').map(({ deal }) => [deal.kind, deal.quantity, deal.price, deal.occurrence])).toEqual([['BLOCK', 100_000, 3_450, 1], ['BLOCK', 100_000, 3_450, 2]]);
  });

  it('reads a download whose column names run over lines', async () => {
    const names = ['SYMBOL', 'COMPANY', 'REGULATION', 'NAME OF THE ACQUIRER/DISPOSER', 'CATEGORY OF PERSON', 'NO. OF SECURITIES (ACQUIRED/DISPLOSED)', 'VALUE OF SECURITY (ACQUIRED/DISPLOSED)', 'ACQUISITION/DISPOSAL TRANSACTION TYPE', 'MODE OF ACQUISITION', 'BROADCASTE DATE AND TIME'];
    const values = ['TCS', 'Tata Consultancy Services Limited', '7(2)', 'Somebody', 'Director', '100', '345000', 'Buy', 'Market Purchase', '02-May-2025 18:01'];
    const { sink } = await importedText({ 'CF-Insider-Trading.csv': `\uFEFF${names.map((name) => `"${name} \n"`).join(',')}\n${values.map((value) => `"${value}"`).join(',')}\n` });
    expect(sink.all('insider_trade')).toMatchObject([{ trade: { symbol: 'TCS', transaction: 'BUY', quantity: 100, valueRupees: 345_000, priorPercent: null, heldAfter: null }, knownAt: '2025-05-02T12:31:00.000Z' }]);
  });

  it('reads AMFI\'s values between its headings', async () => {
    const text = 'Scheme Code;ISIN Div Payout/ ISIN Growth;ISIN Div Reinvestment;Scheme Name;Net Asset Value;Date\n\nOpen Ended Schemes(Debt Scheme - Banking and PSU Fund)\n\nAditya Birla Sun Life Mutual Fund\n\n119551;INF209KA12Z1;INF209KA13Z9;Some Banking & PSU Debt Fund;103.1234;20-Nov-2026\n119552;-;-;Some other fund;N.A.;20-Nov-2026\n';
    const { sink, report } = await importedText({ 'NAVAll.txt': text });
    expect(report.kinds.fund_navs).toEqual({ accepted: 1, updated: 0, duplicate: 0, quarantined: 1 });
    expect(sink.all('fund_nav')).toMatchObject([{ fund: { scheme: '119551', isin: 'INF209KA12Z1', nav: 103.1234, date: '2026-11-20' } }]);
  });

  it('reads a release of each institution at the time that it carries', async () => {
    const { sink, report } = await importedText({
      'rbi.txt': 'RESERVE BANK OF INDIA\nPRESS RELEASE\nDate : Aug 08, 2024\nReserve Bank announces the monetary policy statement\nThe committee decided to keep the policy repo rate unchanged at 6.50 per cent.',
      'pib.html': '<!DOCTYPE html><html><head><title>Press Release: Press Information Bureau</title><script>var x = "<h1>no</h1>";</script></head><body><nav>Home</nav><h2>Cabinet approves a scheme for semiconductors</h2><div>Posted On: 29 FEB 2024 3:35PM by PIB Delhi</div><p>The Union Cabinet approved three units &amp; more.</p></body></html>',
      'error.html': '<!DOCTYPE html><html><head><title>Access Denied</title></head><body><h1>Access Denied</h1></body></html>',
      'undated.txt': 'SECURITIES AND EXCHANGE BOARD OF INDIA\nCIRCULAR\nTo all recognised stock exchanges\nSomething changes for everybody from now on.',
    });
    expect(sink.all('policy_text').map(({ policy, knownAt }) => [policy.institution, policy.event.title, knownAt])).toEqual([
      ['PIB', 'Cabinet approves a scheme for semiconductors', '2024-02-29T10:05:00.000Z'], ['RBI', 'Reserve Bank announces the monetary policy statement', '2024-08-08T18:29:59.000Z'],
    ]);
    expect(sink.all('policy_text')[0]?.policy.text).not.toContain('var x');
    expect(report.notYetLoaded.html).toMatchObject({ files: 1 });
    expect(sink.quarantined).toMatchObject([{ file: 'error.html', reason: expect.stringContaining('no release of RBI, SEBI, PIB or the Fed') }, { file: 'undated.txt', reason: 'The text carries no date of release.' }]);
  });

  it('reads NewsAPI and GDELT, and leaves out what was removed, undated or in another language', async () => {
    const { sink, report } = await importedText({
      'newsapi.json': JSON.stringify({ status: 'ok', totalResults: 3, articles: [
        { source: { id: null, name: 'The Paper' }, author: 'A', title: 'Infosys wins a large order', description: 'It is <b>large</b>.', url: 'https://paper.example/1', publishedAt: '2024-06-03T05:00:00Z', content: 'More. [+1200 chars]' },
        { source: { id: null, name: '[Removed]' }, title: '[Removed]', description: '[Removed]', url: 'https://removed.com', publishedAt: '1970-01-01T00:00:00Z', content: '[Removed]' },
        { source: { id: null, name: 'B' }, title: 'No time', description: '', url: 'https://b.example', publishedAt: 'yesterday', content: '' },
      ] }),
      'gdelt.json': JSON.stringify({ articles: [
        { url: 'https://g.example/1', url_mobile: '', title: 'Crude falls , rupee gains', seendate: '20240603T081500Z', socialimage: '', domain: 'g.example', language: 'English', sourcecountry: 'India' },
        { url: 'https://g.example/2', url_mobile: '', title: 'Etwas', seendate: '20240603T081500Z', socialimage: '', domain: 'g.example', language: 'German', sourcecountry: 'Germany' },
      ] }),
    });
    expect(sink.all('event').map(({ event }) => [event.source, event.title, event.knownAt]).sort()).toEqual([['The Paper', 'Infosys wins a large order', '2024-06-03T05:00:00.000Z'], ['g.example', 'Crude falls, rupee gains', '2024-06-03T08:15:00.000Z']]);
    expect(sink.all('event').find(({ event }) => event.source === 'The Paper')?.event.body).toBe('It is large . More.');
    expect(report.kinds.newsapi).toMatchObject({ accepted: 1, quarantined: 2 });
    expect(report.notYetLoaded.gdelt_other_languages).toMatchObject({ rows: 1 });
  });
});
