/** Rows of a CSV with a header, quoted fields and line breaks in them, as RFC 4180 has it. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i];
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') { field += '"'; i += 1; } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',' || letter === '\n') {
      rows.at(-1)?.push(field.replace(/\r$/, ''));
      field = '';
      if (letter === '\n') rows.push([]);
    } else field += letter;
  }
  if (field !== '') rows.at(-1)?.push(field);
  const [header = [], ...lines] = rows;
  return lines.filter((line) => line.length > 1).map((line) => Object.fromEntries(header.map((name, i) => [name, line[i] ?? ''])));
}
