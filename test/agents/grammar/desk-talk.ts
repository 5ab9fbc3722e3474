import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ConversationContext, Understanding } from '../../../agents/grammar/context.ts';
import { Intent } from '../../../agents/grammar/intents.ts';
import type { SymbolResolver } from '../../../agents/grammar/symbols.ts';
import { understand } from '../../../agents/grammar/understand.ts';
import type { TradingCalendar } from '../../../desk/market/types.ts';
import { at, plusDays, tradingDate, type TradingDate } from '../../../desk/time.ts';

/** Wednesday. */
export const marketDate = tradingDate('2024-07-03');

const holidays = new Map([['2024-06-17', 'Bakri Id'], ['2024-07-17', 'Muharram'], ['2024-08-15', 'Independence Day']]);
const isTradingDay = (date: TradingDate): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) && !holidays.has(date);
const walk = (date: TradingDate, step: 1 | -1): TradingDate => { let day = plusDays(date, step); while (!isTradingDay(day)) day = plusDays(day, step); return day; };
export const calendar: TradingCalendar = {
  exchange: 'NSE', zone: 'Asia/Kolkata', coverage: { from: tradingDate('2023-01-01'), to: tradingDate('2025-12-31') },
  covers: () => true, isTradingDay,
  session: (date) => (isTradingDay(date) ? { open: at(date, '09:15', 'Asia/Kolkata'), close: at(date, '15:30', 'Asia/Kolkata') } : null),
  holidayName: (date) => holidays.get(date) ?? null,
  next: (date) => walk(date, 1), previous: (date) => walk(date, -1),
  plus: (date, n) => { let day = date; for (let k = 0; k < Math.abs(n); k += 1) day = walk(day, n < 0 ? -1 : 1); return day; },
  daysBetween: (from, to) => { let days = 0; for (let day = walk(from, 1); day <= to; day = walk(day, 1)) days += 1; return days; },
};

const listed: [symbol: string, name: string, ...aliases: string[]][] = [
  ['TCS', 'Tata Consultancy Services Limited'], ['INFY', 'Infosys Limited', 'infy', 'infosys technologies'], ['COALINDIA', 'Coal India Limited'], ['RELIANCE', 'Reliance Industries Limited', 'ril'], ['SBIN', 'State Bank of India', 'sbi'], ['HDFCBANK', 'HDFC Bank Limited', 'hdfc'],
  ['WIPRO', 'Wipro Limited'], ['TATAMOTORS', 'Tata Motors Limited'], ['TATAPOWER', 'Tata Power Company Limited'], ['TATASTEEL', 'Tata Steel Limited'], ['IDEA', 'Vodafone Idea Limited', 'vodafone'], ['OIL', 'Oil India Limited'], ['IOC', 'Indian Oil Corporation Limited'], ['ITC', 'ITC Limited'], ['M&M', 'Mahindra & Mahindra Limited', 'mahindra'], ['BAJAJ-AUTO', 'Bajaj Auto Limited'], ['BAJFINANCE', 'Bajaj Finance Limited'],
  ['TAKE', 'Take Solutions Limited'], ['TOTAL', 'Total Transport Systems Limited'], ['BETA', 'Beta Drugs Limited'], ['FOCUS', 'Focus Lighting and Fixtures Limited'], ['STAR', 'Strides Pharma Science Limited'], ['VETO', 'Veto Switchgears And Cables Limited'], ['GLOBAL', 'Global Education Limited'], ['RETAIL', 'JHS Svendgaard Retail Ventures Limited'], ['CLEAN', 'Clean Science and Technology Limited'], ['WEALTH', 'Wealth First Portfolio Managers Limited'],
  ['NIFTY', 'Nifty 50', 'nifty50'], ['BANKNIFTY', 'Nifty Bank', 'bank nifty'], ['SENSEX', 'BSE Sensex'],
];
const plain = (text: string): string => text.toLowerCase().replace(/\b(limited|ltd|company)\b/g, '').replace(/[^a-z0-9&]+/g, ' ').trim();
const names = new Map<string, { symbol: string; name: string }[]>();
for (const [symbol, name, ...aliases] of listed) for (const form of new Set([symbol.toLowerCase(), plain(symbol), plain(name), ...aliases])) names.set(form, [...(names.get(form) ?? []), { symbol, name }]);
for (const group of ['tata', 'bajaj']) names.set(group, listed.filter(([, name]) => name.toLowerCase().startsWith(group)).map(([symbol, name]) => ({ symbol, name })));

/** Stands in for the linker over the symbol master: certain names, shared names, and near misses of unknown ones. */
export const resolver: SymbolResolver = {
  resolve(name) {
    const found = names.get(name.toLowerCase()) ?? names.get(plain(name));
    const [only] = found ?? [];
    if (found && only) return found.length === 1 ? { kind: 'one', ...only } : { kind: 'ambiguous', candidates: found };
    const wanted = plain(name).slice(0, 3);
    return { kind: 'unknown', near: wanted.length < 3 ? [] : listed.filter(([symbol]) => symbol.toLowerCase().startsWith(wanted)).map(([symbol, title]) => ({ symbol, name: title })).slice(0, 3) };
  },
};

const usual: ConversationContext = {
  accounts: [{ name: 'SIP' }, { name: 'LumpSum' }, { name: 'Tactical' }],
  positions: [{ symbol: 'INFY', account: 'SIP', quantity: 40 }, { symbol: 'TCS', account: 'SIP', quantity: 20 }, { symbol: 'COALINDIA', account: 'Tactical', quantity: 62 }],
  pendingConfirmations: [],
};
export const card12 = { pendingConfirmations: [{ confirmationId: 'c-12', cardNumber: 12, headline: 'BUY 62 COALINDIA' }], lastShownCard: 12, lastSymbol: 'COALINDIA' } satisfies Partial<ConversationContext>;
export const cards12and13 = { pendingConfirmations: [...card12.pendingConfirmations, { confirmationId: 'c-13', cardNumber: 13, headline: 'SELL 20 INFY' }] } satisfies Partial<ConversationContext>;

export const say = (text: string, context: Partial<ConversationContext> = {}, names: SymbolResolver = resolver): Understanding => understand({ text, context: { ...usual, ...context }, resolver: names, calendar, marketDate });
export const intentOf = (text: string, context: Partial<ConversationContext> = {}): Intent | null => { const said = say(text, context); return said.kind === 'intent' ? said.intent : null; };

const Context = z.strictObject({
  lastSymbol: z.string(), lastAccount: z.string(), lastIntent: Intent, lastShownCard: z.int(),
  pendingConfirmations: z.array(z.strictObject({ confirmationId: z.string(), cardNumber: z.int().nullable(), headline: z.string() })),
}).partial();
const Paraphrase = z.strictObject({ id: z.string(), slice: z.enum(['open', 'held-out']), text: z.string(), context: Context.optional(), intent: z.string(), slots: z.record(z.string(), z.json()) });
export type Paraphrase = z.infer<typeof Paraphrase>;
const rows = (file: string): unknown[] => readFileSync(new URL(`../../../evals/datasets/${file}`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
export const paraphrases = (): Paraphrase[] => rows('paraphrases.jsonl').map((row) => Paraphrase.parse(row));
const Routing = z.strictObject({ text: z.string(), agent: z.enum(['Research', 'Analyst', 'Portfolio', 'Risk', 'QA', 'Intake', 'Judge', 'Desk']), intent: z.string() });
export const routingRows = (): z.infer<typeof Routing>[] => rows('routing.jsonl').map((row) => Routing.parse(row));

/** Whether `whole` has everything that `part` has. */
export function has(whole: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return whole === part || (typeof whole === 'number' && typeof part === 'number' && Math.abs(whole - part) < 1e-4);
  return typeof whole === 'object' && whole !== null && Object.entries(part).every(([key, value]) => has((whole as Record<string, unknown>)[key], value));
}
export interface Score { rows: number; understood: number; asked: number; wrong: Paraphrase[]; missed: Paraphrase[] }
/** Understood: the right intent with the right slots. Wrong: another intent or other slots. The rest was asked about or not known. */
export function score(list: readonly Paraphrase[], names: SymbolResolver = resolver): Score {
  const result: Score = { rows: list.length, understood: 0, asked: 0, wrong: [], missed: [] };
  for (const row of list) {
    const said = say(row.text, (row.context ?? {}) as Partial<ConversationContext>, names);
    const wantsIntent = row.intent !== 'ask' && row.intent !== 'unknown';
    if (said.kind === 'intent' ? said.intent.kind === row.intent && has(said.intent, row.slots) : !wantsIntent) result.understood += 1;
    else if (said.kind === 'intent') result.wrong.push(row);
    else { result.asked += 1; result.missed.push(row); }
  }
  return result;
}
