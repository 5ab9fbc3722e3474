import { activeMandate, listAccounts, type Account } from '../db/stores/accounts.ts';
import { openPositions, type StoredPosition } from '../db/stores/positions.ts';
import type { MandateTerms, Proposer } from '../desk/actions/types.ts';
import { type Decimal, decimal, roundToTick } from '../desk/decimal.ts';
import type { SymbolRecord } from '../desk/market/types.ts';
import { type ToolContext, ToolError } from './define.ts';
import { keptHistories } from './kept-histories.ts';

/** What a proposal's tool needs of the account: by name or id, and only one that the caller may see. */
export async function accountNamed(context: ToolContext, name: string | undefined): Promise<Account> {
  const accounts = await listAccounts(context.services.database.orm, context.caller.viewableAccountIds);
  const [only] = accounts;
  if (name === undefined) {
    if (accounts.length === 1 && only) return only;
    throw new ToolError('ACCOUNT_NEEDED', `which account: ${accounts.map((account) => account.name).join(', ')}?`, 'account');
  }
  const found = accounts.find((account) => account.id === name || account.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new ToolError('NO_SUCH_ACCOUNT', `there is no account “${name}” that you may see`, 'account');
  return found;
}

export function symbolNamed(context: ToolContext, name: string): SymbolRecord {
  const { market } = context.services;
  const direct = market.symbols().get(name);
  if (direct) return direct;
  const resolved = market.resolve(name);
  const record = resolved.kind === 'one' ? market.symbols().get(resolved.symbol) : undefined;
  if (record) return record;
  if (resolved.kind === 'ambiguous') throw new ToolError('AMBIGUOUS_SYMBOL', `“${name}” may be ${resolved.candidates.map((each) => `${each.symbol} (${each.name})`).join(' or ')}`, 'symbol');
  const near = resolved.kind === 'unknown' && resolved.near.length > 0 ? ` Nearest names: ${resolved.near.slice(0, 3).map((each) => each.symbol).join(', ')}.` : ' Nearest names: none close enough to guess.';
  throw new ToolError('NO_SUCH_SYMBOL', `${resolved.kind === 'unknown' && resolved.elsewhere ? resolved.elsewhere : `I know no symbol or company “${name}”.`}${near}`, 'symbol');
}

export async function mandateOf(context: ToolContext, account: Account): Promise<MandateTerms> {
  const mandate = await activeMandate(context.services.database.orm, account.id);
  if (!mandate) throw new ToolError('NO_MANDATE', `${account.name} has no mandate`);
  return mandate.terms;
}

/** The open position of a symbol: in the named account, or in the only one that holds it. */
export async function positionNamed(context: ToolContext, input: { symbol: string; account: string | undefined }): Promise<{ account: Account; position: StoredPosition }> {
  const { orm } = context.services.database;
  const accounts = await listAccounts(orm, context.caller.viewableAccountIds);
  const holding = (await openPositions(orm, accounts.map((account) => account.id))).filter((position) => position.symbol === input.symbol);
  const among = input.account === undefined ? holding : holding.filter((position) => { const account = accounts.find((each) => each.id === position.accountId); return account?.id === input.account || account?.name.toLowerCase() === input.account?.toLowerCase(); });
  const [first, second] = among;
  const account = accounts.find((each) => each.id === first?.accountId);
  if (!first || !account) throw new ToolError('NO_POSITION', `you hold no ${input.symbol}${input.account ? ` in ${input.account}` : ''}`, 'symbol');
  if (second) throw new ToolError('ACCOUNT_NEEDED', `${input.symbol} is held in ${among.map((position) => accounts.find((each) => each.id === position.accountId)?.name).join(' and ')}; which one?`, 'account');
  return { account, position: first };
}

export const proposerOf = ({ caller }: ToolContext): Proposer =>
  (caller.agent ? { kind: 'agent', agent: caller.agent, onBehalfOf: caller.personId, channel: caller.channel } : { kind: 'person', personId: caller.personId, channel: caller.channel });

/**
 * The stop and target that the mandate's rule gives: `slMultiplier` and `tpMultiplier` × ATR 14 from the entry, on the
 * tick, the stop rounded towards the entry's far side so that the risk is never understated.
 */
export async function bracketByRule(context: ToolContext, input: { record: SymbolRecord; side: 'BUY' | 'SELL'; entry: number; terms: MandateTerms }): Promise<{ stop: Decimal; target: Decimal; atr: number }> {
  const { market, database } = context.services;
  const history = (await keptHistories(database, database.orm, { symbols: [input.record.symbol], asOf: market.now(), calendar: market.calendar(), now: context.services.wallNow() })).get(input.record.symbol);
  const atr = history?.features?.atr14 ?? null;
  if (atr === null) throw new ToolError('NO_ATR', `the history of ${input.record.symbol} is too short to place a stop; say where the stop should be`, 'stop');
  const tick = Number(input.record.tickSize);
  const away = input.side === 'BUY' ? -1 : 1;
  const stop = input.entry + away * input.terms.slMultiplier * atr;
  if (stop <= 0) throw new ToolError('NO_STOP', `a stop of ${input.terms.slMultiplier} × ATR would lie below zero; say where the stop should be`, 'stop');
  return { stop: roundToTick(stop, tick, input.side === 'BUY' ? 'down' : 'up'), target: roundToTick(input.entry - away * input.terms.tpMultiplier * atr, tick), atr };
}

export const priceOf = (context: ToolContext, symbol: string): number => {
  const quote = context.services.market.quote(symbol);
  if (!quote) throw new ToolError('NO_PRICE', `no price is known for ${symbol}`, 'symbol');
  return quote.last;
};
export const onTick = (price: string | number, record: SymbolRecord): Decimal => {
  let value: Decimal;
  try { value = decimal(price); } catch { throw new ToolError('INVALID_PRICE', `“${price}” is no price`, 'price'); }
  const rounded = roundToTick(Number(value), Number(record.tickSize));
  if (rounded !== value) throw new ToolError('OFF_TICK', `${value} is not on the tick of ${record.tickSize}; the nearest is ${rounded}`, 'price');
  return value;
};
