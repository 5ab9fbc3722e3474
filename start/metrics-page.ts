import type { Database } from '../db/client.ts';
import { countsBetween, gaugesNow, metricsNow } from '../db/stores/metric-rows.ts';
import type { Instant } from '../desk/time.ts';
import { type GaugeName, isCounter, isGauge, type Metrics } from '../ops/metrics.ts';

/** Scrapes that come sooner than this get the page that was made last. */
const keepMs = 5000;

/**
 * `/metrics`: what the database has on record, counted from the start of the process, and how things stand. Reading it costs two
 * statements; whoever asks more often than every five seconds sees the same page again.
 */
export function metricsPage({ database, metrics, nowMs }: { database: Database; metrics: Metrics; nowMs: () => number }): () => Promise<string> {
  let since: Instant | null = null;
  let page: { at: number; text: Promise<string> } | null = null;
  const passed = new Map<string, { pass: number; all: number }>();
  const seen = new Set<GaugeName>();

  async function read(): Promise<string> {
    const from = performance.now();
    const until = await metricsNow(database.orm);
    if (since !== null) {
      for (const { metric, labels, count } of await countsBetween(database.orm, { since, until })) {
        if (metric === 'gate_reports') take(labels, count);
        else if (metric === 'events_ingested') metrics.count('events_ingested_total', {}, count);
        else if (isCounter(metric)) metrics.count(metric, labels, count);
      }
    }
    since = until;
    for (const name of seen) metrics.clear(name);
    for (const { metric, labels, value } of await gaugesNow(database.orm)) if (isGauge(metric)) { seen.add(metric); metrics.set(metric, value, labels); }
    for (const [account, { pass, all }] of passed) metrics.set('guardrail_pass_ratio', pass / all, { account });
    metrics.observe('scrape_latency', (performance.now() - from) / 1000);
    return metrics.text();
  }
  function take({ account = 'desk', verdict }: Record<string, string>, count: number): void {
    const sums = passed.get(account) ?? { pass: 0, all: 0 };
    sums.all += count;
    if (verdict === 'PASS') sums.pass += count; else metrics.count('blocked_cards_total', { account }, count);
    passed.set(account, sums);
  }
  return () => {
    if (!page || nowMs() - page.at >= keepMs) page = { at: nowMs(), text: read() };
    return page.text;
  };
}
