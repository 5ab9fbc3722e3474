import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { SymbolRecord } from '../../../desk/market/types.ts';
import { tradingDate } from '../../../desk/time.ts';
import { splitCsv } from '../../../feeds/importers/split-csv.ts';
import { groupCompanies } from '../../../feeds/linking/companies.ts';
import type { SymbolLinker } from '../../../feeds/linking/link-symbols.ts';
import { sharedFile } from '../importers/shared-files.ts';

export const LABELS_AS_OF = tradingDate('2024-08-14');
const INDICES: ReadonlySet<string> = new Set(['NIFTY', 'BANKNIFTY', 'INDIAVIX']);
const rowsOf = (path: string): string[][] => gunzipSync(readFileSync(sharedFile(`08_news_text/${path}`))).toString('utf8').split(/\r?\n/).slice(1).filter((line) => line !== '').map(splitCsv);
export interface WrongLink { title: string; wanted: string[]; got: string[] }

/** Symbols of any year as those of the labels' day. The two shares of Tata Motors are one company. */
function currentSymbols(symbols: readonly SymbolRecord[]): Map<string, string> {
  const current = new Map(groupCompanies(symbols, LABELS_AS_OF).flatMap(({ symbol, symbols: all }) => all.map((each) => [each, symbol] as const)));
  return current.set('TATAMTRDVR', 'TATAMOTORS');
}

/**
 * Headlines that came under one share's ticker. `known`: whose ticker is listed; `linked`: in which any company was found; `found`: the
 * ticker's own among them. A headline may name other companies than the page that it stood on, so `found / linked` is a lower bound.
 */
export function tickerLinks(linker: SymbolLinker, symbols: readonly SymbolRecord[]): { known: number; linked: number; found: number; wrong: WrongLink[] } {
  const current = currentSymbols(symbols);
  const counted = { known: 0, linked: 0, found: 0, wrong: [] as WrongLink[] };
  for (const file of ['headlines_vader', 'headlines_finbert']) {
    for (const [, ticker = '', title = ''] of rowsOf(`nifty500_headlines/${file}.csv.gz`)) {
      const wanted = current.get(ticker);
      if (!wanted) continue;
      const got = linker.link(title).symbols.filter((symbol) => !INDICES.has(symbol));
      counted.known += 1;
      if (got.length > 0) counted.linked += 1;
      if (got.includes(wanted)) counted.found += 1;
      else if (got.length > 0) counted.wrong.push({ title, wanted: [wanted], got });
    }
  }
  return counted;
}

/** SEntFiN: headlines whose entities people marked; links counted one by one. */
export function annotatedLinks(linker: SymbolLinker, symbols: readonly SymbolRecord[]): { right: number; wrong: WrongLink[]; missed: number } {
  const current = currentSymbols(symbols);
  const entities = new Map<string, string | null>();
  for (const [, symbol = '', forms = ''] of rowsOf('sentfin/entity_list_comprehensive.csv.gz')) for (const form of forms.split(',')) entities.set(form.trim().toLowerCase(), current.get(symbol) ?? null);
  // The list gives the commodity the ticker of Oil India, and the insurer, unlisted then, that of LIC Housing.
  for (const mistaken of ['oil', 'lic']) entities.set(mistaken, null);
  const counted = { right: 0, wrong: [] as WrongLink[], missed: 0 };
  for (const [, title = '', decisions = ''] of rowsOf('sentfin/SEntFiN.csv.gz')) {
    const named = [...decisions.matchAll(/['"]([^'"]+)['"]\s*:/g)].map((match) => entities.get((match[1] ?? '').trim().toLowerCase()));
    const wanted = new Set(named.filter((symbol): symbol is string => typeof symbol === 'string' && !INDICES.has(symbol)));
    const got = linker.link(title).symbols.filter((symbol) => !INDICES.has(symbol));
    for (const symbol of got) {
      if (wanted.has(symbol)) counted.right += 1;
      // A headline with an entity that the list places nowhere, or under a symbol of 2017 that is gone, cannot be judged.
      else if (named.every((each) => typeof each === 'string')) counted.wrong.push({ title, wanted: [...wanted], got: [symbol] });
    }
    counted.missed += [...wanted].filter((symbol) => !got.includes(symbol)).length;
  }
  return counted;
}
