import { createSymbolLinker } from '../../feeds/linking/link-symbols.ts';
import { noSharedFiles } from '../feeds/importers/shared-files.ts';
import { annotatedLinks, LABELS_AS_OF, tickerLinks, type WrongLink } from '../feeds/linking/labelled-links.ts';
import { listedSymbols } from '../feeds/linking/listed-symbols.ts';

export const name = 'linking';

const SHOWN = 25;
const show = (of: string, wrong: readonly WrongLink[]): void => {
  console.log(`${of}: ${wrong.length}${wrong.length > SHOWN ? `, the first ${SHOWN}` : ''}`);
  for (const { title, wanted, got } of wrong.slice(0, SHOWN)) console.log(`  ${got.join('+')} for ${wanted.join('+') || 'none'}: ${title}`);
};

/** How well company names in real headlines lead to symbols, against people's marks (SEntFiN) and against the tickers that headlines came under. Prints the links that differ. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  if (noSharedFiles) return [];
  const symbols = await listedSymbols();
  const linker = createSymbolLinker(symbols, { asOf: LABELS_AS_OF });
  const marked = annotatedLinks(linker, symbols);
  const started = performance.now();
  const tickers = tickerLinks(linker, symbols);
  const seconds = (performance.now() - started) / 1000;
  show('links that no annotator made', marked.wrong);
  show('headlines linked to other companies than their ticker’s', tickers.wrong);
  return [
    { metric: 'links judged, SEntFiN', value: marked.right + marked.wrong.length, unit: 'links' },
    { metric: 'precision, SEntFiN', value: marked.right / (marked.right + marked.wrong.length), unit: '' }, { metric: 'recall, SEntFiN', value: marked.right / (marked.right + marked.missed), unit: '' },
    { metric: 'headlines under a ticker', value: tickers.known, unit: 'headlines' },
    { metric: 'precision, ticker among the links', value: tickers.found / tickers.linked, unit: '' }, { metric: 'recall, ticker among the links', value: tickers.found / tickers.known, unit: '' },
    { metric: 'headlines linked', value: Math.round(tickers.known / seconds), unit: 'headlines/s' },
  ];
}
