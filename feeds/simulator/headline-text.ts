import type { RandomStream } from './random.ts';

/** Invented clients, firms and places. */
const CLIENTS = [
  'Northern Grid Authority',
  'Port Trust of Sagarpur',
  'Meghpur Metro',
  'Coastal Highways Board',
  'State Works of Devgarh',
  'Halden Group of Norvale',
  'Umber Retail Union',
  'Pelagia Shipping',
];
const FIRMS = [
  'Arkwright Overseas',
  'Corvane Industries',
  'Pelagia Shipping',
  'Halden Group',
  'Meridor Holdings',
  'Tessaly Partners',
  'Brightwater Ventures',
];
const PLACES = ['Devgarh', 'Sagarpur', 'Meghpur', 'Rajvana', 'Tilakpur', 'Norvale', 'Kesarband'];

const rupeesInCrore = new Intl.NumberFormat('en-IN', { maximumFractionDigits: 0 });

/** Two significant figures, as companies round what they announce. */
function rounded(value: number): number {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.max(1, Math.round(value / size) * size);
}

export interface HeadlineFigures {
  name: string;
  /** Rupees in crore that the text speaks of. */
  crore: number;
  percent: number;
}

/** Puts names and figures into a headline's title and body; both speak of the same ones. */
export function fillHeadline(
  { title, body }: { title: string; body: string },
  { name, crore, percent }: HeadlineFigures,
  stream: RandomStream,
): { title: string; body: string } {
  const words: Record<string, string> = {
    name,
    crore: rupeesInCrore.format(rounded(crore)),
    percent: String(Math.round(percent * 10) / 10),
    client: stream.pick(CLIENTS),
    firm: stream.pick(FIRMS),
    place: stream.pick(PLACES),
    months: String(6 * stream.integer(1, 6)),
  };
  const fill = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '');
  return { title: fill(title), body: fill(body) };
}
