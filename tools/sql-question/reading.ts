import type { TradingCalendar } from '../../desk/market/types.ts';
import { periodAt } from '../../desk/market/spoken-periods.ts';
import type { TradingDate } from '../../desk/time.ts';
import { measureWords, quoted, subjects } from './subjects.ts';
import { amountAt, averages, bounds, courtesy, dimensionWords, earliest, highest, latest, lowest, numberOf, sizes, type Word } from './words.ts';

/** What names in a question are looked up in. */
export interface QuestionFrame {
  calendar: TradingCalendar; marketDate: TradingDate; accounts: readonly string[]; strategies: readonly string[];
  /** The symbol that a name means, where exactly one does. */
  symbol(name: string): string | null;
  /** The symbols of a sector's or industry's name. */
  sector(name: string): { label: string; sector: string | null; symbols: readonly string[] } | null;
}

/** What a question was understood to say; `left` are the words that are neither names nor times nor figures. */
export interface Reading {
  left: Word[]; conditions: { of: 'symbol' | 'sector' | 'account' | 'strategy' | 'side' | 'date' | 'state'; text: string; value: string }[];
  period: { from: string; to: string } | null; by: string[]; measure: string | null; average: boolean; count: boolean; rank: 'high' | 'low' | 'late' | 'early' | null; limit: number | null; median: boolean; bySize: boolean; bound: { sign: string; amount: number; days: boolean } | null; perTime: boolean; /** "Monthly average", not "average monthly": one of each month. */ eachTime: boolean; /** "Tuesdays": all of them. */ weekday: string | null; /** "The one before": how much further down the list this question goes than the one that it continues. */ step: number; /** How many of a list are left out. */ skip: number; /** "Each position": one row for each. */ each: boolean; /** How often "how many" was said. */ counts: number;
}

export function read(words: readonly Word[], frame: QuestionFrame): Reading {
  const reading: Reading = { left: [], conditions: [], period: null, by: [], measure: null, average: false, count: false, rank: null, limit: null, median: false, bySize: false, bound: null, perTime: false, eachTime: false, weekday: null, step: 0, skip: 0, each: false, counts: 0 };
  const plain = words.map(({ text }) => text);
  for (let at = 0; at < words.length;) at += step(at);
  return reading;

  function step(at: number): number {
    const word = words[at];
    if (!word) return 1;
    const { text } = word;
    const after = plain[at + 1] ?? '';
    if (text === 'how' && after === 'many') { reading.counts += 1; reading.count = true; return 2; }
    if ((text === 'number' && after === 'of') || text === 'count') { reading.count = true; return text === 'count' ? 1 : 2; }
    const weekday = /^((?:mon|tues|wednes|thurs|fri|satur|sun)day)s$/.exec(text)?.[1];
    if (weekday !== undefined && reading.weekday === null) { reading.weekday = weekday.replace(/^./, (letter) => letter.toUpperCase()); return 1; }
    const further = ['one before', 'before that', 'previous one', 'next one', 'one after', 'second one'].includes(`${text} ${after}`);
    if (further) { reading.step = 1; return plain[at + 2] === 'that' || plain[at + 2] === 'it' ? 3 : 2; }
    const bounded = boundAt(at);
    if (bounded > 0) return bounded;
    if ((text === 'each' || text === 'every') && subjects.some(({ words: named }) => named.includes(after)) && !(after in dimensionWords)) { reading.each = true; return 1; }
    const ranked = rankAt(at);
    if (ranked > 0) return ranked;
    const split = splitAt(at);
    if (split > 0) return split;
    const spoken = ['in', 'on', 'for', 'during', 'of', 'over'].includes(text) ? null : periodAt(plain, at, frame);
    if (spoken && !(spoken.length === 1 && text in dimensionWords)) { reading.period = { from: spoken.period.from, to: spoken.period.to }; return spoken.length; }
    if (/^(20\d\d)$/.test(text) && ['in', 'during', 'for', 'of', 'year'].includes(plain[at - 1] ?? '')) { reading.period = { from: `${text}-01-01`, to: `${text}-12-31` }; return 1; }
    if (averages.has(text)) { reading.average = true; return 1; }
    if (text === 'median') { reading.median = true; return 1; }
    for (let length = Math.min(4, words.length - at); length > 0; length -= 1) if (nameAt(at, length)) return length;
    // A share of equity is said of a value, a rate of charges: the narrower figure is meant.
    if (text in measureWords && (reading.measure === null || narrower.has(text))) {
      reading.measure = measureWords[text] ?? null;
      // "how many shares" asks for a sum.
      if (reading.measure === 'quantity') reading.count = false;
    }
    reading.left.push(word);
    return 1;
  }

  /** "above 1 lakh", "more than 10 days". */
  function boundAt(at: number): number {
    for (const length of [2, 1]) {
      const sign = bounds[plain.slice(at, at + length).join(' ')];
      const found = sign === undefined ? null : amountAt(plain, at + length);
      if (!sign || !found || isUnit(plain[at + length + found.length]) && !/^days?$/.test(plain[at + length + found.length] ?? '')) continue;
      const days = /^days?$/.test(plain[at + length + found.length] ?? '');
      reading.bound = { sign, amount: found.amount, days };
      return length + found.length + (days ? 1 : 0);
    }
    return 0;
  }

  /** "top 5", "5 largest", "last 3", "worst". */
  function rankAt(at: number): number {
    const [text = '', next = ''] = [plain[at], plain[at + 1]];
    const rankOf = (word: string): Reading['rank'] => (highest.has(word) ? 'high' : lowest.has(word) ? 'low' : latest.has(word) ? 'late' : earliest.has(word) ? 'early' : null);
    const rank = rankOf(text);
    const count = numberOf(rank ? next : text);
    if (sizes.has(text) || (count !== null && sizes.has(next))) reading.bySize = true;
    if (rank && count !== null && !isUnit(plain[at + 2])) { reading.rank = rank; reading.limit = count; return 2; }
    // "worst day": the day of the worst result.
    if (rank && (rank === 'high' || rank === 'low') && ['day', 'week', 'month', 'quarter', 'year'].includes(next)) { reading.rank = rank; reading.limit = 1; reading.by.push(next); reading.measure ??= 'pnl'; return 2; }
    if (rank && count === null && (rank === 'high' || rank === 'low' || !isUnit(next))) { if (periodAt(plain, at, frame)) return 0; reading.rank = rank; return 1; }
    const later = rankOf(next);
    if (!rank && count !== null && later) { reading.rank = later; reading.limit = count; return 2; }
    return 0;
  }

  /** "by sector", "per month", "for each account", "sector-wise", "monthly". */
  function splitAt(at: number): number {
    const [text = '', next = '', third = ''] = plain.slice(at, at + 3);
    const wise = /^(\w+)-?wise$/.exec(text)?.[1];
    const take = (word: string | undefined, length: number): number => { const dimension = word === undefined ? undefined : dimensionWords[word]; if (dimension === undefined) return 0; reading.by.push(dimension); return length; };
    if (wise !== undefined) return take(wise, 1);
    if (['daily', 'weekly', 'monthly', 'quarterly', 'yearly'].includes(text)) { reading.perTime = true; if (averages.has(next)) reading.eachTime = true; return take(text, 1); }
    if (text === 'traded' && reading.rank !== null && next in dimensionWords) { reading.left.push({ text, typed: text }); return take(next, 2); }
    if (next === 'wise') return take(text, 2);
    if ((text === 'for' || text === 'in') && (next === 'each' || next === 'every')) return take(third, 3);
    if (text === 'by' || text === 'per' || text === 'each' || text === 'every') return take(next, 2);
    if (text === 'and' && reading.by.length > 0 && plain[at - 1] !== undefined && (plain[at - 1] ?? '') in dimensionWords) return take(next, 2);
    if (text === 'which' && next in dimensionWords) return take(next, 2);
    return 0;
  }

  function nameAt(at: number, length: number): boolean {
    const typed = words.slice(at, at + length).map((each) => each.typed).join(' ');
    const said = plain.slice(at, at + length).join(' ');
    const account = frame.accounts.find((name) => name.toLowerCase() === said);
    if (account) return note('account', account, `= ${quoted(account)}`);
    const strategy = frame.strategies.find((name) => name === said.replaceAll(/[ -]/g, '_'));
    if (strategy) return note('strategy', strategy, `= ${quoted(strategy)}`);
    if (length === 1 && ['buy', 'bought', 'buys', 'purchases'].includes(said)) { note('side', 'BUY', "= 'BUY'"); return false; }
    if (length === 1 && ['sell', 'sold', 'sells', 'sales'].includes(said)) { note('side', 'SELL', "= 'SELL'"); return false; }
    const common = length === 1 && (courtesy.has(said) || said in measureWords || subjects.some(({ words: named, states }) => named.includes(said) || said in states));
    if (common && typed !== typed.toUpperCase()) return false;
    if (common && typed.length < 3 && typed !== 'IT') return false;
    const symbol = typed === 'IT' ? null : frame.symbol(typed);
    if (symbol) return note('symbol', symbol, `= ${quoted(symbol)}`);
    // "it" is a word, "IT" is a sector.
    const sector = courtesy.has(said) && typed !== typed.toUpperCase() ? null : frame.sector(said);
    if (sector) return note('sector', sector.label, sector.sector !== null ? `= ${quoted(sector.sector)}` : `IN (${sector.symbols.map(quoted).join(', ')})`);
    return false;
  }
  function note(of: Reading['conditions'][number]['of'], value: string, text: string): true { reading.conditions.push({ of, value, text }); return true; }
}

const narrower = new Set(['realised', 'realized', 'unrealised', 'unrealized', 'equity-share', 'stop-distance', 'target-distance', 'open-return', 'charge-rate', 'days-held']);
const isUnit = (word: string | undefined): boolean => /^(day|days|week|weeks|month|months|quarter|quarters|year|years|sessions?|trading)$/.test(word ?? '');
