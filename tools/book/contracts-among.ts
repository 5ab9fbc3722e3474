import { type Contract, readContract } from '../../desk/options/contract-symbol.ts';

/** The option contracts among symbols, each with its name. */
export const contractsAmong = (symbols: readonly string[]): (Contract & { symbol: string })[] => symbols.flatMap((symbol) => { const contract = readContract(symbol); return contract ? [{ ...contract, symbol }] : []; });
