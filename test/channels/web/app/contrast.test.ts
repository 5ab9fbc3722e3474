import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const tokens = new Map(
  [
    ...readFileSync(new URL('../../../../channels/web/app/styles/tokens.css', import.meta.url), 'utf8').matchAll(
      /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
    ),
  ].map(([, name, light, dark]) => [name ?? '', { light: light ?? '', dark: dark ?? '' }]),
);

/** Relative luminance and contrast as in WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((from) => parseInt(hex.slice(from, from + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}
const grounds = ['paper', 'surface', 'raised'];
const pairs: [string, string][] = [
  ...['ink', 'muted', 'accent'].flatMap((text) => grounds.map((ground): [string, string] => [text, ground])),
  ...['gain', 'loss', 'warn', 'block'].flatMap((text) =>
    ['paper', 'surface', `${text}-wash`].map((ground): [string, string] => [text, ground]),
  ),
  ...['sim', 'replay', 'practice'].flatMap((world) => ['surface', `${world}-wash`].map((ground): [string, string] => [world, ground])),
  ['ink', 'block-wash'],
  ['ink', 'accent-wash'],
  ['muted', 'accent-wash'],
  ['on-accent', 'accent'],
  ['on-live', 'live'],
];

it.each(['light', 'dark'] as const)('keeps every pair of text and ground at 4.5 : 1 or more in the %s theme', (theme) => {
  const weak = pairs
    .map(([text, ground]) => ({
      pair: `${text} on ${ground}`,
      ratio: contrast(tokens.get(text)?.[theme] ?? '', tokens.get(ground)?.[theme] ?? ''),
    }))
    .filter(({ ratio }) => !(ratio >= 4.5));
  expect(weak).toEqual([]);
});
it('tells gain from loss by more than colour-blind people lose: one is blue-green, the other orange-red', () => {
  for (const theme of ['light', 'dark'] as const) {
    const part = (name: string, from: number): number => parseInt((tokens.get(name)?.[theme] ?? '').slice(from, from + 2), 16);
    expect(part('gain', 5)).toBeGreaterThan(part('gain', 1));
    expect(part('loss', 1)).toBeGreaterThan(part('loss', 5));
  }
});
