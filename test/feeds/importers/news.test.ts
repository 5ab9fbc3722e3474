import { describe, expect, it } from 'vitest';
import { imported, noSharedFiles, sharedFile } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

describe.skipIf(noSharedFiles)('news from the real files (needs ../shared/data)', () => {
  it('loads 26,293 stamped headlines as 25,897 events, each known at the publisher\'s stamp', async () => {
    const { sink, report } = await imported(sharedFile('08_news_text/nifty500_headlines/headlines_vader.csv.gz'));
    expect(report.kinds.headlines_published).toMatchObject({ accepted: 25_897, quarantined: 0 });
    expect(sink.all('event').every(({ event }) => event.knownAt === event.happenedAt)).toBe(true);
    expect(sink.all('event').find(({ event }) => event.title === 'Avenue Supermarts redeems NCDs')?.event).toMatchObject({ symbols: ['DMART'], knownAt: '2020-03-28T04:05:00.000Z', eventType: 'FUND_RAISE' });
  });

  it('knows a headline with a reckoned time only from when it was first stored', async () => {
    const { sink, report } = await imported(sharedFile('08_news_text/nifty500_headlines/headlines_finbert.csv.gz'));
    expect((report.kinds.headlines_scraped?.accepted ?? 0) + (report.kinds.headlines_scraped?.updated ?? 0) + (report.kinds.headlines_scraped?.duplicate ?? 0)).toBe(1_537);
    expect(sink.all('event').every(({ event }) => event.happenedAt <= event.knownAt)).toBe(true);
    expect(sink.all('event').find(({ event }) => event.title.startsWith('Billionaire banker Uday Kotak'))?.event).toMatchObject({
      source: 'sg yahoo finance', symbols: ['KOTAKBANK'], happenedAt: '2023-09-23T11:33:10.000Z', knownAt: '2024-08-23T11:33:30.000Z', eventType: 'MANAGEMENT',
    });
    expect(sink.all('event').every(({ event }) => event.stance === undefined)).toBe(true);
  });

  it('reads each feed\'s own way of writing a time', async () => {
    const { sink, report } = await imported(sharedFile('08_news_text/rss_shapes'));
    expect(report.kinds.rss).toEqual({ accepted: 7, updated: 0, duplicate: 0, quarantined: 0 });
    const known = Object.fromEntries(sink.all('event').map(({ event }) => [event.title.slice(0, 20), event.knownAt]));
    expect(known).toMatchObject({
      'Block deal alert! Ri': '2026-08-25T12:35:15.000Z', 'Taking Stock: Market': '2024-04-23T10:16:31.000Z', '91-Day, 182-Day and ': '2026-06-17T07:45:00.000Z', 'Adjudication Order i': '2026-10-01T18:29:59.000Z',
    });
    expect(sink.all('event').find(({ event }) => event.source.startsWith('Moneycontrol'))?.event.body).toBe('Grasim Industries, Bharti Airtel were the biggest gainers');
  });
});

const PUBLISHED = 'published_ist,ticker,headline,vader_neg,vader_neu,vader_pos,vader_compound,first_seen_commit_time\n';
const SCRAPED = 'scrape_or_publish_time,ticker,headline,source,link,finbert_negative,finbert_neutral,finbert_positive,compound,first_seen_commit_time\n';

describe('news', () => {
  it('takes one headline in two files and under two tickers for one event, known from the first telling', async () => {
    const folder = writeFiles({
      'a.csv': `${PUBLISHED}2024-08-01T10:00:00+05:30,ITC,"ITC and TCS sign a pact",0,1,0,0,2024-08-01T12:00:00+00:00\n`,
      'b.csv': `${SCRAPED}2024-08-01 11:00:00,TCS,ITC and TCS  sign a pact,Mint,https://example.com/1,0,1,0,0,2024-08-03T11:33:00+00:00\n`,
    });
    const { sink, report } = await imported(folder.path);
    folder.remove();
    expect(report.kinds).toMatchObject({ headlines_published: { accepted: 1 }, headlines_scraped: { updated: 1 } });
    expect(sink.all('event').map(({ event }) => [event.symbols, event.knownAt])).toEqual([[['ITC', 'TCS'], '2024-08-01T04:30:00.000Z']]);
  });

  it('refuses a headline that claims to be published after it was seen', async () => {
    const folder = writeFiles({ 'a.csv': `${PUBLISHED}2024-08-05T10:00:00+05:30,ITC,Late,0,1,0,0,2024-08-01T12:00:00+00:00\n2024-08-01T10:00:00+05:30,ITC,,0,1,0,0,2024-08-01T12:00:00+00:00\n` });
    const { sink } = await imported(folder.path);
    folder.remove();
    expect(sink.quarantined.map(({ line, reason }) => `${line} ${reason}`)).toEqual(['2 published_ist is later than first_seen_commit_time.', '3 headline is empty.']);
  });

  it('treats a feed as text: no entity is fetched, a torn item is refused', async () => {
    const folder = writeFiles({
      'feed.xml': '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>News</title>'
        + '<item><title>Wipro &amp; &x; win</title><link>javascript:alert(1)</link><pubDate>Tue, 25 Aug 2026 18:05:15 +0530</pubDate></item>'
        + '<item><title>No date</title></item><item><title>Torn',
    });
    const { sink } = await imported(folder.path);
    folder.remove();
    expect(sink.all('event').map(({ event }) => [event.title, event.sourceUrl])).toEqual([['Wipro & &x; win', undefined]]);
    expect(sink.quarantined.map(({ line, reason }) => `${line} ${reason}`)).toEqual(['2 pubDate is not a moment: "".', '3 The feed ends inside this item.']);
  });
});
