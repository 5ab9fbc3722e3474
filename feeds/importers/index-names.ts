import { wordTable } from '../../desk/market/word-table.ts';

/** Indices by how the index provider's files of constituents call them, without `ind`, `list`, marks and date. */
const files: Readonly<Record<string, string>> = wordTable({
  nifty50: 'NIFTY 50', niftynext50: 'NIFTY NEXT 50', nifty100: 'NIFTY 100', nifty200: 'NIFTY 200', nifty500: 'NIFTY 500', nifty750: 'NIFTY TOTAL MARKET', niftytotalmarket: 'NIFTY TOTAL MARKET',
  niftymidcap50: 'NIFTY MIDCAP 50', niftymidcap100: 'NIFTY MIDCAP 100', niftymidcap150: 'NIFTY MIDCAP 150', niftymidcapselect: 'NIFTY MIDCAP SELECT', niftylargemidcap250: 'NIFTY LARGEMIDCAP 250',
  niftysmallcap50: 'NIFTY SMALLCAP 50', niftysmallcap100: 'NIFTY SMALLCAP 100', niftysmallcap250: 'NIFTY SMALLCAP 250', niftymicrocap250: 'NIFTY MICROCAP 250', niftymidsmallcap400: 'NIFTY MIDSMALLCAP 400',
  niftybank: 'NIFTY BANK', niftyprivatebank: 'NIFTY PRIVATE BANK', niftypsubank: 'NIFTY PSU BANK', niftyfinance: 'NIFTY FINANCIAL SERVICES', niftyfinancialservices: 'NIFTY FINANCIAL SERVICES',
  niftyit: 'NIFTY IT', niftyauto: 'NIFTY AUTO', niftypharma: 'NIFTY PHARMA', niftyhealthcare: 'NIFTY HEALTHCARE', niftyfmcg: 'NIFTY FMCG', niftymetal: 'NIFTY METAL', niftymedia: 'NIFTY MEDIA', niftyrealty: 'NIFTY REALTY',
  niftyenergy: 'NIFTY ENERGY', niftyoilgas: 'NIFTY OIL & GAS', niftyinfra: 'NIFTY INFRASTRUCTURE', niftycommodities: 'NIFTY COMMODITIES', niftyconsumerdurables: 'NIFTY CONSUMER DURABLES',
});

/** The index whose constituents a file of this name lists; null where the name tells none: the list then says sectors alone. */
export function indexInName(name: string): string | null {
  const stem = name.toLowerCase().replace(/\.[a-z.]+$/, '').replace(/\d{4}-\d{2}-\d{2}|(?<!\d)\d{8}(?!\d)/g, '').replace(/[^a-z0-9]/g, '').replace(/^ind/, '').replace(/list$/, '');
  return Object.hasOwn(files, stem) ? (files[stem] ?? null) : null;
}
