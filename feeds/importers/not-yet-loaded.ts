import type { NotLoadedImporter, Sniff } from './define.ts';
import { isYahooAdjusted } from './plain-ohlcv.ts';
import { udiffOf } from './udiff-bhavcopy.ts';
import { policyPages } from './policy-texts.ts';

type Sign = Omit<NotLoadedImporter, 'loads'>;

const LATER = 'No record type takes it yet.';
const TRAINING = 'Labelled or reference text for models, not market facts.';
const OTHER_MARKET = 'US and vendor sample data; the desk trades NSE.';

const header = (...names: string[]) => (head: Sniff): boolean => head.form === 'text' && names.every((name) => head.header.includes(name));
const anyLine = (pattern: RegExp, upTo = 3) => (head: Sniff): boolean => head.form === 'text' && head.lines.slice(0, upTo).some((line) => pattern.test(line));
const everyLine = (pattern: RegExp) => (head: Sniff): boolean => {
  const lines = head.lines.slice(0, 6).filter((line, i, all) => line !== '' && (i < all.length - 1 || all.length < 6));
  return head.form === 'text' && lines.length > 0 && lines.every((line) => pattern.test(line));
};
const keys = (...names: string[]) => (head: Sniff): boolean => head.json?.root === 'object' && names.every((name) => head.json?.keys.includes(name));
const recordKeys = (...names: string[]) => (head: Sniff): boolean => names.every((name) => head.json?.recordKeys.includes(name));
const form = (name: Sniff['form']) => (head: Sniff): boolean => head.form === name;

const SNAPSHOT = 'A page of live quotes or market state; quotes come from a live feed.';
const SNAPSHOTS = [
  recordKeys('symbol', 'lastPrice'), recordKeys('scrip_cd', 'ltradert'), recordKeys('symbol', 'ltp'), keys('advances', 'declines'), recordKeys('Advance', 'Advance_PER'), keys('date', 'open', 'high'),
  keys('equityResponse'), keys('orderBook'), keys('highs', 'lows'), keys('PrevClose', 'Open'), keys('fifty2WeekHigh'), recordKeys('market', 'marketStatus'), recordKeys('key', 'index'),
];
const SEARCHES = [keys('symbols'), keys('company_name', 'symbol', 'isin'), recordKeys('SCRIP_CD', 'Scrip_Name'), keys('symbol', 'activeSeries')];

/** Shapes that are known and not loaded, each with its reason. Adding a shape is a line here. */
const SIGNS: readonly Sign[] = [
  { kind: 'yahoo_adjusted_prices', reason: 'Prices are recalculated for splits and dividends; they must not stand beside printed prices.', recognise: isYahooAdjusted },
  { kind: 'vendor_prices', reason: 'Prices of a vendor that recalculates them for splits; they must not stand beside printed prices.', recognise: (head) => header('DATE', 'PRICE', 'OPEN', 'HIGH', 'LOW')(head) && (header('VOL.')(head) || header('CHANGE %')(head)) },
  { kind: 'bse_prices', reason: 'Prices of BSE; the desk trades NSE.', recognise: (head) => header('SC_CODE', 'SC_NAME', 'OPEN', 'CLOSE')(head) || (header('TRADDT', 'SGMT', 'SRC', 'CLSPRIC')(head) && udiffOf(head, 'SRC') === 'BSE') },
  { kind: 'deliveries', reason: 'Deliveries without prices; both stand in the full bhavcopy, which is loaded.', recognise: anyLine(/^(Security Wise Delivery Position|10,MTO,)/, 2) },
  { kind: 'option_chain_table', reason: 'The table of an option chain names neither its underlying nor its time; its JSON does, and is loaded.', recognise: (head) => /^"?CALLS"?,/.test(head.lines[0] ?? '') && /STRIKE/i.test(head.lines[1] ?? '') },
  { kind: 'index_weekly_ratio', reason: 'Weekly closes and derived ratios, not daily bars.', recognise: header('NIFTY_50', 'INDIA_VIX', 'RAW_RATIO') },
  { kind: 'order_book_messages', reason: 'Single orders of a US book; the placement research reads them together with their levels.', recognise: everyLine(/^\d{5}\.\d+,[1-7],\d+,\d+,\d+,-?1$/) },
  { kind: 'order_book_levels', reason: 'Book levels without times of their own: those stand in the message file of the same day, line by line.', recognise: everyLine(/^(-?\d+,){19,}-?\d+$/) },
  { kind: 'parquet', reason: 'Parquet files are read by the research store, not by this import.', recognise: form('parquet') },
  { kind: 'html', refuses: true, reason: 'A web page that is no release of RBI, SEBI, PIB or the Fed: most likely an error page in place of a download.', recognise: (head) => head.form === 'html' && !policyPages.recognise(head) },
  { kind: 'zip_in_zip', refuses: true, reason: 'An archive within an archive; unpack it first.', recognise: (head) => head.form === 'zip' || head.form === 'gzip' },
  { kind: 'tar', refuses: true, reason: 'A tar archive; unpack it first.', recognise: form('tar') },
  { kind: 'json_lines', reason: 'A recorded message stream.', recognise: form('json_lines') },

  { kind: 'atm_implied_volatility', reason: LATER, recognise: (head) => head.form === 'text' && head.header.some((name) => /^(ATM_)?IV$|IMPLIED/.test(name)) && head.header.some((name) => /STRIKE/.test(name)) && head.header.some((name) => /TTE|EXPIRY/.test(name)) && !head.header.includes('DELTA') },
  { kind: 'strike_scheme', reason: LATER, recognise: (head) => (head.lines[1] ?? '').startsWith('Symbol,Month type,Symbol Type,Step Value') },
  { kind: 'broker_instruments', reason: 'A broker’s own numbers of instruments; symbols and ISINs come from the exchange\'s lists.', recognise: (head) => recordKeys('instrument_key', 'segment')(head) || recordKeys('token', 'exch_seg')(head) || header('INSTRUMENT_TOKEN', 'TRADINGSYMBOL')(head) },
  { kind: 'greeks_reference', reason: TRAINING, recognise: keys('engine', 'samples') },

  { kind: 'no_deals', reason: 'The page of a day on which nobody dealt.', recognise: (head) => keys('data', 'totalTradedValue', 'timestamp')(head) && noDeals(head) },
  { kind: 'market_hours', reason: 'Its Indian holidays are complete to 2021 only; sessions come from the exchange.', recognise: (head) => keys('entries')(head) && recordOfEntries(head) },
  { kind: 'symbol_properties', reason: OTHER_MARKET, recognise: header('MARKET', 'SYMBOL', 'TYPE', 'MINIMUM_PRICE_VARIATION') },

  { kind: 'pr_price_band_hits', reason: 'Derived from prices and price bands that are loaded.', recognise: header('SYMBOL', 'SERIES', 'SECURITY', 'HIGH/LOW') },
  { kind: 'pr_etf_prices', reason: 'Prices are loaded from the bhavcopy.', recognise: header('MARKET', 'SERIES', 'SYMBOL', 'PREVIOUS CLOSE PRICE', 'UNDERLYING') },
  { kind: 'pr_gainers_losers', reason: 'Derived from prices that are loaded.', recognise: header('GAIN_LOSS', 'SECURITY', 'PERCENT_CG') },
  { kind: 'pr_new_highs_lows', reason: 'Derived from prices that are loaded.', recognise: header('SECURITY', 'NEW', 'PREVIOUS', 'NEW_STATUS') },
  { kind: 'pr_prices', reason: 'Prices are loaded from the bhavcopy, which names the date inside.', recognise: header('MKT', 'SERIES', 'SYMBOL', 'PREV_CL_PR', 'NET_TRDQTY') },
  { kind: 'pr_sme_prices', reason: 'Prices are loaded from the bhavcopy, which names the date inside.', recognise: header('MARKET', 'SERIES', 'SYMBOL', 'PREV_CL_PR', 'NET_TRDQTY') },
  { kind: 'pr_most_traded', reason: 'Derived from prices that are loaded.', recognise: (head) => header('SECURITY', 'PREV_CL_PR', 'NET_TRDVAL')(head) && head.header.length === 5 },
  { kind: 'pr_market_capitalisations', reason: 'Market values that follow from the prices, which are loaded.', recognise: (head) => header('TRADE DATE', 'SYMBOL', 'ISSUE SIZE')(head) },
  { kind: 'pr_readme', reason: 'Describes the other members.', recognise: anyLine(/^National Stock Exchange of India Limited/) },

  { kind: 'labelled_sentences', reason: TRAINING, recognise: (head) => everyLine(/@(positive|negative|neutral)$/)(head) || header('TITLE', 'DECISIONS', 'WORDS')(head) || header('SENTENCE', 'YEAR', 'LABEL')(head) || (header('SENTENCES', 'TIME_LABEL', 'CERTAIN_LABEL')(head)) },
  { kind: 'lexicon', reason: TRAINING, recognise: (head) => header('WORD', 'NEGATIVE', 'POSITIVE', 'SYLLABLES')(head) || header('WORD', 'SENTIMENT_SCORE')(head) },
  { kind: 'symbol_changes', reason: 'Changes of symbols; which of them the desk follows is read off the bars.', recognise: everyLine(/^[^,]{3,},[A-Z0-9&-]{1,20},[A-Z0-9&-]{1,20},\d{2}-[A-Za-z]{3}-\d{4}$/) },
  { kind: 'entity_list', reason: TRAINING, recognise: (head) => head.header.length === 3 && header('SYMBOL', 'ENTITY')(head) },
  { kind: 'policy_minutes_index', reason: 'Dates and file names of minutes; the texts themselves are loaded.', recognise: (head) => head.json !== undefined && recordKeys('release_date')(head) },

  { kind: 'us_option_universe', reason: OTHER_MARKET, recognise: (head) => head.header.some((name) => /^#?SYMBOL_(ID|VALUE)$/.test(name)) || header('DELTA', 'GAMMA', 'OPEN_INTEREST')(head) },
  { kind: 'lean_intraday', reason: OTHER_MARKET, recognise: (head) => everyLine(/^\d{8}(,[\d.]*){5,10}$/)(head) && !everyLine(/^\d{8}(,[\d.]+){5}$/)(head) },
  { kind: 'lean_ticks', reason: OTHER_MARKET, recognise: everyLine(/^\d{8}(,[\d.]*){2,4},[A-Z],/) },
  { kind: 'lean_open_interest', reason: OTHER_MARKET, recognise: everyLine(/^\d{8},\d+$/) },
  { kind: 'lean_factor_file', reason: OTHER_MARKET, recognise: everyLine(/^\d{8},[\d.]+,[\d.]+,[\d.]+$/) },
  { kind: 'lean_map_file', reason: OTHER_MARKET, recognise: everyLine(/^\d{8},[a-z.]+,[A-Z]$/) },

  { kind: 'results_comparison', reason: 'Figures of several quarters without the company\'s name or symbol.', recognise: keys('resCmpData') },
  { kind: 'public_offers', reason: 'Offers of companies that do not trade yet.', recognise: (head) => recordKeys('companyName', 'issuePrice')(head) || recordKeys('companyName', 'issueStartDate')(head) || recordKeys('company', 'ipoStartDate')(head) },
  { kind: 'futures_history', reason: LATER, recognise: recordKeys('FH_INSTRUMENT', 'FH_SYMBOL') },
  { kind: 'option_chain_summary', reason: LATER, recognise: keys('expiry', 'underlying') },
  { kind: 'quote_snapshot', reason: SNAPSHOT, recognise: (head) => SNAPSHOTS.some((sign) => sign(head)) },
  { kind: 'symbol_lookup', reason: 'A search result; symbols come from the exchange\'s lists.', recognise: (head) => SEARCHES.some((sign) => sign(head)) },
  { kind: 'broker_candles', reason: 'A broker\'s bars, which do not name their share.', recognise: (head) => isCandles(head) },
  { kind: 'broker_response', reason: 'A broker\'s API response, not market history.', recognise: (head) => (keys('status', 'data')(head) && !isCandles(head) && !recordKeys('instrument_key')(head) && !recordKeys('strike_price', 'underlying_key')(head)) || keys('status', 'errors')(head) || keys('guid', 'method')(head) || keys('request', 'response')(head) || keys('order_type', 'product')(head) || keys('product', 'quantity')(head) || keys('collateral_type', 'company_name')(head) || recordKeys('update_type')(head) },
  { kind: 'chat_platform_payloads', reason: 'Messages of a chat platform.', recognise: (head) => recordKeys('update_id')(head) || recordKeys('source', 'section')(head) },
  { kind: 'api_description', reason: 'Describes an interface.', recognise: (head) => keys('openapi')(head) || keys('components')(head) || keys('version', 'release_date')(head) || (recordKeys('at', 'example')(head)) || anyLine(/^syntax = "proto3"/, 1)(head) },
];

/** What stands under a key of a JSON object; undefined for anything else. */
const member = (head: Sniff, key: string): unknown => (head.json?.document as Record<string, unknown> | undefined)?.[key];
const keysUnder = (head: Sniff, key: string): string[] => Object.keys((member(head, key) as object | undefined) ?? {});
/** The block-deal page of a day without deals: the same frame as a quote page, without rows. */
const noDeals = (head: Sniff): boolean => (member(head, 'data') as unknown[] | undefined)?.length === 0;
const isCandles = (head: Sniff): boolean => keysUnder(head, 'data').includes('candles');
const recordOfEntries = (head: Sniff): boolean => keysUnder(head, 'entries').some((key) => /^(Equity|Index|Option|Future)-/.test(key));

export const notYetLoaded: readonly NotLoadedImporter[] = SIGNS.map((sign) => ({ ...sign, loads: false }));
