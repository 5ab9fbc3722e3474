import { MARKET_HEADLINES, SECTOR_HEADLINES } from './headlines.ts';
import { fillHeadline } from './headline-text.ts';
import { overnightMs } from './company-news.ts';
import { newsItem } from './news-item.ts';
import type { NewsItem } from './news-item.ts';
import { randomStream } from './random.ts';
import type { SessionTimes } from './session-plan.ts';

const SECTOR_CHANCE = 0.012;
const MARKET_CHANCE = 0.02;

interface Draw {
  seed: number;
  day: number;
  times: SessionTimes;
}

/** News of a whole sector, known before the open: every company of it opens by that much higher or lower. */
export function sectorNews({ seed, day, times, sector, symbols }: Draw & { sector: string; symbols: string[] }): NewsItem | null {
  const stream = randomStream(seed, 'sector-news', sector, day);
  if (stream.next() >= SECTOR_CHANCE) return null;
  const headline = stream.pickWeighted(SECTOR_HEADLINES);
  const percent = stream.between(...headline.jumpPercent);
  return newsItem({
    headline: { eventType: headline.type, priority: headline.priority },
    source: 'simulated-wire',
    text: fillHeadline(headline, { name: sector, crore: stream.between(2_000, 20_000), percent: stream.between(2, 8) }, stream),
    symbols,
    knownMs: overnightMs(stream, times),
    jump: percent / 100,
    minute: null,
  });
}

/** News of the whole market, known before the open. It names no company. */
export function marketNews({ seed, day, times }: Draw): NewsItem | null {
  const stream = randomStream(seed, 'market-news', day);
  if (stream.next() >= MARKET_CHANCE) return null;
  const headline = stream.pickWeighted(MARKET_HEADLINES);
  const percent = stream.between(...headline.jumpPercent);
  return newsItem({
    headline: { eventType: headline.type, priority: headline.priority },
    source: 'simulated-wire',
    text: fillHeadline(headline, { name: 'the market', crore: 0, percent: stream.between(3, 7) }, stream),
    symbols: [],
    knownMs: overnightMs(stream, times),
    jump: percent / 100,
    minute: null,
  });
}
