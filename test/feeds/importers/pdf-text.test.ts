import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pdfText } from '../../../feeds/importers/pdf-text.ts';

const head = 'BT /F1 12 Tf 50 780 Td (Tata Consultancy Services Limited) Tj 0 -16 Td (Sub: Declaration of interim dividend) Tj ET\n';
const packed = (content: string, more = ''): Buffer => { const bytes = deflateSync(Buffer.from(content)); return Buffer.concat([Buffer.from(`<</Length ${bytes.length} /Filter /FlateDecode ${more}>>\nstream\n`), bytes, Buffer.from('\nendstream')]); };
/** A PDF of these objects, the first its catalogue; without `table` its cross-references are rubbish. */
function pdfOf(objects: readonly (string | Buffer)[], { table = true } = {}): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  for (const [index, object] of objects.entries()) {
    places.push(Buffer.concat(parts).length);
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'));
  }
  const at = Buffer.concat(parts).length;
  parts.push(Buffer.from(table ? `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}trailer <</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${at}\n%%EOF` : 'xref\n0 3\nRUBBISH\ntrailer <</Root 1 0 R>>\nstartxref\n99999\n%%EOF'));
  return new Uint8Array(Buffer.concat(parts));
}
const font = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';
const page = (more = '', resources = ''): string => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 842]/Resources<</Font<</F1 3 0 R>>${resources}>>/Contents 5 0 R ${more}>>`;
const tree = '<</Type/Pages/Count 1/Kids[4 0 R]>>';

describe('the words of a PDF', () => {
  it('are those of its pages, also rotated ones and without cross-references, and nothing of attached files, forms and scripts', async () => {
    const rotated = `${head}BT /F1 12 Tf 0 1 -1 0 300 300 Tm (Record date is 20 January) Tj ET`;
    const catalogue = '<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt) 6 0 R]>>>>/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>>>';
    const objects = [catalogue, tree, font, page('/Annots[8 0 R]'), packed(rotated), '<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>', packed('ATTACHED', '/Type/EmbeddedFile'), '<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(FORM)/Rect[0 0 9 9]>>'];
    const words = { text: expect.stringMatching(/^Tata Consultancy Services Limited\nSub: Declaration of interim dividend\nRecord date is 20 January$/), pages: 1 };
    expect(await pdfText(pdfOf(objects))).toEqual(words);
    expect(await pdfText(pdfOf(objects, { table: false }))).toEqual(words);
  });

  it('are not read without end: a small file that draws the same over and over is refused, and the desk goes on meanwhile', async () => {
    const levels = Array.from({ length: 9 }, (_, level) => packed(level < 8 ? '/X Do '.repeat(20) : 'BT /F1 8 Tf (again) Tj ET', `/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>${level < 8 ? `/XObject<</X ${7 + level} 0 R>>` : ''}>>`));
    const bomb = pdfOf(['<</Type/Catalog/Pages 2 0 R>>', tree, font, page('', '/XObject<</X 6 0 R>>'), packed(`${head}${'/X Do '.repeat(20)}`), ...levels]);
    let ticks = 0;
    const ticking = setInterval(() => { ticks += 1; }, 10);
    expect(await pdfText(bomb, { withinMs: 1500 })).toEqual({ reason: expect.stringContaining('too long to read') });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(3);
  });
});
