/** A report as it is printed: text only, every figure written already. A missing figure is said in words. */
export interface ReportTable { columns: { title: string; align: 'left' | 'right' }[]; rows: string[][] }
export interface ReportSection { title: string; lines: string[]; table: ReportTable | null }
export interface Report { title: string; subtitle: string; sections: ReportSection[]; /** Worth at the end of each day, in currency; null where a price was missing. */ equity: { date: string; worth: number | null }[]; /** What the line of `equity` shows, with its lowest and highest. */ equityCaption: string; footer: string }

const escaped = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
const tableText = ({ columns, rows }: ReportTable): string[] => [
  `| ${columns.map(({ title }) => escaped(title)).join(' | ')} |`, `|${columns.map(({ align }) => (align === 'right' ? ' ---: ' : ' --- ')).join('|')}|`, ...rows.map((row) => `| ${row.map(escaped).join(' | ')} |`),
];

/** The report as Markdown. */
export const reportMarkdown = ({ title, subtitle, sections, footer }: Report): string => [
  `# ${title}`, '', subtitle, '',
  ...sections.flatMap((section) => [`## ${section.title}`, '', ...section.lines, ...(section.table && section.table.rows.length > 0 ? ['', ...tableText(section.table)] : []), '']),
  `*${footer}*`, '',
].join('\n');
