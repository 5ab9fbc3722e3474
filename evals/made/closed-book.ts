import { writeFeatures } from '../../db/stores/research.ts';
import type { FeatureSet, VolatilityRegime } from '../../desk/market/types.ts';
import { type Instant, plusMs, tradingDate } from '../../desk/time.ts';
import { writeBook } from '../../test/helpers/written-book.ts';
import type { EvalDesk } from '../open-desk.ts';
import { openMadeAccount } from './made-desk.ts';

/** Closed trades with something in common: so many, of which so many came out at `win`, the others at `loss` (rupees, before charges). */
export interface ClosedGroup {
  trades: number; won: number; win: number; loss: number; warnings: readonly string[]; confidence: number | null; heldDays: number; strategy: string;
  /** Which of two shares of different sectors. */
  share: 'first' | 'second';
  /** Volatility of the share when the trade began; null: nobody kept it. */
  regime: VolatilityRegime | null;
  /** Both ways, rupees. */
  fee: number;
}

const DAY_MS = 86_400_000;
const knownRegimes: readonly VolatilityRegime[] = ['LOW_VOL', 'MED_VOL', 'HIGH_VOL'];

/** Two shares of the simulated market that are in different sectors. */
export function twoShares(desk: EvalDesk): Record<'first' | 'second', { symbol: string; sector: string }> {
  const shares = [...desk.market.symbols().values()].flatMap(({ symbol, kind, sector }) => (kind === 'EQUITY' && sector !== undefined ? [{ symbol, sector }] : []));
  const [first] = shares;
  const second = shares.find(({ sector }) => sector !== first?.sector);
  if (!first || !second) throw new Error('the market has no two sectors');
  return { first, second };
}

/** An account of its own with a book of closed trades, the last of them closed an hour ago. Results are spread, so that no stretch of time holds one kind alone. */
export async function openClosedBook(desk: EvalDesk, { name, groups }: { name: string; groups: readonly ClosedGroup[] }): Promise<void> {
  const accountId = await openMadeAccount(desk.database, { name, cashMinor: 100_000_000, ownerId: desk.owner.id });
  const now = desk.market.now();
  const shares = twoShares(desk);
  const features = new Map<string, string>();
  for (const [n, volatilityRegime] of knownRegimes.entries()) {
    const asOf = tradingDate(`2029-01-0${n + 2}`);
    for (const { symbol } of Object.values(shares)) {
      const written = await desk.database.transaction((tx) => writeFeatures(tx, { features: [{ symbol, asOf, volatilityRegime } as FeatureSet], version: 'evals', knownAt: plusMs(now, -100 * DAY_MS) }));
      features.set(`${symbol} ${volatilityRegime}`, written.get(symbol) ?? '');
    }
  }
  await writeBook(desk.database, now, async (book) => {
    let count = 0;
    for (const { trades, won, win, loss, warnings, confidence, heldDays, strategy, share, regime, fee } of groups) {
      for (let n = 0; n < trades; n += 1, count += 1) {
        const closedAt: Instant = plusMs(now, -3_600_000 * (1 + count));
        const { symbol } = shares[share];
        const featureId = regime === null ? undefined : features.get(`${symbol} ${regime}`);
        await book.trade({
          accountId, symbol, qty: 100, strategy, confidence, warnings,
          opened: { at: plusMs(closedAt, -heldDays * DAY_MS), price: 500, fee: fee / 2 }, closed: { at: closedAt, price: 500 + (n < won ? win : loss) / 100, fee: fee / 2 }, ...(featureId === undefined ? {} : { features: { id: featureId } }),
        });
      }
    }
  });
}
