import { describe, expect, it } from 'vitest';
import { imported, noSharedFiles, sharedFile } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

const nse = (name: string) => imported(sharedFile(`10_api_samples/nse_api_samples/${name}.json`));
const BUNDLE = sharedFile('06_corporate/nse_pr_bundle/PR011220.zip');

describe.skipIf(noSharedFiles)('filings from the real files (needs ../shared/data)', () => {
  it('knows an announcement when the exchange disseminated it', async () => {
    const { sink } = await nse('announcements');
    expect(sink.all('event')).toEqual([{
      type: 'event',
      event: {
        source: 'nse-announcements', title: 'Vodafone Idea Limited: Updates', body: "Vodafone Idea Limited has informed the Exchange regarding 'Intimation under Regulation 30 of the SEBI (LODR)Reg, 2015'.",
        eventType: 'OTHER', priority: 'LOW', artifactUrl: expect.stringMatching(/IDEA_18102023221142.*\.pdf$/), symbols: ['IDEA'], unlinkedNames: [],
        happenedAt: '2023-10-18T16:41:42.000Z', knownAt: '2023-10-18T16:41:48.000Z',
      },
    }]);
  });

  it('puts a results meeting on the calendar, known when the notice came out', async () => {
    const { sink } = await nse('boardMeetings');
    expect(sink.all('scheduled_event')).toMatchObject([{ event: { symbol: 'SIYSIL', date: '2023-10-30', kind: 'RESULTS', knownAt: '2023-10-18T17:13:02.000Z' }, source: 'nse-board-meetings' }]);
  });

  it('reads a bonus and, without a broadcast time, knows it at its ex-date\'s midnight', async () => {
    const { sink } = await nse('actions');
    expect(sink.all('corporate_action')).toMatchObject([{ action: { symbol: 'GENSOL', exDate: '2023-10-17', kind: 'BONUS', factor: 1 / 3, basis: 'published', knownAt: '2023-10-16T18:30:00.000Z' } }]);
  });

  it('dates a late results filing by the filing, not by its quarter', async () => {
    const { sink, report } = await imported(sharedFile('06_corporate/nse_financial_results_api.json'));
    expect(report.kinds.financial_results).toEqual({ accepted: 3, updated: 0, duplicate: 0, quarantined: 0 });
    expect(sink.all('event').find(({ event }) => event.symbols[0] === 'VALUEIND')?.event).toMatchObject({
      eventType: 'EARNINGS', priority: 'HIGH', title: 'Value Industries Limited: financial results, Third Quarter, 01-Oct-2024 to 31-Dec-2024', happenedAt: '2026-02-20T11:31:35.000Z', knownAt: '2026-02-20T11:31:43.000Z',
    });
  });

  it('loads announcements, meetings and actions of a press bundle, and counts the rest', async () => {
    const { sink, report } = await imported(BUNDLE);
    // Counted apart with unzip, grep and awk: 2,962 entries of which 2,424 are fund values; 18 meetings; 157 rows of share series.
    expect(report.notYetLoaded.pr_fund_net_asset_values?.rows).toBe(2_424);
    const { accepted, updated, duplicate, quarantined } = report.kinds.pr_announcements ?? { accepted: 0, updated: 0, duplicate: 0, quarantined: 0 };
    expect(accepted + updated + duplicate + quarantined).toBe(2_962 - 2_424);
    expect(report.kinds.pr_board_meetings).toMatchObject({ quarantined: 0 });
    expect((report.kinds.pr_board_meetings?.accepted ?? 0) + (report.kinds.pr_board_meetings?.duplicate ?? 0)).toBe(18);
    expect((report.kinds.pr_corporate_actions?.accepted ?? 0) + (report.kinds.pr_corporate_actions?.duplicate ?? 0)).toBe(157);
    expect(report.unrecognised).toEqual([]);
    expect(Object.keys(report.notYetLoaded)).toEqual(expect.arrayContaining(['pr_prices', 'pr_readme', 'pr_most_traded', 'pr_etf_prices', 'pr_sme_prices', 'pr_new_highs_lows', 'pr_gainers_losers', 'pr_price_band_hits']));

    expect(sink.records.get('scheduled_event|HAL|2020-12-09|BOARD_MEETING')).toMatchObject({ event: { purpose: 'Dividend To consider dividend', knownAt: '2020-12-01T18:29:59.000Z' } });
    expect(sink.records.get('scheduled_event|MARSHALL|2020-12-09|RESULTS')).toBeDefined();
    expect(sink.records.get('corporate_action|HATSUN|2020-12-09|BONUS|published')).toMatchObject({ action: { subject: 'BONUS 1:3', factor: 0.75, knownAt: '2020-12-01T18:29:59.000Z' } });
    expect(sink.records.get('corporate_action|RVNL|2020-12-08|DIVIDEND|published')).toMatchObject({ action: { amount: '1.14', factor: 1 } });
    expect(sink.all('event').find(({ event }) => event.symbols[0] === 'PNB')?.event).toMatchObject({ title: 'Punjab National Bank: Updates', body: "Punjab National Bank has informed the Exchange regarding 'Revision in Base Rate'." });
    // Two entries lack the symbol in front and name it later.
    expect(sink.all('event').filter(({ event }) => event.symbols[0] === 'DRREDDY').map(({ event }) => event.title)).toContain('Dr. [NAME]: Press Release');
    expect(sink.all('event').every(({ event }) => event.knownAt === '2020-12-01T18:29:59.000Z')).toBe(true);
  });

  it('keeps the text that follows an entry with that entry', async () => {
    const { sink } = await imported(BUNDLE);
    const tembo = sink.records.get('scheduled_event|TEMBO|2020-12-07|BOARD_MEETING');
    expect(tembo).toMatchObject({ event: { purpose: expect.stringContaining('Book closure date, record date') } });
  });

  it('knows an action of fourteen bundles from the first that told it', async () => {
    const { sink, report } = await imported(sharedFile('06_corporate/nse_pr_bundle'));
    expect(sink.records.get('corporate_action|HATSUN|2020-12-09|BONUS|published')).toMatchObject({ action: { knownAt: '2020-12-01T18:29:59.000Z' } });
    expect(sink.records.get('corporate_action|APLAPOLLO|2020-12-15|SPLIT|published')).toMatchObject({ action: { factor: 0.2 } });
    expect(report.kinds.pr_corporate_actions?.quarantined).toBe(1);
    expect(sink.quarantined.find(({ kind }) => kind === 'pr_corporate_actions')).toMatchObject({ reason: 'EX_DT is empty.', raw: expect.stringContaining('GOODYEAR') });
  });

  it('leaves a company of another exchange unlinked when no symbols are known', async () => {
    const { sink, report } = await imported(sharedFile('10_api_samples/bse_api_samples'));
    expect(sink.all('event')[0]?.event).toMatchObject({ source: 'bse-announcements', symbols: [], unlinkedNames: ['PAN ELECTRONICS INDIA LTD.'], knownAt: '2023-10-20T18:14:22.000Z' });
    expect(report.kinds.bse_result_calendar).toEqual({ accepted: 0, updated: 0, duplicate: 0, quarantined: 1 });
  });
});

describe('filings', () => {
  it('quarantines a record without a time, without a symbol, or that is none', async () => {
    const good = { symbol: 'TCS', desc: 'Updates', an_dt: '18-Oct-2023 22:11:42', attchmntText: 'x', attchmntFile: '-' };
    const folder = writeFiles({ 'filings.json': JSON.stringify([good, { ...good, an_dt: '18-Oct-2023' }, { ...good, symbol: 'ignore previous instructions' }, 7, { ...good, an_dt: '18-Oct-1970 10:00:00' }]) });
    const { sink, report } = await imported(folder.path);
    folder.remove();
    expect(report.kinds.announcements).toEqual({ accepted: 1, updated: 0, duplicate: 0, quarantined: 4 });
    expect(sink.quarantined.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '2 an_dt is not a moment: "18-Oct-2023".', '3 symbol is not a symbol: "ignore previous instructions".', '4 Entry is not a record.', '5 an_dt 1970-10-18 lies outside 1990-01-01 to 2027-11-21.',
    ]);
  });
});
