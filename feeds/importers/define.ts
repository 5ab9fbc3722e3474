import type { TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';
import type { SymbolLinker } from '../linking/link-symbols.ts';

/** One readable stream of bytes: a plain file, the inside of a `.gz`, or one member of a `.zip`. */
export interface Source {
  /** How reports name it: `06_corporate/PR011220.zip!An011220.txt`. */
  file: string;
  /** The innermost name without compression (`An011220.txt`). It may add a date or a symbol, never decide the kind. */
  name: string;
  /** Where the outermost file lies. A vendor's own folder names may add a market, never decide the kind. */
  path: string;
  /** SHA-256 of the stored bytes; a zip's member adds its own name. */
  digest: string;
  /** Decompressed bytes from the start; may be called again. @throws SourceError when the bytes end early or are damaged. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** The bytes cannot be read on. Expected: people import half-finished downloads. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

export type Form = 'text' | 'json' | 'json_lines' | 'xml' | 'html' | 'pdf' | 'parquet' | 'zip' | 'gzip' | 'tar' | 'binary' | 'empty';

/** What the first 64 kB (for JSON the whole document) say about a source. */
export interface Sniff {
  name: string;
  form: Form;
  encoding: string;
  /** The first lines, without line ends; empty for binary forms. */
  lines: readonly string[];
  /** Fields of the first line: trimmed, unquoted, upper case. */
  header: readonly string[];
  json?: { root: 'array' | 'object'; keys: readonly string[]; recordKeys: readonly string[]; document: unknown };
  xmlRoot?: string;
}

export interface RefusedRow { line: number; reason: string; raw: string }
/** One row of a file: what it says, why it was refused, or of which kind it is when that kind is not loaded yet. */
export type ParsedRow = { line: number; records: FeedRecord[] } | RefusedRow | { line: number; notLoaded: string };

export interface ImportContext {
  today: TradingDate;
  /** Links company names in free text; without it names stay unlinked. */
  linker?: SymbolLinker;
}

interface Recognises {
  /** Names the file's shape in reports: `nse_eod_panel`. */
  kind: string;
  /** By content only; at most one importer of the table says yes. */
  recognise(head: Sniff): boolean;
}
export interface LoadingImporter extends Recognises {
  loads: true;
  /** Names of columns that make the shape, for tables under a header. */
  columns?: readonly string[];
  /** Reads company names: such sources come last, when the symbols of the same import are there to link them. */
  links?: true;
  /** Rows come in chunks, since one promise a row would cost more than parsing it. */
  rows(source: Source, head: Sniff, context: ImportContext): AsyncIterable<readonly ParsedRow[]>;
}
/** Known, and not loaded: the report says so and why. */
export interface NotLoadedImporter extends Recognises { loads: false; reason: string; /** Not a shape of its own but something that stands where data should: it goes to the quarantine, too. */ refuses?: true }
export type Importer = LoadingImporter | NotLoadedImporter;

/** Raw text kept of a refused row, in characters. */
const RAW_LIMIT = 500;
export const refused = (line: number, reason: string, raw: string): ParsedRow => ({ line, reason, raw: raw.slice(0, RAW_LIMIT) });
