export type CsvCell = string | number | null;

/**
 * Comma-separated text (RFC 4180): a header, one line a row, each ended by CRLF. Missing is empty. A text that a spreadsheet
 * would take for a formula gets an apostrophe before it; figures stay figures.
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const cell = (value: CsvCell): string => {
    if (value === null) return '';
    if (typeof value === 'number') return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
