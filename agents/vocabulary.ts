import type { Report } from '../desk/reporting/report.ts';

/**
 * The small vocabulary that every channel renders its own way, and that `chat --json` prints line by line.
 * Nothing about trading lives in a channel: a card is data here, and a press comes back as a command.
 */
export interface Figure {
  /** The figure as it stands in the text. */
  text: string;
  value: number | string; unit: string; asOf: string | null;
  /** Where it came from: the tool, the call within the turn, the path within its output. `person`: they said it themselves. */
  tool: string; call: string; path: string;
}
export interface Choice { label: string; /** Said on the person's behalf when chosen. */ command: string; style?: 'primary' | 'danger' | 'plain' }
export interface Column { key: string; title: string; unit?: string; align: 'left' | 'right' }
export interface PriceChart {
  symbol: string;
  bars: { time: string; open: number; high: number; low: number; close: number; volume: number }[];
  lines: { name: 'entry' | 'stop' | 'target' | 'last'; price: number }[];
  pins: { time: string; title: string; eventId: string }[];
  /** In place of bars: what an option structure makes at expiry. */
  payoff?: PayoffCurve;
}
/** Profit over the price of the underlying, in currency; lines between the points are exact. */
export interface PayoffCurve { title: string; points: [price: number, profit: number][]; breakEvens: number[]; spot: number | null }
/** A document by what stands in it: a channel that hands over files makes a PDF of it. `href` gives the same on the web desk, `command` in a terminal. */
export interface ReportFile { name: string; /** Stands in the document's properties, so that the same report gives the same bytes. */ createdAt: string; href: string; command: string; report: Report }
export interface CardCheck { id: string; severity: 'INFO' | 'WARN' | 'BLOCK'; passed: boolean; measured: number | null; limit: number | null; unit: string; headroom: number | null; message: string }
export interface Card {
  cardNumber: number | null;
  actionId: string;
  state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'BLOCKED' | 'EXECUTED' | 'FILLED' | 'CLOSED' | 'FAILED';
  /** "BUY 62 COALINDIA at ≤ ₹384.50 · stop ₹371.20 · target ₹411.10 · horizon 5 days" */
  headline: string;
  /** "Most you can lose: ₹838 (0.17 % of equity) incl. charges ₹13. Reward : risk 2.0." */
  worstLoss: string;
  account: string; exchange: string | null; symbol: string | null;
  entry: number | null; stop: number | null; target: number | null; last: number | null;
  why: { text: string; evidenceId: string | null; evidenceKind: 'event' | 'feature' | 'bars' | 'outcome' | null; url: string | null }[];
  against: string[];
  gates: { passed: number; warnings: number; blocks: number; checks: CardCheck[] };
  counterfactuals: string[];
  confirmation: { id: string; digest: string; expiresAt: string; driftPercent: number | null } | null;
  /** One line once it is final: "Filled 62 at ₹384.35; stop and target are working." */
  outcome: string | null;
  world: string; marketTime: string;
  choices: Choice[];
}

/** Each carries the turn it belongs to. `end` closes a turn, always. */
export type ConversationEvent = { turn: string } & (
  | { type: 'reply'; text: string; figures: Figure[]; agent: string; note?: string; choices?: Choice[] }
  | { type: 'delta'; text: string }
  | { type: 'table'; title: string; columns: Column[]; rows: Record<string, string | number | null>[] }
  | { type: 'card'; card: Card }
  | { type: 'confirm'; id: string; digest: string; expiresAt: string; actionId: string }
  | { type: 'chart'; chart: PriceChart }
  | { type: 'file'; file: ReportFile }
  | { type: 'timeline'; subject: string; entries: { at: string; text: string; kind: string; ref: string | null }[] }
  | { type: 'progress'; text: string }
  | { type: 'error'; code: string; message: string }
  | { type: 'end' }
);

/** What comes in. `replaces` is the turn of the person's last message, asked again in these words. `press` answers a confirmation by its id. */
export type Inbound =
  | { message: string; account?: string; asOf?: string; replaces?: string }
  | { press: string; choice: 'confirm' | 'reject'; reason?: string };
