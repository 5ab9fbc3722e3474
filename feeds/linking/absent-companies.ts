import type { SymbolName } from '../../desk/market/types.ts';
import { ALIASES } from './aliases.ts';
import { LAST_SESSIONS } from './symbol-renames.ts';

/** A share that left the exchange: what its company was called, and the share that its holders got for it, where they got one. */
interface GoneCompany { names: readonly string[]; into: SymbolName | null }

/** Sources: the schemes of arrangement as the exchange announced them. The last sessions stand in `LAST_SESSIONS`. */
export const GONE_COMPANIES: Readonly<Record<SymbolName, GoneCompany>> = {
  HDFC: { names: ['HDFC', 'Housing Development Finance Corporation'], into: 'HDFCBANK' }, IDFC: { names: ['IDFC'], into: 'IDFCFIRSTB' }, MINDTREE: { names: ['Mindtree'], into: 'LTIM' },
  GRUH: { names: ['Gruh', 'Gruh Finance'], into: 'BANDHANBNK' }, TATASTLBSL: { names: ['Tata Steel BSL', 'Bhushan Steel'], into: 'TATASTEEL' }, TATAMETALI: { names: ['Tata Metaliks'], into: 'TATASTEEL' },
  TATACOFFEE: { names: ['Tata Coffee'], into: 'TATACONSUM' }, TATAMTRDVR: { names: ['Tata Motors DVR', 'Tata Motors A ordinary', 'Tata DVR'], into: 'TATAMOTORS' }, EQUITAS: { names: ['Equitas Holdings'], into: 'EQUITASBNK' },
  UJJIVAN: { names: ['Ujjivan Financial', 'Ujjivan Financial Services'], into: 'UJJIVANSFB' }, INOXLEISUR: { names: ['Inox Leisure'], into: 'PVRINOX' }, TV18BRDCST: { names: ['TV18', 'TV18 Broadcast'], into: 'NETWORK18' },
  DHFL: { names: ['DHFL', 'Dewan Housing', 'Dewan Housing Finance'], into: null },
};

/** Companies of whose group another is listed, under names that begin like that one's: where they are not listed themselves, that one is not meant. */
const SIBLINGS: Readonly<Record<SymbolName, readonly string[]>> = {
  ITCHOTELS: ['ITC Hotels'], LTTS: ['L&T Technology', 'L&T Technology Services', 'L&T Tech'], LTF: ['L&T Finance', 'L&T Finance Holdings'], JIOFIN: ['Jio Financial', 'Jio Financial Services', 'Reliance Strategic Investments'], BAJAJHLDNG: ['Bajaj Holdings'], BAJAJHFL: ['Bajaj Housing', 'Bajaj Housing Finance'],
  TATASTLLP: ['Tata Steel Long Products', 'Tata Sponge'], ADANIPOWER: ['Adani Power'], ADANIGREEN: ['Adani Green', 'Adani Green Energy'], NTPCGREEN: ['NTPC Green'], ENRIN: ['Siemens Energy'], TATATECH: ['Tata Technologies', 'Tata Tech'], TATAELXSI: ['Tata Elxsi'], TATACHEM: ['Tata Chemicals'], TATACOMM: ['Tata Communications'],
  BHARTIHEXA: ['Bharti Hexacom'], RAYMONDLSL: ['Raymond Lifestyle'], NSLNISP: ['NMDC Steel'], ICICIAMC: ['ICICI Prudential AMC', 'ICICI AMC'], RPOWER: ['Reliance Power'], RELINFRA: ['Reliance Infra', 'Reliance Infrastructure'], PEL: ['Piramal', 'Piramal Enterprises'], HINDZINC: ['Hindustan Zinc'], MAHLIFE: ['Mahindra Lifespaces'], SUNTV: ['Sun TV'],
};

interface AbsentCompany { symbol: SymbolName; name: string; /** The share that took its place. */ into: SymbolName | null; lastSession: string | null }
/** Every company that people may name and that is not among these, by each of its names. */
export function absentCompanies(listed: ReadonlySet<SymbolName>): AbsentCompany[] {
  const absent = (symbol: SymbolName): boolean => !listed.has(symbol);
  return [
    ...[...Object.entries(ALIASES), ...Object.entries(SIBLINGS)].filter(([symbol]) => absent(symbol)).flatMap(([symbol, names]) => names.map((name) => ({ symbol, name, into: null, lastSession: null }))),
    ...Object.entries(GONE_COMPANIES).filter(([symbol]) => absent(symbol)).flatMap(([symbol, { names, into }]) => names.map((name) => ({ symbol, name, into, lastSession: LAST_SESSIONS[symbol] ?? null }))),
  ];
}
