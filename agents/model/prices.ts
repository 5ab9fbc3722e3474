/** US dollars for a million tokens. */
export interface ModelPrice { model: string; inputUsd: number; outputUsd: number }

/** List prices of the provider's pay-as-you-go tier, as published in April 2026 (platform.openai.com/docs/pricing). */
export const listPrices: readonly ModelPrice[] = [
  { model: 'gpt-4.1', inputUsd: 2, outputUsd: 8 },
  { model: 'gpt-4.1-mini', inputUsd: 0.4, outputUsd: 1.6 },
  { model: 'gpt-4.1-nano', inputUsd: 0.1, outputUsd: 0.4 },
  { model: 'gpt-4o', inputUsd: 2.5, outputUsd: 10 },
  { model: 'gpt-4o-mini', inputUsd: 0.15, outputUsd: 0.6 },
  { model: 'gpt-5', inputUsd: 1.25, outputUsd: 10 },
  { model: 'gpt-5-mini', inputUsd: 0.25, outputUsd: 2 },
  { model: 'gpt-5-nano', inputUsd: 0.05, outputUsd: 0.4 },
];

/** Null where nobody gave a price: unknown is not free. A dated name (`gpt-4o-2024-08-06`) costs what its family does. */
export function costUsd({ model, inputTokens, outputTokens, prices }: { model: string; inputTokens: number; outputTokens: number; prices: readonly ModelPrice[] }): number | null {
  const price = prices.find((each) => each.model === model.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
  return price ? (inputTokens * price.inputUsd + outputTokens * price.outputUsd) / 1_000_000 : null;
}
