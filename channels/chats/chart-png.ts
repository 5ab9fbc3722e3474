import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { PriceChart } from '../vocabulary.ts';
import { chartSvg } from './chart-svg.ts';

const require = createRequire(import.meta.url);
/** The font comes with the desk: a server has none that one could rely on. */
const fonts = [require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'), require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')];
let loaded: Promise<Uint8Array[]> | null = null;
const load = async (): Promise<Uint8Array[]> => {
  await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return Promise.all(fonts.map((path) => readFile(path)));
};

/** A chart as a PNG of 960 × 540. @throws when it has no bars. */
export async function chartPng(chart: PriceChart): Promise<Buffer> {
  loaded ??= load();
  const drawing = new Resvg(chartSvg(chart), { font: { fontBuffers: await loaded, defaultFontFamily: 'DejaVu Sans' } });
  const image = drawing.render();
  try { return Buffer.from(image.asPng()); } finally { image.free(); drawing.free(); }
}
