import type { LoadingImporter, ImportContext, ParsedRow, Sniff } from './define.ts';
import { refused } from './define.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** An importer of a JSON array of records (or of the array under one key, else under `data`, in which collectors wrap it). The `line` of a row is its place in the array, from 1. */
export function jsonImporter({ kind, keys, under, links, open }: {
  kind: string; links?: true;
  /** Keys that the first record must have; together they name the shape. */
  keys: readonly string[];
  under?: string;
  open(opening: { head: Sniff; context: ImportContext }): (record: JsonRecord, line: number) => ParsedRow;
}): LoadingImporter {
  const list = (head: Sniff): unknown[] => {
    const document = head.json?.document;
    const found = under || (document && !Array.isArray(document)) ? (document as Record<string, unknown> | undefined)?.[under ?? 'data'] : document;
    return Array.isArray(found) ? found : [];
  };
  return {
    kind, loads: true, ...(links ? { links } : {}),
    recognise: (head) => {
      const first = list(head)[0];
      return isRecord(first) && keys.every((key) => key in first);
    },
    async* rows(_source, head, context) {
      const read = open({ head, context });
      yield list(head).map((record, i) => (isRecord(record) ? read(record, i + 1) : refused(i + 1, 'Entry is not a record.', JSON.stringify(record) ?? '')));
    },
  };
}

const isRecord = (value: unknown): value is JsonRecord => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The field as trimmed text; empty for null, absent, `-` and anything that is neither text nor number. */
export function textOf(record: JsonRecord, key: string): string {
  const value = record[key];
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  return text === '-' ? '' : text;
}
export const rawOf = (record: JsonRecord): string => JSON.stringify(record);
