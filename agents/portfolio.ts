import { z } from 'zod';
import type { exposure } from '../tools/exposure.ts';
import type { portfolioRisk } from '../tools/portfolio-risk.ts';
import type { RotationAnswer } from '../tools/rotation.ts';
import { formatMoney, formatPercent } from '../desk/format.ts';
import { defineAgent, type TurnTools } from './define.ts';

/** Catalogue A4. `estGain` and `cost` are in minor units; null where nobody can say, with the reason in `reason`. */
export const PortfolioAdvice = z.strictObject({
  summary: z.string().min(1).max(600),
  proposals: z.array(z.strictObject({ kind: z.enum(['TRIM', 'HEDGE', 'ROTATE']), action: z.string().min(1).max(200), reason: z.string().min(1).max(300), estGain: z.number().nullable(), cost: z.number().nullable() })).max(5),
});
export type PortfolioAdvice = z.output<typeof PortfolioAdvice>;
export interface PortfolioQuestion { /** Name or id; absent: every account. */ account?: string }

type Exposure = z.output<(typeof exposure)['output']>;
type Risk = z.output<(typeof portfolioRisk)['output']>;

export const portfolio = defineAgent<PortfolioQuestion, typeof PortfolioAdvice>({
  name: 'Portfolio',
  purpose: 'Looks over what is held: performance, exposure, risk, cash; what to trim, rotate or hedge and what that would cost',
  systemPrompt: [
    'You look over the accounts of a trading desk and answer what was asked about them: summary in one to four sentences, the answer first.',
    'proposals are for a person to weigh: TRIM what is over its limit, ROTATE from the weakest to the strongest only where results show both, HEDGE a beta that is off its target. Each names the action, the reason with the figures it rests on, estGain and cost in minor units. A gain that no result gives is null: past returns are no forecast. Propose nothing rather than something without a reason.',
    'You propose no orders yourself and decide nothing. What is null in a result is not known, and you say so; it is not zero.',
  ].join('\n'),
  tools: ['portfolio_state', 'performance', 'exposure', 'limits', 'portfolio_risk', 'rotation', 'treasury', 'cash_flows', 'capital_gains', 'orders', 'fills', 'patterns', 'reliability', 'accounts', 'mandate'],
  readsOutsideText: false,
  output: PortfolioAdvice,
  async twin({ account }, tools) {
    const named = account === undefined ? {} : { account };
    return { ...(await adviceBy(tools, named)) };
  },
});

/** By rules: what is over its limit is trimmed to it, a beta that is off its target is hedged by the difference, and a holding is changed for a candidate where that pays its cost. */
async function adviceBy(tools: TurnTools, named: { account?: string }): Promise<PortfolioAdvice> {
  const exposed = await tools.call<Exposure>('exposure', named);
  const risk = await tools.call<Risk>('portfolio_risk', named);
  if (!exposed.ok) return { summary: exposed.error.message, proposals: [] };
  const { sectors, symbols, currency, reasons } = exposed.output;
  const over = [...sectors, ...symbols].filter((use) => use.headroomMinor !== null && use.headroomMinor < 0);
  const trims = over.map((use): PortfolioAdvice['proposals'][number] => ({
    kind: 'TRIM', action: `Reduce ${use.name} in ${use.account} by ${formatMoney(-(use.headroomMinor ?? 0), currency)}`, estGain: null, cost: null,
    reason: `It is ${formatPercent(use.percent ?? 0)} of equity; the limit is ${formatPercent(use.limitPercent ?? 0)}. Gain and charges are not estimated before there is an order.`,
  }));
  const hedges = risk.ok ? hedgeFor(risk.output) : [];
  const rotated = symbols.length === 0 ? null : await tools.call<RotationAnswer>('rotation', named);
  const rotations = rotated?.ok ? rotationsFor(rotated.output) : [];
  const [largest] = sectors;
  const held = symbols.length === 0 ? 'Nothing is held or on order.' : largest?.percent === null || !largest ? 'What is held cannot be valued.' : `Largest sector: ${largest.name}, ${formatPercent(largest.percent)} of equity in ${largest.account}.`;
  const within = over.length === 0 ? (symbols.length === 0 ? '' : ' Everything is within its limits.') : ` ${over.length === 1 ? 'One is' : `${over.length} are`} over the limit.`;
  return { summary: [`${held}${within}`, ...(risk.ok ? [] : [risk.error.message]), ...reasons].join(' ').slice(0, 600), proposals: [...trims, ...hedges, ...rotations].slice(0, 5) };
}

const rotationsFor = ({ pairs, currency }: RotationAnswer): PortfolioAdvice['proposals'] => pairs.filter(({ worthIt }) => worthIt).slice(0, 2).map((pair) => ({
  kind: 'ROTATE', action: `Sell ${pair.sell.quantity} ${pair.sell.symbol} and buy ${pair.buy.quantity} ${pair.buy.symbol} in ${pair.account}`, estGain: pair.gainMinor, cost: pair.chargesMinor + (pair.spreadMinor ?? 0) + (pair.taxMinor ?? 0),
  reason: `${formatMoney(pair.expectedMinor, currency)} is expected of ${pair.buy.symbol} from ${pair.buy.comparables} similar set-ups, ${formatMoney(pair.givenUpMinor, currency)} still of ${pair.sell.symbol}; the bar is ${formatMoney(pair.barMinor, currency)}.`.slice(0, 300),
}));

function hedgeFor({ beta, targetBeta, betaAlert, equityMinor, currency }: Risk): PortfolioAdvice['proposals'] {
  // A book below its target beta is short of shares, which no hedge cures.
  if (!betaAlert || beta === null || targetBeta === null || equityMinor === null || beta <= targetBeta) return [];
  return [{
    kind: 'HEDGE', action: `Sell index futures, or buy index puts, worth ${formatMoney(Math.round((beta - targetBeta) * equityMinor), currency)}`, estGain: null, cost: null,
    reason: `Beta is ${beta.toFixed(2)} against a target of ${targetBeta.toFixed(2)}. What the hedge costs is not known: no price of it was asked for.`,
  }];
}
