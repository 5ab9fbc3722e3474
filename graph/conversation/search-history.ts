import type { Draft } from '../../agents/define.ts';
import { said } from '../../agents/answers/references.ts';
import { cells, draft, many, table, words } from '../../agents/answers/wording.ts';
import type { Database } from '../../db/client.ts';
import { messagesSaying } from '../../db/stores/conversation.ts';
import { dateIn, type Instant } from '../../desk/time.ts';
import { localTime } from '../../tools/book/local-time.ts';
import type { MarketView } from '../../tools/services.ts';

const shownMessages = 12;
const around = 60;

/** The part of a text around the first of the words; line breaks become spaces. */
export function excerptAround(text: string, terms: readonly string[]): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const found = terms.map((term) => line.toLowerCase().indexOf(term.toLowerCase())).filter((index) => index >= 0);
  const [from, to] = [Math.max(0, Math.min(...found, line.length) - around), Math.min(line.length, Math.min(...found, line.length) + 2 * around)];
  return found.length === 0 ? line.slice(0, 3 * around) : `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
}

/**
 * Where a person's own conversations spoke of something, on every channel: what they said, what was replied, cards that were shown. A company is found by its symbol and its name. `take` puts what was
 * found among the turn's results.
 */
export async function searchHistory({ database, market, personId, turn, query, now, take }: { database: Database; market: MarketView; personId: string; turn: string; query: string; now: Instant; take(name: string, given: unknown, output: unknown): string }): Promise<Draft> {
  const company = market.resolve(query);
  const plain = query.trim().split(/\s+/);
  const ways = company.kind === 'one' ? [plain, [company.symbol], [company.name.split(/\s+/)[0] ?? company.symbol]] : [plain];
  const { total, messages } = await messagesSaying(database.orm, { personId, ways, exceptTurn: turn, limit: shownMessages });
  if (total === 0) return draft(`We have not spoken of “${said(query)}” in any of your conversations.`);
  const at = { today: dateIn(now, market.zone), zone: market.zone };
  const output = { count: total, messages: messages.map((message) => ({ when: localTime(message.at, at), where: `${message.channel}: ${message.title}`.slice(0, 60), who: message.author === 'person' ? 'you' : 'the desk', text: excerptAround(message.text, ways.flat()) })) };
  const call = { call: take('history_search', { query }, output) };
  const cell = cells(call);
  return draft(`“${said(query)}” stands in ${cell('count', 'count')} ${many(total, 'message')} of your conversations; the latest ${cell('messages.0.when', 'text')}, by ${cell('messages.0.who', 'text')}.`, {
    parts: [table(call, 'messages', total > messages.length ? 'The latest' : 'Messages', [words('when', 'When'), words('where', 'Conversation'), words('who', 'Who'), words('text', 'What')])],
  });
}
