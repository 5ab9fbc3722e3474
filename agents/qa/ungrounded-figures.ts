import type { Figure } from '../vocabulary.ts';

/** Amounts, percentages and counts as they stand in a text; not what is part of a word or of a time. */
const figure = /(?<![\p{L}\d:.,])[−+-]?[₹$]?\d[\d,]*(?:\.\d+)?(?:\s?%)?(?![\p{L}\d:])/gu;

/** Figures in a reply that none of its references stands behind, each as often as it stands there too much. */
export function ungroundedFigures({ text, figures }: { text: string; figures: readonly Pick<Figure, 'text'>[] }): string[] {
  let rest = text;
  // The longest first, so that ₹1,000 does not use up a part of ₹11,000.
  for (const { text: grounded } of figures.toSorted((a, b) => b.text.length - a.text.length)) rest = rest.replace(grounded, ' ');
  return [...rest.matchAll(figure)].map((match) => match[0].trim());
}
