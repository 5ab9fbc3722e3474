import { readFileSync } from 'node:fs';
import { understand } from '../../agents/grammar/understand.ts';
import { createCalendar } from '../../desk/market/calendar.ts';
import { tradingDate } from '../../desk/time.ts';
import { createSymbolLinker } from '../../feeds/linking/link-symbols.ts';
import { COMPANIES, symbolRecord } from '../../feeds/simulator/universe.ts';

export const name = 'grammar';

/** Every paraphrase of the dataset, read twice; the second reading counts. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const texts = readFileSync(new URL('../../evals/datasets/paraphrases.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { text: string }).text);
  const records = COMPANIES.map((company) => symbolRecord(company));
  const linker = createSymbolLinker(records);
  const named = (symbol: string) => ({ symbol, name: records.find((record) => record.symbol === symbol)?.name ?? symbol });
  const resolver = {
    resolve: (text: string) => {
      const found = linker.resolve(text);
      if (found.kind === 'one') return { kind: 'one' as const, ...named(found.symbol) };
      return found.kind === 'ambiguous' ? { kind: 'ambiguous' as const, candidates: found.candidates.map(named) } : { kind: 'unknown' as const, near: found.near.map(named) };
    },
  };
  const calendar = createCalendar({ exchange: 'NSE', zone: 'Asia/Kolkata', regular: { open: '09:15', close: '15:30' }, sources: [{ mode: 'holidays-listed', coverage: { from: tradingDate('2024-01-01'), to: tradingDate('2024-12-31') }, days: [] }] });
  const context = { accounts: [{ name: 'SIP' }, { name: 'LumpSum' }], positions: [], pendingConfirmations: [] };
  const read = (text: string) => understand({ text, context, resolver, calendar, marketDate: tradingDate('2024-06-03') });
  for (const text of texts) read(text);
  const started = performance.now();
  for (const text of texts) read(text);
  return [{ metric: `sentence understood, mean of ${texts.length}`, value: (performance.now() - started) / texts.length, unit: 'ms' }];
}
