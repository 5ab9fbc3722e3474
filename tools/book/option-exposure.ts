import { readContract } from '../../desk/options/contract-symbol.ts';
import type { OptionLeg } from '../../desk/options/structures/legs.ts';
import { type ToolContext, ToolError } from '../define.ts';
import { legIn } from '../held-legs.ts';
import { readChain } from '../option-chain-read.ts';
import type { ValuedHolding } from './account-book.ts';

/** A holding as what moves it: a share as itself, an option as so many units of its underlying by its delta. */
export interface MovingHolding {
  holding: ValuedHolding;
  /** What it moves with. */
  symbol: string;
  /** Value of that in minor units, signed; an option's premium is not it. Null where no price or delta is known. */
  exposureMinor: number | null;
  isOption: boolean;
  /** An option as what can be priced anew; null for a share, and where the chain implies no volatility. */
  pricing: { leg: OptionLeg; spot: number; rate: number } | null;
}

/** @param asOf of the reading. Delta and price of the underlying are those of the chain that was known then. */
export async function movingHoldings(context: ToolContext, holdings: readonly ValuedHolding[], asOf: string | undefined): Promise<MovingHolding[]> {
  const found: MovingHolding[] = [];
  const chains = new Map<string, Awaited<ReturnType<typeof chainOrNull>>>();
  for (const holding of holdings) {
    const contract = readContract(holding.symbol);
    if (!contract) { found.push({ holding, symbol: holding.symbol, exposureMinor: holding.valueMinor, isOption: false, pricing: null }); continue; }
    const { underlying, expiry, strike, type } = contract;
    if (!chains.has(underlying)) chains.set(underlying, await chainOrNull(context, underlying, asOf));
    const chain = chains.get(underlying) ?? null;
    const read = chain?.analysis.expiries.find((each) => each.expiry === expiry);
    const delta = read?.strikes.find((each) => each.strike === strike)?.[type].greeks?.delta;
    const spot = chain?.snapshot.spot ?? (read?.forward.found ? read.forward.forward : null);
    const priced = chain && legIn(chain, { contract, quantity: holding.quantity, price: holding.averagePrice });
    found.push({ holding, symbol: underlying, exposureMinor: delta == null || spot === null ? null : Math.round(delta * holding.quantity * spot * 100), isOption: true, pricing: priced && { ...priced, rate: chain.rate } });
  }
  return found;
}

async function chainOrNull(context: ToolContext, underlying: string, asOf: string | undefined) {
  try { return await readChain(context, { underlying, asOf }); } catch (error) {
    if (error instanceof ToolError) return null;
    throw error;
  }
}
