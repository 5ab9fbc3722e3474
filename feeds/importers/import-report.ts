import type { KindCounts } from './import-sink.ts';

/** What one import did. The first four members are the contract; the rest says why something was not loaded. */
export interface ImportReport {
  files: number;
  elapsedMs: number;
  kinds: Record<string, KindCounts>;
  unrecognised: string[];
  /** Known shapes that are not loaded: how many files, how many rows where they are rows, and why. */
  notYetLoaded: Record<string, { files: number; rows?: number; reason: string }>;
  /** Why a file is among the unrecognised. */
  reasons: { file: string; reason: string }[];
}

const ROW_REASONS: Readonly<Record<string, string>> = {
  nse_debt_and_fund_series: 'Bonds, debentures, warrants and fund units trade in series of their own; the desk keeps shares.',
  fo_futures: 'Futures are not traded here; the options beside them are loaded.',
  option_contract_minutes: 'Minute bars of option contracts; what the desk keeps of options are chains.',
  us_option_bars: 'Bars of US option contracts; the desk trades options on NSE.',
  us_intraday_bars: 'US bars within the day; of US shares the desk keeps daily bars.',
  other_indices: 'Indices that the desk does not follow.',
  fpi_sector_totals: 'The sum over the sectors.',
  gdelt_other_languages: 'Articles in other languages than English are not read.',
  pr_fund_net_asset_values: 'Net asset values of mutual funds are no company news.',
  pr_debt_and_fund_corporate_actions: 'Interest, redemptions and fund payouts are no corporate action of a share.',
};

export class ReportTally {
  readonly #kinds = new Map<string, KindCounts>();
  readonly #notYetLoaded = new Map<string, { files: Set<string>; rows: number | null; reason: string }>();
  readonly #reasons: { file: string; reason: string }[] = [];

  kind(kind: string): KindCounts {
    let counts = this.#kinds.get(kind);
    if (!counts) this.#kinds.set(kind, (counts = { accepted: 0, updated: 0, duplicate: 0, quarantined: 0 }));
    return counts;
  }
  /** `rows` is null where the shape has no rows to count. `file` is the outermost file. */
  notLoaded({ kind, file, rows, reason }: { kind: string; file: string; rows: number | null; reason?: string }): void {
    let entry = this.#notYetLoaded.get(kind);
    if (!entry) this.#notYetLoaded.set(kind, (entry = { files: new Set(), rows: null, reason: reason ?? ROW_REASONS[kind] ?? '' }));
    entry.files.add(file);
    if (rows !== null) entry.rows = (entry.rows ?? 0) + rows;
  }
  unrecognised(file: string, reason: string): void {
    this.#reasons.push({ file, reason });
  }
  report({ files, elapsedMs }: { files: number; elapsedMs: number }): ImportReport {
    const byName = <T>(map: Map<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      files, elapsedMs,
      kinds: Object.fromEntries(byName(this.#kinds)),
      unrecognised: this.#reasons.map(({ file }) => file),
      notYetLoaded: Object.fromEntries(byName(this.#notYetLoaded).map(([kind, { files: names, rows, reason }]) => [kind, { files: names.size, ...(rows === null ? {} : { rows }), reason }])),
      reasons: this.#reasons,
    };
  }
}
