import type { SymbolName } from '../market/types.ts';

/** One holding. `value` is signed (short negative) in the account's currency, null where no price is known. */
export interface Holding { symbol: SymbolName; sector: string | null; value: number | null; beta?: number | null }

export interface ExposureLine {
  name: string;
  long: number; short: number; net: number; gross: number;
  /** Of equity; null where equity is not positive. */
  netPercent: number | null; grossPercent: number | null;
}
export interface Exposures {
  long: number; short: number; net: number; gross: number;
  netPercent: number | null; grossPercent: number | null;
  /** Largest gross first, then by name. */
  bySymbol: ExposureLine[]; bySector: ExposureLine[];
  /** Holdings without a price: they are in no total. */
  unpriced: SymbolName[];
  /** Symbols without a sector; each stands as a sector of its own. */
  withoutSector: SymbolName[];
}

/** Exposure by symbol and sector, in currency and in percent of `equity`. */
export function exposuresOf(holdings: readonly Holding[], equity: number): Exposures {
  const symbols = new Map<string, ExposureLine>();
  const sectors = new Map<string, ExposureLine>();
  const total = emptyLine('total');
  const unpriced = new Set<SymbolName>();
  const withoutSector = new Set<SymbolName>();
  for (const { symbol, sector, value } of holdings) {
    if (sector === null) withoutSector.add(symbol);
    if (value === null) { unpriced.add(symbol); continue; }
    if (!Number.isFinite(value)) throw new RangeError(`not a value: ${symbol} ${value}`);
    for (const line of [total, lineOf(symbols, symbol), lineOf(sectors, sectorName(symbol, sector))]) {
      if (value > 0) line.long += value; else line.short -= value;
      line.net += value;
      line.gross += Math.abs(value);
    }
  }
  const finish = (line: ExposureLine): ExposureLine => ({ ...line, netPercent: percentOf(line.net, equity), grossPercent: percentOf(line.gross, equity) });
  const sorted = (lines: Map<string, ExposureLine>) => [...lines.values()].map(finish).sort((a, b) => b.gross - a.gross || (a.name < b.name ? -1 : 1));
  const { name: _, ...totals } = finish(total);
  return { ...totals, bySymbol: sorted(symbols), bySector: sorted(sectors), unpriced: [...unpriced], withoutSector: [...withoutSector] };
}

/** The sector that a symbol counts in; without one it is a sector of its own. */
const sectorName = (symbol: SymbolName, sector: string | null): string => sector ?? `${symbol} (no sector known)`;

const percentOf = (value: number, equity: number): number | null => (equity > 0 ? (100 * value) / equity : null);
const emptyLine = (name: string): ExposureLine => ({ name, long: 0, short: 0, net: 0, gross: 0, netPercent: null, grossPercent: null });
function lineOf(lines: Map<string, ExposureLine>, name: string): ExposureLine {
  const line = lines.get(name) ?? emptyLine(name);
  lines.set(name, line);
  return line;
}

/** Amounts (profit, fees) added up by sector, largest first. */
export function sumBySector(rows: readonly { symbol: SymbolName; sector: string | null; amount: number }[]): { sector: string; amount: number }[] {
  const sums = new Map<string, number>();
  for (const { symbol, sector, amount } of rows) sums.set(sectorName(symbol, sector), (sums.get(sectorName(symbol, sector)) ?? 0) + amount);
  return [...sums].map(([sector, amount]) => ({ sector, amount })).sort((a, b) => b.amount - a.amount || (a.sector < b.sector ? -1 : 1));
}

export interface BetaExposure {
  /** Σ value × beta in currency, of the holdings whose beta is known. */
  betaWeighted: number;
  /** The same over equity: what the account moves when the index moves by 1. Null while a holding's price or beta is missing, or equity is not positive. */
  beta: number | null;
  missing: SymbolName[];
  /** |beta − target| when both are known, and whether it is beyond the limit. */
  drift: number | null; alert: boolean | null;
}

/** Beta of the whole account against its target; drift alerts beyond 0.2 unless told otherwise. */
export function betaExposureOf({ holdings, equity, targetBeta, alertBeyond = 0.2 }: { holdings: readonly Holding[]; equity: number; targetBeta: number | null; alertBeyond?: number }): BetaExposure {
  let betaWeighted = 0;
  const missing: SymbolName[] = [];
  for (const { symbol, value, beta } of holdings) {
    if (value === null || beta === null || beta === undefined) missing.push(symbol); else betaWeighted += value * beta;
  }
  const beta = missing.length > 0 || !(equity > 0) ? null : betaWeighted / equity;
  const drift = beta === null || targetBeta === null ? null : Math.abs(beta - targetBeta);
  return { betaWeighted, beta, missing, drift, alert: drift === null ? null : drift > alertBeyond };
}
