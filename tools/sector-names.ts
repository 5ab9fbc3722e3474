import type { SymbolRecord } from '../desk/market/types.ts';
import { wordTable } from '../desk/market/word-table.ts';

/** What people call sectors, and words that stand in the sources' names of that sector or industry. A name that is not here stands for itself. */
const spoken: Readonly<Record<string, readonly string[]>> = wordTable({
  energy: ['oil', 'power', 'fuels'], 'oil and gas': ['oil', 'refineries', 'lpg'], utilities: ['power', 'utilities'],
  banks: ['bank'], banking: ['bank'], 'psu banks': ['public sector bank'], 'private banks': ['private sector bank'], financials: ['financial services'], nbfc: ['non banking', 'housing finance'], nbfcs: ['non banking', 'housing finance'],
  tech: ['information technology', 'software'], technology: ['information technology'], software: ['software'], it: ['information technology'],
  pharma: ['pharmaceuticals', 'biotechnology'], hospitals: ['hospital'],
  auto: ['automobile'], autos: ['automobile'], automobiles: ['automobile'], metals: ['metal', 'steel', 'aluminium', 'copper', 'zinc'], metal: ['metal', 'steel', 'aluminium', 'copper', 'zinc'], mining: ['mining', 'coal', 'minerals'],
  fmcg: ['fast moving', 'fmcg'], consumer: ['consumer'], 'real estate': ['realty'], infra: ['construction', 'infrastructure'], infrastructure: ['construction', 'infrastructure'],
  telecom: ['telecom'], defence: ['defence', 'defense'], defense: ['defence', 'defense'], railways: ['railway'], aviation: ['airline', 'airport'], airlines: ['airline'],
  textiles: ['textile'], liquor: ['breweries', 'distilleries'], alcohol: ['breweries', 'distilleries'], tobacco: ['tobacco', 'cigarettes'], fertilisers: ['fertili'], fertilizers: ['fertili'],
});

/** Banks that the Union of India owns most of, since the mergers of April 2020; no source that is read names them. */
const publicBanks: ReadonlySet<string> = new Set(['SBIN', 'BANKBARODA', 'BANKINDIA', 'MAHABANK', 'CANBK', 'CENTRALBK', 'INDIANB', 'IOB', 'PNB', 'PSB', 'UCOBANK', 'UNIONBANK']);

export interface NamedSector { /** As the sources write it where it is one of their sectors, else as it was said. */ label: string; sector: string | null; symbols: ReadonlySet<string> }

/** The symbols that a spoken sector means; null where none does. */
export function sectorNamed(name: string, records: Iterable<SymbolRecord>): NamedSector | null {
  const all = [...records];
  const wanted = name.trim().toLowerCase();
  const exact = all.find((record) => record.sector?.toLowerCase() === wanted)?.sector;
  if (exact !== undefined) return { label: exact, sector: exact, symbols: new Set(all.filter((record) => record.sector === exact).map((record) => record.symbol)) };
  const words = spoken[wanted] ?? [wanted];
  if (wanted === 'psu banks' || wanted === 'private banks') {
    const banks = namedFor('banks', ['bank'], all)?.symbols ?? new Set<string>();
    const meant = wanted === 'psu banks' ? all.filter(({ symbol }) => publicBanks.has(symbol)).map(({ symbol }) => symbol) : [...banks].filter((symbol) => !publicBanks.has(symbol));
    if (meant.length > 0 && !all.some(({ sector, industry }) => words.some((word) => (sector?.toLowerCase().includes(word) ?? false) || (industry?.toLowerCase().includes(word) ?? false)))) return { label: wanted === 'psu banks' ? 'psu banks (the state’s banks since 2020)' : 'private banks (by the companies’ names)', sector: null, symbols: new Set(meant) };
  }
  const caring = /\b(?:hospitals?|healthcare|health|medical|medicare|medicure|diagnostics?|pathlabs?|path|hrudayalaya|shalby|thyrocare|nursing|clinics?)\b/i;
  const healthcare = all.filter(({ sector }) => sector?.toLowerCase() === 'healthcare');
  if ((wanted === 'pharma' || wanted === 'pharmaceuticals' || wanted === 'hospitals') && healthcare.length > 0 && !all.some(({ industry, sector }) => industry?.toLowerCase().includes('pharma') || sector?.toLowerCase().includes('pharma'))) {
    const cares = wanted === 'hospitals';
    return { label: cares ? 'hospitals (Healthcare shares that are named so)' : 'pharma (Healthcare shares without hospitals and diagnostics)', sector: null, symbols: new Set(healthcare.filter(({ name }) => caring.test(name) === cares).map(({ symbol }) => symbol)) };
  }
  const belongs = ({ sector, industry }: SymbolRecord): boolean => words.some((word) => (sector?.toLowerCase().includes(word) ?? false) || (industry?.toLowerCase().includes(word) ?? false));
  const found = all.filter(belongs);
  if (found.length === 0) return namedFor(wanted, words, all);
  const sectors = new Set(found.map((record) => record.sector ?? ''));
  const [sector = ''] = sectors;
  const whole = sectors.size === 1 && sector !== '' && all.filter((record) => record.sector === sector).every(belongs);
  return { label: whole ? sector : wanted, sector: whole ? sector : null, symbols: new Set(found.map((record) => record.symbol)) };
}

/** Where no source tells industries: the shares whose company's name says the business, `banks` those called a bank. */
function namedFor(wanted: string, words: readonly string[], all: readonly SymbolRecord[]): NamedSector | null {
  if (!Object.hasOwn(spoken, wanted)) return null;
  const called = all.filter(({ kind, name }) => kind === 'EQUITY' && words.some((word) => name.toLowerCase().split(/[^a-z]+/).includes(word)));
  return called.length === 0 ? null : { label: `${wanted} (by the companies’ names)`, sector: null, symbols: new Set(called.map((record) => record.symbol)) };
}

/** Whether a word is a name of a sector or industry by itself, and not only a part of one. */
export function isSectorName(name: string, records: Iterable<SymbolRecord>): boolean {
  const wanted = name.trim().toLowerCase();
  return Object.hasOwn(spoken, wanted) || [...records].some(({ sector, industry }) => sector?.toLowerCase() === wanted || industry?.toLowerCase() === wanted);
}
