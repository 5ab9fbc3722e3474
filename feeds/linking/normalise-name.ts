import { wordTable } from '../../desk/market/word-table.ts';

/** Words that say what kind of company it is and never which. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(['ltd', 'limited', 'pvt', 'private', 'inc', 'corp', 'plc', 'llp', 'co', 'the']);
const SPELLINGS: Readonly<Record<string, string>> = wordTable({ company: 'co', corporation: 'corp', '&': 'and', ind: 'industries', inds: 'industries', engg: 'engineering', pharma: 'pharmaceuticals', mfg: 'manufacturing', intl: 'international', fin: 'finance', svcs: 'services', tech: 'technologies', labs: 'laboratories', infra: 'infrastructure', fertiliser: 'fertilizer', fertilisers: 'fertilizers' });

/** A company's name as compared: lower case, no punctuation, no `Ltd`, usual abbreviations written out. `L&T` stays one word. */
export function normaliseName(name: string): string {
  return nameWords(name).join(' ');
}

export function nameWords(name: string): string[] {
  const words = name
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/\((i|india)\)/g, ' india ')
    .replace(/(\w)\.(?=\w\b)/g, '$1')
    .replace(/[^\p{L}\p{N}&]+/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])&|&(?![\p{L}\p{N}])/gu, ' & ')
    .split(' ')
    .filter((word) => word !== '' && !LEGAL_FORMS.has(word))
    .map((word) => SPELLINGS[word] ?? word)
    .filter((word) => !LEGAL_FORMS.has(word));
  return joinInitials(words);
}

/** `G R Infraprojects` and `GR Infraprojects` are the same name. */
function joinInitials(words: readonly string[]): string[] {
  const joined: string[] = [];
  let initials = '';
  for (const word of words) {
    if (/^[a-z]$/.test(word)) { initials += word; continue; }
    if (initials !== '') joined.push(initials);
    initials = '';
    joined.push(word);
  }
  if (initials !== '') joined.push(initials);
  return joined;
}
