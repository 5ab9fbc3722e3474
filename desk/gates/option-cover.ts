import { readContract } from '../options/contract-symbol.ts';
import type { GateSnapshot } from './snapshot.ts';

/** A change of a contract's quantity, signed, in units of the underlying. */
export interface ContractChange { symbol: string; quantity: number }

/**
 * Units that the account would be short of without cover on one underlying after the changes. A short option is covered by long ones of its
 * right that expire no earlier; a short call also by the shares. Not known what is held: nothing covers.
 */
export function uncoveredUnits(snapshot: GateSnapshot, { accountId, underlying, changes }: { accountId: string; underlying: string; changes: readonly ContractChange[] }): number {
  const quantities = new Map<string, number>();
  const add = (symbol: string, quantity: number): void => { quantities.set(symbol, (quantities.get(symbol) ?? 0) + quantity); };
  if (snapshot.positions.known) for (const position of snapshot.positions.value) if (position.accountId === accountId) add(position.symbol, position.quantity);
  for (const { symbol, quantity } of changes) add(symbol, quantity);
  const held = [...quantities].flatMap(([symbol, quantity]) => {
    const contract = readContract(symbol);
    return contract?.underlying === underlying && quantity !== 0 ? [{ ...contract, quantity }] : [];
  });
  let most = 0;
  for (const type of ['call', 'put'] as const) {
    const legs = held.filter((leg) => leg.type === type);
    for (const { expiry } of legs) {
      let open = type === 'call' ? -Math.max(0, quantities.get(underlying) ?? 0) : 0;
      for (const leg of legs) if (leg.expiry >= expiry) open -= leg.quantity;
      most = Math.max(most, open);
    }
  }
  return most;
}

/** Units that the changes leave without cover beyond those that are without it now. */
export const uncoveredBy = (snapshot: GateSnapshot, input: { accountId: string; underlying: string; changes: readonly ContractChange[] }): number =>
  Math.max(0, uncoveredUnits(snapshot, input) - uncoveredUnits(snapshot, { ...input, changes: [] }));
