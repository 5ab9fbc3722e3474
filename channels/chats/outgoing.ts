import type { PriceChart, ReportFile } from '../vocabulary.ts';
import { type Line, line, splitLines } from './rich-text.ts';

/** What a press on a button means. The button itself carries an opaque id; this stays with the desk. */
export type Press =
  | { kind: 'answer'; confirmationId: string; actionId: string; choice: 'confirm' | 'reject' }
  | { kind: 'say'; command: string };
export interface Button { label: string; style: 'primary' | 'danger' | 'plain'; press: Press }

/** A message on its way to a chat, before the channel's own markup. `subject`: a later one of the same subject replaces it in place. */
export interface Outgoing {
  subject: string | null;
  lines: readonly Line[];
  buttons: readonly Button[];
  /** Rendered where it is sent. */
  chart?: PriceChart;
  /** A report is made a document where it is sent. */
  file?: { name: string; mediaType: string; text: string } | (Pick<ReportFile, 'name' | 'createdAt' | 'report'> & { mediaType: 'application/pdf' });
  /** A card that is being waited for, or what became of it: lets a channel colour and group. */
  card?: { actionId: string; number: number | null; headline: string; state: string };
}

/** What a channel can do; what it cannot is said another way. */
export interface Capabilities {
  /** UTF-16 units of text in one message. */
  textUnits: number;
  /** Characters that a monospaced line shows without wrapping on a phone. */
  tableColumns: number;
  images: boolean; files: boolean; buttons: boolean; edits: boolean;
  /** Rows of a table beyond which it comes as a file as well. */
  tableRows: number;
}

/** A message in as many as it needs; the buttons go under the last. Only the first can be replaced in place. */
export function inParts(message: Outgoing, most: number): Outgoing[] {
  const empty = message.lines.every(({ spans }) => spans.length === 0);
  const parts = splitLines(empty ? [line('–')] : message.lines, most);
  return parts.map((lines, index): Outgoing => {
    const { subject, chart, file, card } = message;
    const first = index === 0 ? { ...(chart ? { chart } : {}), ...(file ? { file } : {}) } : {};
    return { subject: index === 0 ? subject : null, lines, buttons: index === parts.length - 1 ? message.buttons : [], ...first, ...(card ? { card } : {}) };
  });
}
