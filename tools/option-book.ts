import { actionById } from '../db/stores/actions.ts';
import { cardOfAction } from '../db/stores/cards.ts';
import { openPositions, type StoredPosition } from '../db/stores/positions.ts';
import type { ActionOf } from '../desk/actions/types.ts';
import type { LastFrom } from '../desk/market/last-price.ts';
import { type Contract, readContract } from '../desk/options/contract-symbol.ts';
import type { ReadOption } from '../desk/options/read-expiry.ts';
import { type ToolContext, ToolError } from './define.ts';
import { type ReadChain, readChain } from './option-chain-read.ts';

export interface HeldLeg { position: StoredPosition; contract: Contract; /** Its row of the chain; null where the chain does not list it any more. */ option: ReadOption | null; last: number | null; /** What `last` is where no trade is known; null: a trade. */ lastFrom: LastFrom | null }
/** What one action opened, as far as it is still held. */
export interface HeldStructure { actionId: string; accountId: string; cardNumber: number | null; action: ActionOf<'option_structure'> | null; underlying: string; legs: HeldLeg[]; chain: ReadChain | null }

/** The option positions of accounts, by the action that opened them, with what the chain says of each leg. */
export async function structuresHeld(context: ToolContext, accountIds: readonly string[]): Promise<HeldStructure[]> {
  const { services: { database: { orm }, market } } = context;
  const groups = new Map<string, HeldStructure>();
  const chains = new Map<string, ReadChain | null>();
  for (const position of await openPositions(orm, accountIds)) {
    const contract = readContract(position.symbol);
    if (!contract) continue;
    let chain = chains.get(contract.underlying);
    if (chain === undefined) chains.set(contract.underlying, (chain = await chainOrNull(context, contract.underlying)));
    const key = `${position.accountId}|${position.actionId}|${contract.underlying}`;
    let group = groups.get(key);
    if (!group) {
      const action = (await actionById(orm, position.actionId))?.action;
      const card = await cardOfAction(orm, position.actionId);
      groups.set(key, (group = { actionId: position.actionId, accountId: position.accountId, cardNumber: card?.number ?? null, action: action?.kind === 'option_structure' ? action : null, underlying: contract.underlying, legs: [], chain }));
    }
    const option = chain?.analysis.expiries.find(({ expiry }) => expiry === contract.expiry)?.strikes.find(({ strike }) => strike === contract.strike)?.[contract.type] ?? null;
    const quote = market.quote(position.symbol);
    group.legs.push({ position, contract, option, last: quote?.last ?? option?.middle ?? null, lastFrom: quote ? (quote.lastFrom ?? null) : option?.middle == null ? null : 'middle' });
  }
  return [...groups.values()];
}

async function chainOrNull(context: ToolContext, underlying: string): Promise<ReadChain | null> {
  try { return await readChain(context, { underlying }); } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return null;
  }
}

/** The structure that is meant: by its card, or the only one (on an underlying). */
export async function structureMeant(context: ToolContext, { accountIds, card, underlying }: { accountIds: readonly string[]; card?: number | undefined; underlying?: string | undefined }): Promise<HeldStructure> {
  const held = (await structuresHeld(context, accountIds)).filter((each) => (card === undefined || each.cardNumber === card) && (underlying === undefined || each.underlying === underlying));
  const [only, ...more] = held;
  if (!only) throw new ToolError('NO_STRUCTURE', card === undefined ? `No option structure${underlying ? ` on ${underlying}` : ''} is held.` : `Nothing of card ${card} is held.`, card === undefined ? 'underlying' : 'card');
  if (more.length > 0) throw new ToolError('WHICH_STRUCTURE', `${held.length} structures are held (${held.map(({ cardNumber, underlying: on }) => `card ${cardNumber} on ${on}`).join(', ')}); name the card.`, 'card');
  return only;
}
