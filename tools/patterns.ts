import { z } from 'zod';
import { type StoredCard, cardsOfActions } from '../db/stores/cards.ts';
import { warningsOf } from '../db/stores/gate-reports.ts';
import { closedPositions, type StoredPosition } from '../db/stores/positions.ts';
import { regimesOfSignals } from '../db/stores/research.ts';
import { checkName } from '../desk/gates/explain.ts';
import type { VolatilityRegime } from '../desk/market/types.ts';
import { wilsonInterval } from '../desk/signals/wilson.ts';
import { closedTrades, fewestTrades, netOf } from './book/closed-trades.ts';
import { everyFill } from './book/trades.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { accountsInScope, commonCurrency } from './book/scope.ts';
import { defineTool } from './define.ts';

const Figure = z.number().nullable();
/** Of trades with something in common. `lossRatePercent` beside that of all trades says whether it predicts losses. */
const Group = z.object({ group: z.string(), trades: z.int(), won: z.int(), winRatePercent: Figure, winLowPercent: z.number().describe('to winHighPercent: what 95 % of such groups would show by chance (Wilson)'), winHighPercent: z.number(), lossRatePercent: Figure, averageMinor: z.int().nullable(), average: Figure, tooFew: z.boolean() });
type Group = z.infer<typeof Group>;
/** A group of fewer trades is shown, and says that it is too small to mean anything. */
const fewestInGroup = 10;

/** A warning that came before losses: `lossLowPercent` to `lossHighPercent` is Wilson's 95 % interval, `othersLossPercent` what was lost of the trades without it. */
const LossPredictor = z.object({ group: z.string(), trades: z.int(), lost: z.int(), lossRatePercent: z.number(), lossLowPercent: z.number(), lossHighPercent: z.number(), othersLossPercent: z.number() });

interface Trade { position: StoredPosition; card: StoredCard | null; warnings: string[]; sector: string | null; regime: VolatilityRegime | null }

/** What closed trades have in common: by warning, confidence, holding time, strategy, sector and the volatility that they began in. Errors: `NO_SUCH_ACCOUNT`. */
export const patterns = defineTool({
  name: 'patterns', purpose: 'Which warnings came before losses, win rate by confidence, best holding time, by strategy, sector and volatility, of closed trades', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), asOf: AsOf }),
  output: z.object({
    asOf: z.string(), currency: z.enum(['INR', 'USD']), closed: z.int(), won: z.int(), winRatePercent: Figure, fewestTrades: z.int(), tooFew: z.boolean(),
    byWarning: z.array(Group), byConfidence: z.array(Group), byHolding: z.array(Group), byStrategy: z.array(Group), bySector: z.array(Group), byRegime: z.array(Group), lossPredictors: z.array(LossPredictor).describe('warnings after which more was lost than without them, beyond chance'), best: Group.nullable().describe('of what sets trades apart'), worst: Group.nullable(),
  }),
  run: async (context, input) => {
    const { database: { orm }, market } = context.services;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context, input.asOf);
    const closed = await closedPositions(orm, { accountIds: accounts.map((account) => account.id), to: moment.asOf, limit: everyFill });
    const actionIds = closed.map((position) => position.actionId);
    const cards = new Map((await cardsOfActions(orm, actionIds)).map((card) => [card.actionId, card]));
    const warnings = await warningsOf(orm, actionIds);
    const signalIds = [...cards.values()].flatMap(({ signalId }) => signalId ?? []);
    const regimes = signalIds.length === 0 ? new Map<string, VolatilityRegime>() : await regimesOfSignals(orm, signalIds);
    const trades = closed.map((position): Trade => ({
      position, card: cards.get(position.actionId) ?? null, regime: regimes.get(cards.get(position.actionId)?.signalId ?? '') ?? null, sector: market.symbols().get(position.symbol)?.sector ?? null, warnings: warnings.filter((row) => row.actionId === position.actionId).map((row) => checkName(row.check)),
    }));
    const all = closedTrades(closed, (id) => id);
    const [byConfidence, byHolding, byStrategy, bySector, byRegime] = [
      grouped(trades, ({ card }) => [confidenceBucket(card?.confidence ?? null)]), grouped(trades, ({ position }) => [holdingBucket(position)]),
      grouped(trades, ({ card }) => [(card?.strategy ?? 'unknown').replaceAll('_', ' ')]), grouped(trades, ({ sector }) => [sector ?? 'sector not known']), grouped(trades, ({ regime }) => [regime === null ? 'volatility not known' : regimeWords[regime]]),
    ];
    // What all trades have in common sets none of them apart.
    const ranked = [byConfidence, byHolding, byStrategy, bySector, byRegime].filter(({ length }) => length > 1).flat().filter((group) => !group.tooFew).sort((a, b) => (b.averageMinor ?? 0) - (a.averageMinor ?? 0));
    return {
      asOf: moment.asOf, currency: commonCurrency(accounts) ?? 'INR', closed: all.closed, won: all.won, winRatePercent: all.winRatePercent, fewestTrades, tooFew: all.tooFew,
      byWarning: grouped(trades, (trade) => (trade.warnings.length > 0 ? trade.warnings : ['no warning'])), byConfidence, byHolding, byStrategy, bySector, byRegime, lossPredictors: lossPredictors(trades), best: ranked[0] ?? null, worst: ranked.at(-1) ?? null,
    };
  },
});

function grouped(trades: readonly Trade[], groupsOf: (trade: Trade) => readonly string[]): Group[] {
  const groups = new Map<string, Trade[]>();
  for (const trade of trades) for (const group of groupsOf(trade)) groups.set(group, [...(groups.get(group) ?? []), trade]);
  return [...groups].map(([group, members]): Group => {
    const nets = members.map(({ position }) => netOf(position));
    const won = nets.filter((net) => net > 0).length;
    const averageMinor = Math.round(nets.reduce((sum, net) => sum + net, 0) / nets.length);
    const winRatePercent = Number(((won * 100) / nets.length).toFixed(2));
    const { low, high } = wilsonInterval(won / nets.length, nets.length);
    return { group, trades: nets.length, won, winRatePercent, winLowPercent: percent(low), winHighPercent: percent(high), lossRatePercent: Number((100 - winRatePercent).toFixed(2)), averageMinor, average: averageMinor / 100, tooFew: nets.length < fewestInGroup };
  }).sort((a, b) => b.trades - a.trades || (a.group < b.group ? -1 : 1));
}

const regimeWords: Record<VolatilityRegime, string> = { LOW_VOL: 'low volatility', MED_VOL: 'medium volatility', HIGH_VOL: 'high volatility' };
const percent = (share: number): number => Number((100 * share).toFixed(2));

/** Warnings whose losses, at the low end of Wilson's 95 % interval, are still more than those of the trades without them; both sides have to be large enough to say so. */
function lossPredictors(trades: readonly Trade[]): z.infer<typeof LossPredictor>[] {
  const lostOf = (among: readonly Trade[]): number => among.filter(({ position }) => netOf(position) <= 0).length;
  return [...new Set(trades.flatMap(({ warnings }) => warnings))].sort().flatMap((group) => {
    const [carrying, others] = [trades.filter(({ warnings }) => warnings.includes(group)), trades.filter(({ warnings }) => !warnings.includes(group))];
    if (carrying.length < fewestInGroup || others.length < fewestInGroup) return [];
    const [lost, othersLoss] = [lostOf(carrying), lostOf(others) / others.length];
    const { low, high } = wilsonInterval(lost / carrying.length, carrying.length);
    return low > othersLoss ? [{ group, trades: carrying.length, lost, lossRatePercent: percent(lost / carrying.length), lossLowPercent: percent(low), lossHighPercent: percent(high), othersLossPercent: percent(othersLoss) }] : [];
  });
}

/** Confidence is a share of 1; where a card has none it is not a low one. */
const confidenceBucket = (confidence: number | null): string => (confidence === null ? 'confidence not given' : confidence < 0.5 ? 'confidence below 50 %' : confidence < 0.6 ? 'confidence 50–60 %' : confidence < 0.7 ? 'confidence 60–70 %' : 'confidence 70 % and more');
function holdingBucket({ openedAt, closedAt }: StoredPosition): string {
  const days = (Date.parse(closedAt ?? openedAt) - Date.parse(openedAt)) / 86_400_000;
  return days < 1 ? 'held less than a day' : days < 5 ? 'held 1–5 days' : days < 10 ? 'held 5–10 days' : days < 20 ? 'held 10–20 days' : 'held 20 days and more';
}
