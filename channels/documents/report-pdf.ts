import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Report, ReportTable } from '../../desk/reporting/report.ts';

const require = createRequire(import.meta.url);
const plain = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const bold = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
const ink = '#1b1f24';
const faint = '#59636e';
const rule = '#d1d9e0';
const margin = 48;
const padding = 4;

/** A report as an A4 document. `createdAt` stands in its properties, so the same report at the same moment gives the same bytes. */
export function reportPdf(report: Report, { createdAt }: { createdAt: Date }): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', margins: { top: margin, bottom: margin, left: margin, right: margin }, bufferPages: true, info: { Title: report.title, Author: 'Parapet', CreationDate: createdAt, ModDate: createdAt }, lang: 'en' });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<Buffer>((resolve, reject) => { document.once('end', () => resolve(Buffer.concat(chunks))); document.once('error', reject); });
  document.font(bold).fontSize(17).fillColor(ink).text(report.title);
  document.font(plain).fontSize(9).fillColor(faint).text(report.subtitle).moveDown(0.8);
  drawWorth(document, report);
  for (const { title, lines, table } of report.sections) {
    if (document.y > document.page.height - margin - 70) document.addPage();
    document.font(bold).fontSize(11).fillColor(ink).text(title, margin).moveDown(0.3);
    document.font(plain).fontSize(9).fillColor(ink);
    for (const line of lines) document.text(line, margin, undefined, { width: widthOf(document) }).moveDown(0.15);
    if (table && table.rows.length > 0) drawTable(document, table);
    document.moveDown(0.8);
  }
  const pages = document.bufferedPageRange();
  for (let page = 0; page < pages.count; page += 1) {
    document.switchToPage(page);
    document.page.margins.bottom = 0;
    document.font(plain).fontSize(7.5).fillColor(faint).text(`${report.footer} Page ${page + 1} of ${pages.count}.`, margin, document.page.height - margin + 14, { width: widthOf(document), lineBreak: false });
  }
  document.end();
  return finished;
}
const widthOf = (document: PDFKit.PDFDocument): number => document.page.width - 2 * margin;

/** Columns share the width by their longest cell; a row that does not fit begins a new page under the headings. */
function drawTable(document: PDFKit.PDFDocument, { columns, rows }: ReportTable): void {
  document.fontSize(8);
  const longest = columns.map(({ title }, column) => Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => document.widthOfString(cell.slice(0, 48)))) + 2 * padding);
  const total = longest.reduce((sum, each) => sum + each, 0);
  const widths = longest.map((each) => (each / total) * widthOf(document));
  const draw = (cells: readonly string[], font: string): void => {
    document.font(font).fontSize(8).fillColor(ink);
    const height = Math.max(...cells.map((cell, column) => document.heightOfString(cell, { width: (widths[column] ?? 0) - 2 * padding }))) + padding;
    if (document.y + height > document.page.height - margin) { document.addPage(); if (font === plain) draw(columns.map(({ title }) => title), bold); }
    const top = document.y;
    let x = margin;
    for (const [column, cell] of cells.entries()) {
      document.font(font).text(cell, x + padding, top + padding / 2, { width: (widths[column] ?? 0) - 2 * padding, align: columns[column]?.align ?? 'left' });
      x += widths[column] ?? 0;
    }
    document.moveTo(margin, top + height).lineTo(margin + widthOf(document), top + height).lineWidth(0.5).strokeColor(rule).stroke();
    document.y = top + height;
    document.x = margin;
  };
  draw(columns.map(({ title }) => title), bold);
  for (const row of rows) draw(row, plain);
}

/** Worth by day as a line, with its ends in figures' places; a day whose worth is not known breaks the line. */
function drawWorth(document: PDFKit.PDFDocument, { equity, equityCaption }: Report): void {
  const known = equity.flatMap(({ worth }) => worth ?? []);
  if (known.length < 3) return;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const [top, height, width] = [document.y + 12, 90, widthOf(document)];
  document.font(plain).fontSize(8).fillColor(faint).text(equityCaption, margin, document.y);
  let drawing = false;
  for (const [index, { worth }] of equity.entries()) {
    if (worth === null) { drawing = false; continue; }
    const x = margin + (equity.length === 1 ? 0 : (index / (equity.length - 1)) * width);
    const y = top + height - (high === low ? 0.5 : (worth - low) / (high - low)) * height;
    if (drawing) document.lineTo(x, y); else document.moveTo(x, y);
    drawing = true;
  }
  document.lineWidth(1.2).strokeColor('#0969da').stroke();
  document.moveTo(margin, top + height + 2).lineTo(margin + width, top + height + 2).lineWidth(0.5).strokeColor(rule).stroke();
  document.fontSize(7.5).fillColor(faint).text(equity[0]?.date ?? '', margin, top + height + 5, { lineBreak: false }).text(equity.at(-1)?.date ?? '', margin, top + height + 5, { width, align: 'right' });
  document.y = top + height + 20;
  document.x = margin;
}
