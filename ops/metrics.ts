import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The desk's figures for Prometheus; names and labels are those of the table below. */
export interface Metrics {
  count(name: CounterName, labels?: Record<string, string>, by?: number): void;
  /** Seconds. */
  observe(name: HistogramName, seconds: number, labels?: Record<string, string>): void;
  set(name: GaugeName, value: number, labels?: Record<string, string>): void;
  /** Forgets the values of a gauge, for one whose labels come and go. */
  clear(name: GaugeName): void;
  text(): Promise<string>;
}

const counters = {
  guardrail_checks_total: ['Checks of the gates that ran', ['check', 'result']], blocked_cards_total: ['Proposals that the gates blocked', ['account']], confirmations_total: ['Questions to a person that came to an end', ['channel', 'outcome']],
  trade_cards_created_total: ['Cards made', ['account']], orders_placed_total: ['Orders written down, by what became of them since', ['symbol', 'account', 'status']], channel_messages_total: ['Messages said and heard', ['channel', 'direction']],
  pipeline_runs_total: ['Runs of the desk cycle', ['stage', 'status']], events_ingested_total: ['Events taken in', []], tool_calls_total: ['Calls of tools by programs', ['tool', 'channel', 'outcome']],
} as const satisfies Record<string, readonly [string, readonly string[]]>;
const gauges = {
  guardrail_pass_ratio: ['Share of proposals that passed, since the start', ['account']], outbox_depth: ['Steps of actions that wait for a worker', []], audit_entries: ['Entries of the audit', []], quarantined_rows: ['Rows that were refused, not yet settled', ['kind']],
  feed_last_success: ['When a feed last answered, in seconds of the epoch', ['feed']], feed_errors: ['Errors of a feed in a row', ['feed']], positions_open: ['Open positions', ['account']], confirmations_pending: ['Questions that wait for a person', []], confirmation_age: ['Age of the oldest of them, seconds', []],
  kill_switch_state: ['2 halted, 1 reducing, 0 told only', ['account', 'type']], risk_snapshot_age: ['Age of the latest risk snapshot, seconds', []], job_failures: ['Failures of a job', ['job']], database_bytes: ['Size of the database', []],
} as const satisfies Record<string, readonly [string, readonly string[]]>;
const histograms = { tool_latency: ['Tool call of a program, seconds', ['channel']], scrape_latency: ['Reading the database for this page, seconds', []] } as const satisfies Record<string, readonly [string, readonly string[]]>;

export type CounterName = keyof typeof counters;
export type GaugeName = keyof typeof gauges;
export type HistogramName = keyof typeof histograms;
export const isCounter = (name: string): name is CounterName => Object.hasOwn(counters, name);
export const isGauge = (name: string): name is GaugeName => Object.hasOwn(gauges, name);

const seconds = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A registry of its own, so that two desks in one process do not count for one another. */
export function createMetrics({ process: withProcess }: { process: boolean }): Metrics {
  const registry = new Registry();
  if (withProcess) collectDefaultMetrics({ register: registry });
  const made = <K extends string, M>(table: Record<K, readonly [string, readonly string[]]>, make: (name: K, help: string, labelNames: string[]) => M): Record<K, M> =>
    Object.fromEntries(Object.entries<readonly [string, readonly string[]]>(table).map(([name, [help, labels]]) => [name, make(name as K, help, [...labels])])) as Record<K, M>;
  const registers = [registry];
  const counted = made(counters, (name, help, labelNames) => new Counter({ name, help, labelNames, registers }));
  const gauged = made(gauges, (name, help, labelNames) => new Gauge({ name, help, labelNames, registers }));
  const timed = made(histograms, (name, help, labelNames) => new Histogram({ name, help, labelNames, buckets: seconds, registers }));
  return {
    count: (name, labels = {}, by = 1) => { counted[name].inc(labels, by); },
    observe: (name, value, labels = {}) => { timed[name].observe(labels, value); },
    set: (name, value, labels = {}) => { gauged[name].set(labels, value); },
    clear: (name) => { gauged[name].reset(); },
    text: () => registry.metrics(),
  };
}
