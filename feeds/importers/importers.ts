import { alpacaBars } from './alpaca-bars.ts';
import { announcements } from './announcements.ts';
import { alpacaOptionChain, upstoxOptionChain } from './broker-option-chains.ts';
import { boardMeetings, eventCalendar } from './board-meetings.ts';
import { bseAnnouncements } from './bse-announcements.ts';
import { bseCorporateActions } from './bse-corporate-actions.ts';
import { bseResultCalendar } from './bse-result-calendar.ts';
import { cmBhavcopy } from './cm-bhavcopy.ts';
import { foLots, foLotsByMonth, foLotsJson, freezeQuantities } from './contract-sizes.ts';
import { announcementsCsv, boardMeetingsCsv, corporateActionsCsv, eventCalendarCsv } from './corporate-downloads.ts';
import { corporateActions } from './corporate-actions.ts';
import { dealsCsv, dealsJson, dealsOfTheDay, shortSelling, shortSellingCsv } from './deals.ts';
import type { Importer, Sniff } from './define.ts';
import { equityList, smeList } from './equity-list.ts';
import { annualReports, exchangeCirculars, shareholding } from './exchange-notices.ts';
import { filingPdf } from './filing-pdf.ts';
import { financialResults } from './financial-results.ts';
import { foBhavcopyLegacy, foBhavcopyUdiff } from './fo-bhavcopy.ts';
import { fundNavs } from './fund-navs.ts';
import { publishedHeadlines, scrapedHeadlines } from './headlines.ts';
import { holidays } from './holidays.ts';
import { indexConstituents } from './index-constituents.ts';
import { indiaVixHistory } from './india-vix-history.ts';
import { insiderTradesCsv, insiderTradesJson } from './insider-trades.ts';
import { collectedFlows, nsdlDaily, nsdlMonthPage, nsdlSectors, nsdlYears, nseFlows, nseFlowsCsv } from './institutional-flows.ts';
import { intradayBars } from './intraday-bars.ts';
import { leanDailyBars, leanMinuteBars } from './lean-bars.ts';
import { marketBreadth, usInterestRates } from './market-series.ts';
import { gdeltArticles, newsApi } from './news-json.ts';
import { niftyindicesHistory, nseIndexCloses, nseIndexDownload } from './niftyindices-history.ts';
import { notYetLoaded } from './not-yet-loaded.ts';
import { nseEodPanel } from './nse-eod-panel.ts';
import { nseEquityHistoryJson, nseIndexHistoryJson, nseVixHistoryJson } from './nse-history-json.ts';
import { nseOptionChain } from './nse-option-chain.ts';
import { nseQuotePage } from './nse-quote-page.ts';
import { nseQuoteHistory } from './nse-quote-history.ts';
import { participantPositions } from './participant-positions.ts';
import { plainOhlcv, yahooIndexHistory } from './plain-ohlcv.ts';
import { fomcMinutes, policyPages, policyTexts } from './policy-texts.ts';
import { prAnnouncements } from './pr-announcements.ts';
import { prBoardMeetings } from './pr-board-meetings.ts';
import { prCorporateActions } from './pr-corporate-actions.ts';
import { priceBands } from './price-bands.ts';
import { rss } from './rss.ts';
import { secBhavdataFull } from './sec-bhavdata-full.ts';
import { tickBars } from './ticks.ts';
import { tradingDays } from './trading-days.ts';
import { udiffBhavcopy } from './udiff-bhavcopy.ts';

/** Every shape the import knows. The order means nothing: a source belongs to at most one of them. */
export const IMPORTERS: readonly Importer[] = [
  nseEodPanel, secBhavdataFull, udiffBhavcopy, cmBhavcopy, nseQuoteHistory, nseQuotePage, plainOhlcv, yahooIndexHistory,
  niftyindicesHistory, nseIndexCloses, nseIndexDownload, indiaVixHistory, nseEquityHistoryJson, nseIndexHistoryJson, nseVixHistoryJson,
  equityList, smeList, indexConstituents, priceBands, foLots, foLotsByMonth, foLotsJson, freezeQuantities, tradingDays, holidays,
  announcements, announcementsCsv, boardMeetingsCsv, corporateActionsCsv, eventCalendar, eventCalendarCsv, bseAnnouncements, boardMeetings, bseResultCalendar, corporateActions, financialResults,
  nseOptionChain, foBhavcopyLegacy, foBhavcopyUdiff, upstoxOptionChain, alpacaOptionChain,
  prAnnouncements, prBoardMeetings, prCorporateActions, publishedHeadlines, scrapedHeadlines, rss,
  intradayBars, tickBars, leanDailyBars, leanMinuteBars, nseFlows, nseFlowsCsv, collectedFlows, nsdlDaily, nsdlMonthPage, nsdlYears, nsdlSectors, participantPositions,
  dealsCsv, dealsJson, dealsOfTheDay, shortSelling, shortSellingCsv, insiderTradesCsv, insiderTradesJson, fundNavs, marketBreadth, usInterestRates,
  policyTexts, policyPages, fomcMinutes, filingPdf, newsApi, gdeltArticles, alpacaBars, exchangeCirculars, annualReports, shareholding, bseCorporateActions,
  ...notYetLoaded,
];

/** Columns that a table may lack and still be called nearly another. */
const FEW_MISSING = 2;
/** A table that lacks one or two columns of a shape with many: somebody renamed them. Null when none is that near. */
export function nearlyKnown({ form, header }: Sniff): string | null {
  if (form !== 'text') return null;
  const near = IMPORTERS.flatMap((importer) => {
    const missing = importer.loads ? (importer.columns ?? []).filter((name) => !header.includes(name)) : [];
    return importer.loads && missing.length > 0 && missing.length <= FEW_MISSING && (importer.columns?.length ?? 0) >= 3 * missing.length + 2 ? [{ kind: importer.kind, missing }] : [];
  }).sort((a, b) => a.missing.length - b.missing.length)[0];
  return near ? `Its columns are those of ${near.kind}, of which ${near.missing.join(' and ')} ${near.missing.length > 1 ? 'are' : 'is'} missing.` : null;
}

export const recogniseSource = (head: Sniff): Importer | undefined => IMPORTERS.find((importer) => importer.recognise(head));
