type Field = string | number | null | undefined;
/** A text that a spreadsheet would run as a formula is kept a text; quotes as in RFC 4180. */
function field(value: Field): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
export const csvOf = (header: readonly string[], rows: readonly (readonly Field[])[]): string =>
  `${[header, ...rows].map((row) => row.map(field).join(',')).join('\n')}\n`;
