import type { SymbolName } from '../../desk/market/types.ts';
import { plusDays, type TradingDate } from '../../desk/time.ts';

/** A share that trades on under another symbol from `from` on. Null where only the fact is certain, not the day. */
export interface SymbolRename { former: SymbolName; current: SymbolName; from: TradingDate | null }

const rename = (former: string, current: string, from?: string): SymbolRename => ({ former, current, from: (from ?? null) as TradingDate | null });

/**
 * NSE symbol changes. The dates are the first session under the new symbol, read off the bars: the new symbol's previous
 * close equals the old one's last close. Those without a date share an ISIN in two lists of different years.
 */
export const SYMBOL_RENAMES: readonly SymbolRename[] = [
  rename('RNAM', 'NAM-INDIA', '2020-01-23'), rename('TATAGLOBAL', 'TATACONSUM', '2020-02-27'), rename('NIITTECH', 'COFORGE', '2020-08-20'),
  rename('STRTECH', 'STLTECH', '2020-10-29'), rename('INFRATEL', 'INDUSTOWER', '2020-12-18'), rename('ADANIGAS', 'ATGL', '2021-01-13'),
  rename('ANGELBRKG', 'ANGELONE', '2021-11-11'), rename('BURGERKING', 'RBA', '2022-02-17'), rename('CADILAHC', 'ZYDUSLIFE', '2022-03-07'),
  rename('MOTHERSUMI', 'MOTHERSON', '2022-06-09'), rename('LTI', 'LTIM', '2022-12-05'), rename('SRTRANSFIN', 'SHRIRAMFIN', '2022-12-20'),
  rename('IIFLWAM', '360ONE', '2023-01-23'), rename('PVR', 'PVRINOX', '2023-05-12'), rename('ADANITRANS', 'ADANIENSOL', '2023-08-24'), rename('AMARAJABAT', 'ARE&M', '2023-10-27'),
  rename('WELSPUNIND', 'WELSPUNLIV', '2023-12-14'), rename('L&TFH', 'LTF', '2024-04-23'), rename('MCDOWELL-N', 'UNITDSPR', '2024-06-07'),
  rename('IBREALEST', 'EMBDL', '2024-07-08'), rename('IBULHSGFIN', 'SAMMAANCAP', '2024-07-26'), rename('GMRINFRA', 'GMRAIRPORT', '2024-12-11'),
  rename('HBLPOWER', 'HBLENGINE', '2024-12-23'), rename('ZOMATO', 'ETERNAL', '2025-04-09'), rename('TATAMOTORS', 'TMPV', '2025-10-24'),
  rename('AEGISCHEM', 'AEGISLOG'), rename('CENTURYTEX', 'ABREL'), rename('KALPATPOWR', 'KPIL'), rename('LAXMIMACH', 'LMW'), rename('MAHINDCIE', 'CIEINDIA'),
  rename('SUVENPHAR', 'COHANCE'), rename('SWANENERGY', 'SWANCORP'), rename('GLS', 'ALIVUS'), rename('INFIBEAM', 'CCAVENUE'), rename('LTIM', 'LTM'), rename('RUCHI', 'PATANJALI'), rename('MINDAIND', 'UNOMINDA'),
];

/** Shares that left the exchange (merged or delisted), with their last session, read off the bars. Nobody means them afterwards. */
export const LAST_SESSIONS: Readonly<Record<SymbolName, TradingDate>> = Object.fromEntries(Object.entries({
  GRUH: '2019-10-15', HEXAWARE: '2020-10-30', DHFL: '2021-06-11', TATASTLBSL: '2021-08-05', MAJESCO: '2021-10-21', MINDTREE: '2022-11-22', EQUITAS: '2023-02-02', INOXLEISUR: '2023-02-16',
  HDFC: '2023-07-12', TATACOFFEE: '2024-01-12', TATAMETALI: '2024-02-05', UJJIVAN: '2024-05-02', TATAMTRDVR: '2024-08-29', IDFC: '2024-10-09', TV18BRDCST: '2024-10-15',
}) as [SymbolName, TradingDate][]);

/** The symbols that a share traded under before this one, the latest first, each with the first day on which it no longer did. Renames of an unknown day are left out. */
export function formerSymbols(symbol: SymbolName): { symbol: SymbolName; until: TradingDate }[] {
  const before = SYMBOL_RENAMES.find(({ current, from }) => current === symbol && from !== null);
  return before?.from ? [{ symbol: before.former, until: before.from }, ...formerSymbols(before.former)] : [];
}

/** Days on which some symbol means another share than the day before. */
export const RENAME_DAYS: readonly TradingDate[] = [...SYMBOL_RENAMES.flatMap(({ from }) => (from ? [from] : [])), ...Object.values(LAST_SESSIONS).map((last) => plusDays(last, 1))].sort();
