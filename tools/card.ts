import { z } from 'zod';
import { reportsOf, transitionsOf } from '../db/stores/actions.ts';
import { confirmationOf } from '../db/stores/confirmations.ts';
import { eventById } from '../db/stores/events.ts';
import { listFills, listOrders } from '../db/stores/execution.ts';
import { personById } from '../db/stores/people.ts';
import { dateIn } from '../desk/time.ts';
import { blocksOf, passedCount, warningsOf, wouldPass } from '../desk/gates/explain.ts';
import { defineTool } from './define.ts';
import { outsideEvent } from './outside-event.ts';
import type { ToolServices } from './services.ts';
import { localTime } from './book/local-time.ts';
import { findTrade } from './story/find-trade.ts';

const Figure = z.number().nullable();
const Check = z.looseObject({ id: z.string(), severity: z.string(), passed: z.boolean(), measured: Figure, limit: Figure, unit: z.string(), headroom: Figure, message: z.string() });
const Evidence = z.object({ text: z.string(), evidenceId: z.string().nullable(), evidenceKind: z.string().nullable(), title: z.string().nullable(), source: z.string().nullable(), url: z.string().nullable(), knownAt: z.string().nullable() });
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), cardNumber: z.int(), actionId: z.string(), kind: z.string(), state: z.string(), status: z.string(), account: z.string().nullable(), symbol: z.string().nullable(), exchange: z.string().nullable(),
  direction: z.string().nullable(), strategy: z.string(), quantity: z.int().nullable(), entryPrice: Figure, stop: Figure, target: Figure, horizonDays: z.int().nullable(), valueMinor: z.int().nullable(), riskMinor: z.int().nullable(), rewardMinor: z.int().nullable(), riskRewardRatio: Figure,
  confidence: Figure, edgePercent: Figure, modelVersion: z.string(), judge: z.object({ text: z.string() }).nullable(), last: Figure, evidence: z.array(Evidence), risks: z.array(z.object({ text: z.string() })), reason: z.string().nullable(), proposedBy: z.string(), marketTime: z.string(), when: z.string().describe('market clock'), what: z.string(), createdAt: z.string().describe('wall clock'),
  gates: z.object({ verdict: z.string(), phase: z.string(), passed: z.int(), warnings: z.int(), blocks: z.int(), worstLossMinor: z.int().nullable(), checks: z.array(Check), counterfactuals: z.array(z.string()) }).nullable(), reports: z.int(),
  confirmation: z.object({ id: z.string(), status: z.string(), expiresAt: z.string(), decidedAt: z.string().nullable(), decidedIn: z.string().nullable(), decidedBy: z.string().nullable().describe('“you”, or the name of who said yes or no'), decidedWhen: z.string().nullable().describe('wall clock') }).nullable(),
  orders: z.array(z.object({ orderId: z.string(), category: z.string(), side: z.string(), quantity: z.int(), filledQuantity: z.int(), status: z.string(), limitPrice: Figure, triggerPrice: Figure })),
  fills: z.array(z.object({ fillId: z.string(), quantity: z.int(), price: z.number(), chargesMinor: z.int(), realisedMinor: z.int(), at: z.string() })),
  transitions: z.array(z.object({ from: z.string().nullable(), to: z.string(), at: z.string(), reason: z.string().nullable() })),
});

/** All that is on a card: terms, evidence, latest gate report, question, orders, fills, every step. Errors: `NO_SUCH_CARD`. */
export const card = defineTool({
  name: 'card', purpose: 'Everything on one card: terms, thesis with its evidence, gate report, question, orders and fills', effect: 'read', permission: 'account:read',
  input: z.object({ card: z.int().positive() }), output: Output,
  run: async (context, input) => {
    const { services } = context;
    const { database: { orm }, market } = services;
    const found = await findTrade(context, { card: input.card });
    const { stored, account } = found;
    const terms = found.card;
    if (!terms) throw new Error(`card ${input.card} was found without its terms`);
    const reports = await reportsOf(orm, stored.id);
    const latest = reports.at(-1);
    const confirmation = await confirmationOf(orm, stored.id);
    const decider = confirmation === null || confirmation.decidedBy === null ? null : await personById(orm, confirmation.decidedBy);
    const owned = stored.accountId === null ? [] : [stored.accountId];
    const numberOf = (price: string | null): number | null => (price === null ? null : Number(price));
    return {
      asOf: market.now(), currency: account?.baseCurrency ?? 'INR', cardNumber: terms.number, actionId: stored.id, kind: stored.action.kind, state: stored.state, status: terms.status, account: account?.name ?? null, symbol: terms.symbol, exchange: terms.exchange,
      direction: terms.direction, strategy: terms.strategy, quantity: terms.quantity, entryPrice: numberOf(terms.entryPrice), stop: numberOf(terms.stopLoss), target: numberOf(terms.takeProfit), horizonDays: terms.horizonDays,
      valueMinor: terms.valueMinor, riskMinor: terms.riskMinor, rewardMinor: terms.rewardMinor, riskRewardRatio: terms.riskRewardRatio, confidence: terms.confidence, edgePercent: terms.edgePercent, modelVersion: terms.modelVersion, judge: terms.judgeRationale === null ? null : { text: terms.judgeRationale },
      last: terms.symbol === null ? null : (market.quote(terms.symbol)?.last ?? null), evidence: await evidenceOf(services, terms.thesis), risks: terms.risks.map((text) => ({ text })), reason: stored.reason ?? terms.rejectionReason,
      proposedBy: stored.proposer.kind === 'person' ? (stored.proposer.personId === context.caller.personId ? 'you' : ((await personById(orm, stored.proposer.personId))?.name ?? 'a person')) : stored.proposer.kind === 'agent' ? stored.proposer.agent : stored.proposer.rule,
      marketTime: stored.marketTime, when: localTime(stored.marketTime, { today: market.today(), zone: market.zone }), what: [terms.direction === null ? terms.strategy.replaceAll('_', ' ') : terms.direction === 'LONG' ? 'BUY' : 'SELL', terms.quantity, terms.symbol].filter((part) => part !== null).join(' '), createdAt: stored.createdAt, reports: reports.length,
      gates: latest ? {
        verdict: latest.report.verdict, phase: latest.phase, passed: passedCount(latest.report), warnings: warningsOf(latest.report).length, blocks: blocksOf(latest.report).length, worstLossMinor: latest.report.worstLossMinor,
        checks: latest.report.checks.filter((check) => check.code !== 'NOT_APPLICABLE').map((check) => ({ ...check })), counterfactuals: wouldPass(latest.report),
      } : null,
      confirmation: confirmation ? { id: confirmation.id, status: confirmation.status, expiresAt: confirmation.expiresAt, decidedAt: confirmation.decidedAt, decidedIn: confirmation.decidedIn, decidedBy: decider === null ? null : decider.id === context.caller.personId ? 'you' : decider.name, decidedWhen: confirmation.decidedAt === null ? null : localTime(confirmation.decidedAt, { today: dateIn(services.wallNow(), market.zone), zone: market.zone }) } : null,
      orders: (await listOrders(orm, { accountIds: owned, actionId: stored.id, limit: 100 })).map((order) => ({
        orderId: order.id, category: order.category, side: order.side, quantity: order.quantity, filledQuantity: order.filledQuantity, status: order.status, limitPrice: numberOf(order.limitPrice), triggerPrice: numberOf(order.triggerPrice),
      })),
      fills: (await listFills(orm, { accountIds: owned, actionId: stored.id, limit: 500 })).map((fill) => ({ fillId: fill.id, quantity: fill.quantity, price: fill.price, chargesMinor: fill.chargesMinor, realisedMinor: fill.realisedMinor, at: fill.happenedAt })),
      transitions: await transitionsOf(orm, stored.id),
    };
  },
});

/** The thesis with the titles of what it rests on. Words from outside stand under `title`, `text` and `url` alone: models are not given those. */
const evidenceOf = ({ database, market }: ToolServices, thesis: readonly { text: string; evidenceId: string | null; evidenceKind: string | null }[]): Promise<z.infer<typeof Evidence>[]> =>
  Promise.all(thesis.map(async (bullet) => {
    const event = bullet.evidenceKind === 'event' && bullet.evidenceId ? await eventById(database.orm, bullet.evidenceId, market.now()) : null;
    const shown = event && outsideEvent(event, { zone: market.zone, near: market.today() });
    return { ...bullet, title: shown?.title ?? null, source: shown?.source ?? null, url: shown?.url ?? null, knownAt: shown?.knownAt ?? null };
  }));
