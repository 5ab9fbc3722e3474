/** Questions about the views themselves: which there are, how many rows one has, what time its prices cover. */
export interface ViewsFrame { /** What each view is about, by its name. */ views: Readonly<Record<string, string>>; symbol(name: string): string | null }

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const tidy = (question: string): string => question.toLowerCase().replace(/[?!.]+\s*$/, '').replace(/\s+/g, ' ').trim();
const listing = /^(?:(?:please|show|list|give|tell|what|which|me|us|all|the|your|available|are|of|names?|do|you|have|sql|desk|database|db)\s+)*(?:tables?|views?|relations)(?:\s+(?:are|is|there|available|do|you|have|can|i|query|in|the|database|db|desk|list))*$/;
const rowsOf = /^(?:what is the |tell me |show me |show )?(?:how many|number of|count of|count|total) (?:the )?(?:rows?|records?|entries|lines)(?: (?:are|is))?(?: there)? (?:in|of|for|does|from) (?:the )?(?:desk\.)?([a-z_]+)(?: (?:table|view|have|has|contain|hold))*$/;
const pricedShares = /^how many (?:(?:nse|indian|different|distinct|listed|unique)\s+)*(?:stocks|shares|symbols|companies|scrips|tickers|names) (?:do|are|have|does|you|i|we|there|with|the desk|the database|got|in|is|known|stored|loaded|daily|hold|know|\s)*(?:price|prices|data|price data|history|bars|price history|daily prices)(?: (?:for|of|on|stored|loaded|there|in|the|database|db|available))*$/;
const coverage = /^(?:from when|since when|from what date|how far back|from which date|what period|what dates|till when|until when|what date range|what is the date range)(?: (?:do|does|are|is|you|your|the|have|has|go|goes|of|we|i|for|data|price|prices|history|cover|covers|covered|daily|stored|available|in|database|desk))*?(?: (?:for|of) (.+?))?(?: (?:data|prices|price|history|go|goes|start|starts|begin|end|available|stored|cover))*$/;

/** The statement for such a question; null where it is none of these. */
export function aboutViews(question: string, { views, symbol }: ViewsFrame): string | null {
  const text = tidy(question);
  if (listing.test(text)) return `SELECT * FROM (VALUES ${Object.entries(views).map(([view, about]) => `(${quoted(view)}, ${quoted(about)})`).join(', ')}) AS listed(view, about)`;
  const view = rowsOf.exec(text)?.[1];
  if (view !== undefined && Object.hasOwn(views, view)) return `SELECT count(*) AS rows FROM ${view}`;
  if (pricedShares.test(text)) return 'SELECT count(DISTINCT symbol) AS symbols_with_daily_prices FROM prices_daily';
  const covered = coverage.exec(text);
  if (!covered || !/\b(?:prices?|data|history)\b/.test(text)) return null;
  const named = covered[1]?.trim();
  const found = named === undefined || named === '' ? undefined : symbol(named);
  if (found === null) return null;
  return `SELECT min(d) AS first_day, max(d) AS last_day, count(DISTINCT d) AS days FROM prices_daily${found === undefined ? '' : ` WHERE symbol = ${quoted(found)}`}`;
}
