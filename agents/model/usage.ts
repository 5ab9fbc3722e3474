import type { Instant } from '../../desk/time.ts';
import { costUsd, type ModelPrice } from './prices.ts';

/** One call of a model. Tokens are the provider's count, or an upper estimate where it gave none. */
export interface ModelUse {
  at: Instant; turn: string; agent: string; personId: string; model: string;
  inputTokens: number; outputTokens: number; estimated: boolean;
  /** Null where the model has no known price. */
  costUsd: number | null;
}
/** Where uses are kept. A day is `YYYY-MM-DD` in UTC. */
export interface UseStore { spentUsdOn(day: string): Promise<number>; add(use: ModelUse): Promise<void> }

/** Keeps uses for as long as the process lives. */
export function memoryUseStore(): UseStore & { readonly uses: readonly ModelUse[] } {
  const uses: ModelUse[] = [];
  return {
    uses,
    spentUsdOn: async (day) => uses.filter((use) => use.at.startsWith(day)).reduce((sum, use) => sum + (use.costUsd ?? 0), 0),
    add: async (use) => { uses.push(use); },
  };
}

export interface Tokens { input: number; output: number }
export interface Caller { turn: string; agent: string; personId: string }
/** A call that may be made. `settle` must follow, whatever became of it; without the provider's count the estimate stands. */
export interface Reservation { settle(tokens: Tokens | null): Promise<void> }
export interface UsageBook {
  /** Null: the day's budget does not allow it. */
  reserve(call: { caller: Caller; model: string; inputCharacters: number; maxTokens: number }): Promise<Reservation | null>;
}

/** No tokenizer that is in use makes more than one token of three characters of prose; JSON comes close. */
const charactersPerToken = 3;

/**
 * Guards the day's budget before each call: what is spent, what is under way and the most that the call can cost must fit.
 * A budget with a model that has no price, or with a store that cannot say what is spent, allows nothing.
 */
export function createUsageBook({ budgetUsd, store, prices, wallNow, onFailure }: {
  budgetUsd: number | null; store: UseStore; prices: readonly ModelPrice[]; wallNow: () => Instant; onFailure: (error: unknown) => void;
}): UsageBook {
  let underWayUsd = 0;
  const mayCost = async (mostUsd: number | null): Promise<boolean> => {
    if (budgetUsd === null) return true;
    if (mostUsd === null) return false;
    underWayUsd += mostUsd;
    try {
      if ((await store.spentUsdOn(wallNow().slice(0, 10))) + underWayUsd <= budgetUsd) return true;
    } catch (error) { onFailure(error); }
    underWayUsd -= mostUsd;
    return false;
  };
  return {
    async reserve({ caller, model, inputCharacters, maxTokens }) {
      const most: Tokens = { input: Math.ceil(inputCharacters / charactersPerToken), output: maxTokens };
      const cost = ({ input, output }: Tokens): number | null => costUsd({ model, inputTokens: input, outputTokens: output, prices });
      const mostUsd = cost(most);
      if (!(await mayCost(mostUsd))) return null;
      return {
        async settle(tokens) {
          const used = tokens ?? most;
          try {
            await store.add({ at: wallNow(), ...caller, model, inputTokens: used.input, outputTokens: used.output, estimated: tokens === null, costUsd: cost(used) });
          } catch (error) { onFailure(error); } finally { if (budgetUsd !== null) underWayUsd -= mostUsd ?? 0; }
        },
      };
    },
  };
}
