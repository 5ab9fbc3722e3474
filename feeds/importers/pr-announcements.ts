import { typeEvent } from './event-type.ts';
import { prTextImporter } from './pr-entries.ts';
import { endOfDay } from './read-date.ts';

/** Categories whose text follows without a mark; the others are followed by the symbol once more. */
const CATEGORIES = [
  'Analysts/Institutional Investor Meet/Con. Call Updates', 'Clarification - Financial Results', 'Copy of Newspaper Publication', 'Related Party Transactions',
  'Disclosure under SEBI Takeover Regulations', 'Defaults on Payment of Interest/Principal', 'Reply to Clarification Sought', 'Outcome of Board Meeting',
  'Change in Director(s)', 'Shareholders meeting', 'Investor Presentation', 'Allotment of Securities', 'Scheme of Arrangement', 'Press Release',
  'Credit Rating', 'Record Date', 'Book Closure', 'Clarification', 'Appointment', 'Resignation', 'Cessation', 'Updates',
];
const TITLE_LIMIT = 100;

/** `Updates PNB : Punjab National Bank has …` → category and text. */
function splitCategory(text: string, symbol: string): { category: string; body: string } {
  const marked = text.search(new RegExp(`\\b${symbol.replace(/[&-]/g, '\\$&')} ?:`));
  if (marked > 0 && marked <= TITLE_LIMIT) return { category: text.slice(0, marked).trim(), body: text.slice(marked + symbol.length).replace(/^\s*:\s*/, '') };
  const known = CATEGORIES.find((category) => text.startsWith(category));
  if (known) return { category: known, body: text.slice(known.length).trim() };
  return { category: text.split('\n', 1)[0]?.slice(0, TITLE_LIMIT).trim() ?? '', body: text };
}

/** Announcements of the day. Net asset values of mutual funds, four entries of five, are counted and left out. */
export const prAnnouncements = prTextImporter({
  kind: 'pr_announcements', firstLine: /^COMPANY NAME\s+SYMBOL\s+: ANNOUNCEMENTS/,
  read({ line, company, symbol, text }, bundleDate) {
    const { category, body } = splitCategory(text, symbol);
    if (/^declaration of nav/i.test(category)) return { line, notLoaded: 'pr_fund_net_asset_values' };
    const moment = endOfDay(bundleDate);
    return {
      line,
      records: [{
        type: 'event',
        event: { source: 'nse-pr-announcements', title: `${company}: ${category || 'Announcement'}`, body, ...typeEvent({ title: category, body }), symbols: [symbol], unlinkedNames: [], happenedAt: moment, knownAt: moment },
      }],
    };
  },
});
