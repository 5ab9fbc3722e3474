import type { Action, ActionOf } from '../../actions/types.ts';
import { type Decimal, roundToTick } from '../../decimal.ts';
import { formatPrice } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { currencyOf, instrumentOf, isExact, tenThousandths } from '../figures.ts';
import { lacks, notApplicable, passes, fails } from '../outcomes.ts';
import { orderOf, positionOf } from '../reduces-risk.ts';
import type { GateSnapshot } from '../snapshot.ts';

type Priced = ActionOf<'enter'> | ActionOf<'exit'> | ActionOf<'reduce'> | ActionOf<'modify'>;

function symbolOf(snapshot: GateSnapshot, action: Priced): string | undefined {
  if (action.kind !== 'modify') return action.symbol;
  if (action.positionId !== undefined) return positionOf(snapshot, action.accountId, action.positionId)?.symbol;
  return action.orderId === undefined ? undefined : orderOf(snapshot, action.accountId, action.orderId)?.symbol;
}

/** The prices that go to the exchange, named. A trail's distance is a difference: the desk puts its stops on the tick. */
function pricesOf(action: Action): [string, Decimal][] {
  const named: [string, Decimal | undefined][] = [];
  if (action.kind === 'enter') named.push(['limit', action.limitPrice], ['stop', action.bracket.stop], ['target', action.bracket.target]);
  if (action.kind === 'exit' || action.kind === 'reduce') named.push(['limit', action.limitPrice]);
  if (action.kind === 'modify') named.push(['limit', action.limitPrice], ['stop', action.stop], ['target', action.target]);
  return named.filter((entry): entry is [string, Decimal] => entry[1] !== undefined);
}

function firstOffTick(snapshot: GateSnapshot, action: Priced): { name: string; price: Decimal; tick: Decimal } | 'no tick' | null {
  const tick = instrumentOf(snapshot, symbolOf(snapshot, action) ?? '')?.tickSize;
  const step = tick === undefined ? 0 : tenThousandths(tick);
  if (tick === undefined || !(step > 0)) return 'no tick';
  const found = pricesOf(action).find(([, price]) => !isExact(price) || tenThousandths(price) % step !== 0);
  return found ? { name: found[0], price: found[1], tick } : null;
}

/** Every price is a multiple of the exchange's step. */
export const tickSize = defineCheck({
  id: 'tick_size', version: 1, appliesTo: ['enter', 'exit', 'reduce', 'modify'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.tickSize'],
  evaluate(snapshot, action) {
    if (pricesOf(action).length === 0) return notApplicable('Names no price.');
    const off = firstOffTick(snapshot, action);
    if (off === 'no tick') return lacks('The tick size', 'the symbol is not among the instruments that were read');
    if (off === null) return passes('All prices are on the tick.');
    const currency = currencyOf(snapshot);
    return fails(`The ${off.name} ${formatPrice(off.price, currency)} is not a multiple of the tick ${formatPrice(off.tick, currency)}.`);
  },
  nearestPass(snapshot, action) {
    const off = firstOffTick(snapshot, action);
    if (off === null || off === 'no tick') return null;
    const price = roundToTick(Number(off.price), Number(off.tick));
    return { change: 'price', price: Number(price) > 0 ? price : off.tick };
  },
});
