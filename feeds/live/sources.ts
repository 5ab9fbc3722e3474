import { plusDays, type TradingDate } from '../../desk/time.ts';
import type { LiveFeed } from './define.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Where the sources are; tests put servers of their own in their place. */
export interface Addresses { nse: string; nseArchives: string; bse: string; newsApi: string; gdelt: string; alpacaData: string }
export const ADDRESSES: Addresses = {
  nse: 'https://www.nseindia.com', nseArchives: 'https://nsearchives.nseindia.com', bse: 'https://api.bseindia.com', newsApi: 'https://newsapi.org', gdelt: 'https://api.gdeltproject.org', alpacaData: 'https://data.alpaca.markets',
};
export interface LiveSettings { rssUrls: readonly string[]; newsApiKey: string | null; newsQuery: string; policyHours: number; alpaca: { keyId: string; secretKey: string; symbols: readonly string[] } | null }

const dashed = (date: TradingDate): string => date.split('-').reverse().join('-');
const compact = (date: TradingDate): string => date.replaceAll('-', '');

/** Every live source that those settings allow. Their formats are the importers'; `feeds/README.md` says where each is published. */
export function liveFeeds(settings: LiveSettings, addresses: Addresses = ADDRESSES): LiveFeed[] {
  const nse = (name: string, everyMs: number, kinds: readonly string[], path: (today: TradingDate) => string, file = `${name}.json`): LiveFeed => ({
    name, everyMs, kinds, doorstep: `${addresses.nse}/option-chain`, request: ({ today }) => ({ url: `${addresses.nse}${path(today)}`, file, headers: { referer: `${addresses.nse}/` } }),
  });
  const days = (today: TradingDate, back: number): string => `from_date=${dashed(plusDays(today, -back))}&to_date=${dashed(today)}`;
  const official = settings.policyHours * HOUR_MS;
  return [
    nse('nse_announcements', MINUTE_MS, ['announcements'], (today) => `/api/corporate-announcements?index=equities&${days(today, 1)}`),
    nse('nse_board_meetings', HOUR_MS, ['board_meetings'], (today) => `/api/corporate-board-meetings?index=equities&from_date=${dashed(today)}&to_date=${dashed(plusDays(today, 60))}`),
    nse('nse_corporate_actions', HOUR_MS, ['corporate_actions'], (today) => `/api/corporates-corporateActions?index=equities&from_date=${dashed(today)}&to_date=${dashed(plusDays(today, 60))}`),
    nse('nse_insider_trades', HOUR_MS, ['insider_trades_json'], (today) => `/api/corporates-pit?index=equities&${days(today, 7)}`),
    nse('nse_flows', HOUR_MS, ['institutional_flows_nse'], () => '/api/fiidiiTradeReact'),
    nse('nse_bulk_deals', HOUR_MS, ['deals_json'], (today) => `/api/historicalOR/bulk-block-short-deals?optionType=bulk_deals&from=${dashed(plusDays(today, -3))}&to=${dashed(today)}`, 'bulk_deals.json'),
    nse('nse_block_deals', HOUR_MS, ['deals_json'], (today) => `/api/historicalOR/bulk-block-short-deals?optionType=block_deals&from=${dashed(plusDays(today, -3))}&to=${dashed(today)}`, 'block_deals.json'),
    nse('nse_holidays', 24 * HOUR_MS, ['holidays'], () => '/api/holiday-master?type=trading'),
    { name: 'nse_bhavcopy', everyMs: HOUR_MS, kinds: ['udiff_cm_bhavcopy', 'nse_debt_and_fund_series'], request: ({ today }) => ({ url: `${addresses.nseArchives}/content/cm/BhavCopy_NSE_CM_0_0_0_${compact(today)}_F_0000.csv.zip`, file: `BhavCopy_NSE_CM_0_0_0_${compact(today)}_F_0000.csv.zip` }) },
    { name: 'nse_symbols', everyMs: 24 * HOUR_MS, kinds: ['equity_list'], request: () => ({ url: `${addresses.nseArchives}/content/equities/EQUITY_L.csv`, file: 'EQUITY_L.csv' }) },
    { name: 'nse_participants', everyMs: HOUR_MS, kinds: ['participant_positions'], request: ({ today }) => ({ url: `${addresses.nseArchives}/content/nsccl/fao_participant_oi_${dashed(today).replaceAll('-', '')}.csv`, file: `fao_participant_oi_${dashed(today).replaceAll('-', '')}.csv` }) },
    { name: 'bse_announcements', everyMs: MINUTE_MS, kinds: ['bse_announcements'], request: ({ today }) => ({ url: `${addresses.bse}/BseIndiaAPI/api/AnnSubCategoryGetData/w?pageno=1&strCat=-1&strPrevDate=${compact(today)}&strScrip=&strSearch=P&strToDate=${compact(today)}&strType=C&subcategory=-1`, file: 'bse_announcements.json', headers: { referer: 'https://www.bseindia.com/' } }) },
    { name: 'bse_result_calendar', everyMs: 6 * HOUR_MS, kinds: ['bse_result_calendar'], request: () => ({ url: `${addresses.bse}/BseIndiaAPI/api/Corpforthresults/w`, file: 'bse_result_calendar.json', headers: { referer: 'https://www.bseindia.com/' } }) },
    { name: 'amfi_navs', everyMs: 6 * HOUR_MS, kinds: ['fund_navs'], request: () => ({ url: 'https://portal.amfiindia.com/spages/NAVAll.txt', file: 'NAVAll.txt' }) },
    ...([['rbi', 'https://www.rbi.org.in/pressreleases_rss.xml'], ['sebi', 'https://www.sebi.gov.in/sebirss.xml'], ['pib', 'https://www.pib.gov.in/RssMain.aspx?ModId=6&Lang=1&Regid=3'], ['fed', 'https://www.federalreserve.gov/feeds/press_all.xml']] as const).map(([name, url]): LiveFeed => ({ name: `${name}_releases`, everyMs: official, kinds: ['rss'], request: () => ({ url, file: `${name}.xml` }) })),
    ...settings.rssUrls.map((url): LiveFeed => ({ name: `rss_${new URL(url).host}${new URL(url).pathname}`.replace(/[^a-z0-9]+/gi, '_').replace(/_+$/, '').slice(0, 80), everyMs: 5 * MINUTE_MS, kinds: ['rss'], request: () => ({ url, file: 'news.xml' }) })),
    ...(settings.newsApiKey ? [{ name: 'newsapi', everyMs: 15 * MINUTE_MS, kinds: ['newsapi'], request: () => ({ url: `${addresses.newsApi}/v2/everything?q=${encodeURIComponent(settings.newsQuery)}&language=en&sortBy=publishedAt&pageSize=100`, file: 'newsapi.json', headers: { 'x-api-key': settings.newsApiKey as string } }) }] : []),
    { name: 'gdelt', everyMs: 15 * MINUTE_MS, kinds: ['gdelt', 'gdelt_other_languages'], request: () => ({ url: `${addresses.gdelt}/api/v2/doc/doc?query=${encodeURIComponent(`${settings.newsQuery} sourcelang:english`)}&mode=artlist&format=json&maxrecords=100&sort=datedesc`, file: 'gdelt.json' }) },
    ...(settings.alpaca && settings.alpaca.symbols.length > 0 ? [alpacaBars(settings.alpaca, addresses)] : []),
  ];
}

const alpacaBars = ({ keyId, secretKey, symbols }: { keyId: string; secretKey: string; symbols: readonly string[] }, { alpacaData }: Addresses): LiveFeed => ({
  name: 'alpaca_bars', everyMs: HOUR_MS, kinds: ['alpaca_bars', 'us_intraday_bars'],
  request: ({ today }) => ({
    url: `${alpacaData}/v2/stocks/bars?symbols=${symbols.map(encodeURIComponent).join(',')}&timeframe=1Day&adjustment=raw&limit=10000&start=${plusDays(today, -10)}`, file: 'alpaca_bars.json', headers: { 'APCA-API-KEY-ID': keyId, 'APCA-API-SECRET-KEY': secretKey },
  }),
});
