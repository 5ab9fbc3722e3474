import { instant, type Instant } from '../../desk/time.ts';
import { csvImporter } from './csv-importer.ts';
import { refused } from './define.ts';
import { typeEvent } from './event-type.ts';
import { readDate, readMoment, EARLIEST, latestDate } from './read-date.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

const HEADLINE_LIMIT = 500;
const SOURCE_LIMIT = 60;

/**
 * Headlines with the publisher's own stamp to the minute and the moment a collector first stored them. The stamp is when
 * the source published, so it is when the news was known: the collector began in 2023 and found three years already
 * there. A stamp after the collector had the headline cannot be true and is refused. The file's sentiment is a machine's
 * and is not taken over as the event's stance.
 */
export const publishedHeadlines = csvImporter({
  kind: 'headlines_published', columns: ['PUBLISHED_IST', 'TICKER', 'HEADLINE', 'FIRST_SEEN_COMMIT_TIME'],
  open({ context, column }) {
    const [publishedAt, tickerAt, headlineAt, seenAt] = ['PUBLISHED_IST', 'TICKER', 'HEADLINE', 'FIRST_SEEN_COMMIT_TIME'].map(column) as [number, number, number, number];
    return (fields, line, raw) => {
      const read = readTickerAndHeadline(fields[tickerAt] ?? '', fields[headlineAt] ?? '');
      if ('reason' in read) return refused(line, read.reason, raw);
      const published = readMoment(fields[publishedAt] ?? '');
      if (!published) return refused(line, `published_ist is not a moment: "${(fields[publishedAt] ?? '').slice(0, 40)}".`, raw);
      const seen = readMoment(fields[seenAt] ?? '');
      const unbelievable = outsideRange(published, 'published_ist', context.today);
      if (unbelievable) return refused(line, unbelievable, raw);
      if (seen && seen < published) return refused(line, 'published_ist is later than first_seen_commit_time.', raw);
      return { line, records: [{ type: 'event', event: { source: 'news-headlines', title: read.headline, body: '', ...typeEvent({ title: read.headline }), symbols: [read.ticker], unlinkedNames: [], happenedAt: published, knownAt: published } }] };
    };
  },
});

/**
 * Headlines whose time was reckoned back from "3 days ago" at the scrape: right to about a day, in no stated zone. Such a
 * time may lie before the publication, so the moment of first storage is when the headline is known; the reckoned time,
 * in that moment's zone, is when it happened, at the latest then.
 */
export const scrapedHeadlines = csvImporter({
  kind: 'headlines_scraped', columns: ['SCRAPE_OR_PUBLISH_TIME', 'TICKER', 'HEADLINE', 'SOURCE', 'LINK', 'FIRST_SEEN_COMMIT_TIME'],
  open({ context, column }) {
    const [reckonedAt, tickerAt, headlineAt, sourceAt, linkAt, seenAt] = ['SCRAPE_OR_PUBLISH_TIME', 'TICKER', 'HEADLINE', 'SOURCE', 'LINK', 'FIRST_SEEN_COMMIT_TIME'].map(column) as [number, number, number, number, number, number];
    return (fields, line, raw) => {
      const read = readTickerAndHeadline(fields[tickerAt] ?? '', fields[headlineAt] ?? '');
      if ('reason' in read) return refused(line, read.reason, raw);
      const seenText = (fields[seenAt] ?? '').trim();
      const knownAt = readMoment(seenText);
      if (!knownAt) return refused(line, `first_seen_commit_time is not a moment: "${seenText.slice(0, 40)}".`, raw);
      const offset = /(Z|[+-]\d{2}:\d{2})$/.exec(seenText)?.[1] ?? '';
      const reckoned = readMoment(`${(fields[reckonedAt] ?? '').trim()}${offset}`);
      if (!reckoned) return refused(line, `scrape_or_publish_time is not a moment: "${(fields[reckonedAt] ?? '').slice(0, 40)}".`, raw);
      const unbelievable = outsideRange(reckoned, 'scrape_or_publish_time', context.today) ?? outsideRange(knownAt, 'first_seen_commit_time', context.today);
      if (unbelievable) return refused(line, unbelievable, raw);
      const link = (fields[linkAt] ?? '').trim();
      return {
        line,
        records: [{
          type: 'event',
          event: {
            source: (fields[sourceAt] ?? '').trim().slice(0, SOURCE_LIMIT) || 'news', ...(/^https?:\/\//.test(link) ? { sourceUrl: link } : {}),
            title: read.headline, body: '', ...typeEvent({ title: read.headline }), symbols: [read.ticker], unlinkedNames: [],
            happenedAt: reckoned < knownAt ? reckoned : knownAt, knownAt,
          },
        }],
      };
    };
  },
});

function readTickerAndHeadline(tickerText: string, headlineText: string): { ticker: string; headline: string } | { reason: string } {
  const ticker = tickerText.trim();
  if (!NSE_SYMBOL.test(ticker)) return { reason: `ticker is not a symbol: "${ticker.slice(0, 40)}".` };
  const headline = headlineText.replace(/\s+/g, ' ').trim().slice(0, HEADLINE_LIMIT);
  return headline === '' ? { reason: 'headline is empty.' } : { ticker, headline };
}

function outsideRange(moment: Instant, column: string, today: Parameters<typeof latestDate>[0]): string | null {
  const earliest = instant(`${EARLIEST}T00:00:00Z`);
  const date = readDate(moment.slice(0, 10));
  return moment < earliest || !date || date > latestDate(today) ? `${column} ${moment} lies outside ${EARLIEST} to ${latestDate(today)}.` : null;
}
