import { z } from 'zod';
import { listAccounts } from '../db/stores/accounts.ts';
import { formatDay } from '../desk/format.ts';
import { lastFromWords } from '../desk/market/last-price.ts';
import { spanMargin } from '../desk/options/structures/span-margin.ts';
import { yearsUntil } from '../desk/options/stored-chain.ts';
import { dateIn, timeIn } from '../desk/time.ts';
import { defineTool } from './define.ts';
import { heldLegs } from './held-legs.ts';
import { ImaginedMove, MoveInput, imagineMove } from './imagined-move.ts';
import { MarginDetail, marginDetailOf } from './margin-detail.ts';
import { structuresHeld } from './option-book.ts';
import { accountNamed } from './order-terms.ts';

const Figure = z.number().nullable();
const Output = z.object({
  asOf: z.string(),
  structures: z.array(z.object({
    account: z.string(), cardNumber: z.int().nullable(), structure: z.string(), structureText: z.string(), underlying: z.string(), expiry: z.string(), expiryText: z.string(), daysLeft: z.number(),
    legs: z.array(z.object({ contract: z.string(), quantity: z.number(), averagePrice: z.number(), last: Figure, lastFrom: z.string().nullable().describe('what the last price is where no trade is known; null: a trade'), iv: Figure, delta: Figure, profit: Figure })),
    netPremium: z.number().describe('paid (positive) or received (negative) for what is held'), value: Figure.describe('of what is held now'), profit: Figure.describe('unrealised, before charges'), charges: z.number(),
    greeks: z.object({ delta: Figure, gamma: Figure, thetaPerDay: Figure, vega: Figure }).describe('delta in units of the underlying, vega for one volatility point; null where a leg has none'),
    maxLoss: Figure.describe('as confirmed'), margin: Figure.describe('as confirmed'), marginNow: Figure.describe('estimated anew; null where not every leg is priced now'), marginDetail: MarginDetail.nullable(), whatIf: ImaginedMove.extend({ change: Figure.describe('of the profit so far') }).nullable(), settlement: z.string().nullable(), notes: z.array(z.string()),
  })),
});
export type OptionPositionsAnswer = z.output<typeof Output>;

/** Option positions by structure, with live greeks and profit. */
export const optionPositions = defineTool({
  name: 'option_positions', purpose: 'Option structures that are held: legs, live greeks, profit and days left', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), whatIf: MoveInput.optional().describe('what each would have made if its underlying moves by so many percent and volatility by so many points by a date') }), output: Output,
  run: async (context, { account, whatIf }) => {
    const { services: { market, database: { orm } } } = context;
    const ids = account === undefined ? context.caller.viewableAccountIds : [(await accountNamed(context, account)).id];
    const names = new Map((await listAccounts(orm)).map((each) => [each.id, each.name]));
    const now = market.now();
    const structures = (await structuresHeld(context, ids)).map((held): OptionPositionsAnswer['structures'][number] => {
      const legs = held.legs.map(({ position, option, last, lastFrom }) => {
        const average = Number(position.averagePrice);
        return { contract: position.symbol, quantity: position.quantity, averagePrice: average, last, lastFrom: lastFrom && lastFromWords[lastFrom], iv: option?.impliedVolatility ?? null, delta: option?.greeks?.delta ?? null, profit: last === null ? null : (last - average) * position.quantity };
      });
      const sum = (values: readonly (number | null)[]): number | null => (values.some((value) => value === null) ? null : values.reduce<number>((total, value) => total + (value ?? 0), 0));
      const greek = (name: 'delta' | 'gamma' | 'thetaPerDay' | 'vega', scale = 1): number | null => sum(held.legs.map(({ option, position }) => (option?.greeks ? option.greeks[name] * position.quantity * scale : null)));
      const valued = heldLegs(context, held);
      const margin = valued ? spanMargin(valued.legs, valued.span) : null;
      const profit = sum(legs.map((leg) => leg.profit));
      const moved = whatIf && valued && held.chain ? imagineMove({ legs: valued.legs, spot: valued.span.spot, rate: held.chain.rate, asOf: held.chain.snapshot.asOf, exchange: held.chain.snapshot.exchange, today: market.today(), move: whatIf }) : null;
      const expiry = held.legs.map(({ contract }) => contract.expiry).sort()[0] ?? now.slice(0, 10);
      const settles = market.contract(held.legs[0]?.position.symbol ?? '')?.settles;
      return {
        account: names.get(held.accountId) ?? '', cardNumber: held.cardNumber, structure: held.action?.structure ?? 'custom', structureText: (held.action?.structure ?? 'custom').replaceAll('_', ' '), underlying: held.underlying, expiry, expiryText: formatDay(expiry as Parameters<typeof formatDay>[0], market.today()),
        daysLeft: 365 * yearsUntil({ exchange: held.chain?.snapshot.exchange ?? 'NSE', expiry: expiry as Parameters<typeof formatDay>[0], from: now }),
        legs, netPremium: held.legs.reduce((total, { position }) => total + Number(position.averagePrice) * position.quantity, 0), value: sum(legs.map(({ last, quantity }) => (last === null ? null : last * quantity))), profit,
        charges: held.legs.reduce((total, { position }) => total + position.feesMinor, 0) / 100,
        greeks: { delta: greek('delta'), gamma: greek('gamma'), thetaPerDay: greek('thetaPerDay'), vega: greek('vega', 0.01) },
        maxLoss: held.action?.maxLossMinor == null ? null : held.action.maxLossMinor / 100, margin: held.action ? held.action.marginMinor / 100 : null,
        marginNow: margin ? Math.round(margin.total * 100) / 100 : null, marginDetail: margin && valued ? marginDetailOf(margin, valued.span) : null, whatIf: moved ? { ...moved, change: profit === null ? null : moved.profit - profit } : null,
        settlement: settles === 'PHYSICAL' ? `settled in ${held.underlying} shares: what is in the money at expiry is delivered` : settles === 'CASH' ? 'settled in cash at the closing price, less the tax on exercise of what is held and ends in the money' : null,
        notes: [
          ...(held.chain === null ? [`No chain of ${held.underlying} is known now.`] : market.kind === 'replay' ? [`Its prices are those of the chain of ${formatDay(dateIn(held.chain.snapshot.asOf, market.zone), market.today())} ${timeIn(held.chain.snapshot.asOf, market.zone)}${held.chain.tradable ? '' : ': another session has opened since'}.`] : []),
          ...legs.flatMap(({ contract, lastFrom }) => (lastFrom === null ? [] : [`No trade of ${contract} is known; ${lastFrom} stands for its last price.`])),
        ],
      };
    });
    return { asOf: now, structures };
  },
});
