import type { Company } from './universe.ts';
import { LAST_JUMP_MINUTE } from './day-shape.ts';
import { RESULTS_HEADLINES } from './headlines.ts';
import { fillHeadline } from './headline-text.ts';
import { newsItem } from './news-item.ts';
import type { NewsItem } from './news-item.ts';
import { randomStream } from './random.ts';

/** Log jump per standard deviation of surprise, and the largest. */
const JUMP_PER_SURPRISE = 0.032;
const LARGEST_JUMP = 0.12;
const IN_LINE = 0.4;

/** The quarter's results of one company: better than expected lifts the price, worse drops it, and the headline says which. */
export function resultsNews({
  seed,
  company,
  day,
  knownMs,
  minute,
  marketCapCrore,
}: {
  seed: number;
  company: Company;
  day: number;
  knownMs: number;
  minute: number | null;
  marketCapCrore: number;
}): NewsItem {
  const stream = randomStream(seed, 'surprise', company.symbol, day);
  const surprise = stream.normal();
  const verdict = Math.abs(surprise) < IN_LINE ? 'in line' : surprise > 0 ? 'beat' : 'miss';
  const jump = Math.max(-LARGEST_JUMP, Math.min(LARGEST_JUMP, JUMP_PER_SURPRISE * surprise));
  const text = fillHeadline(
    RESULTS_HEADLINES[verdict],
    {
      name: company.name,
      // A year's profit at a multiple of 20 to 30, by the quarter.
      crore: marketCapCrore / (4 * stream.between(20, 30)),
      percent: verdict === 'in line' ? stream.between(3, 9) : 8 + 9 * Math.abs(surprise),
    },
    stream,
  );
  return newsItem({
    headline: { eventType: 'EARNINGS', priority: 'HIGH' },
    source: 'simulated-exchange',
    text,
    symbols: [company.symbol],
    knownMs,
    jump,
    minute: minute === null ? null : Math.min(minute, LAST_JUMP_MINUTE),
  });
}
