import type { ActionOf } from '../../actions/types.ts';
import { formatPercent } from '../../format.ts';
import { type Decimal, type Minor, roundToTick } from '../../decimal.ts';
import { defineCheck, type NearestPass, type Outcome } from '../define.ts';
import { entryRisk } from '../entry-terms.ts';
import { costMinor, currencyOf, instrumentOf, moneyPair, shareOf } from '../figures.ts';
import { structureRisk } from '../option-terms.ts';
import { atMost, fails, lacks, notApplicable, reasonOf } from '../outcomes.ts';
import { orderOf, positionOf, riskDirection } from '../reduces-risk.ts';
import type { GateSnapshot, OpenOrderFacts, PositionFacts } from '../snapshot.ts';

type Loss = { known: true; value: Minor | null } | { known: false; reason: string };
const unknown = (reason: string): Loss => ({ known: false, reason });

/** What a position can still lose with its stop there, from the last price; all of it without a stop. */
function riskAt({ last, quantity, symbol }: PositionFacts, stop: number | null): Loss {
  if (last === null || !(last > 0)) return unknown(`no last price of ${symbol}`);
  if (stop === null && quantity < 0) return { known: true, value: null };
  return { known: true, value: costMinor(stop === null ? last : Math.max(0, quantity > 0 ? last - stop : stop - last), quantity) };
}

/** An entry that is moved to a worse price loses more at the stop that it was confirmed with. */
function riskOfEntry(order: OpenOrderFacts, price: Decimal | undefined): Loss {
  if (price === undefined || order.stop === undefined || order.stop === null) return unknown(`the stop of the entry in ${order.symbol} was not recorded`);
  const distance = (order.side === 'BUY' ? 1 : -1) * (Number(price) - order.stop);
  return { known: true, value: costMinor(distance > 0 ? distance : Number(price), order.remainingQuantity) };
}

function riskAfter(snapshot: GateSnapshot, action: ActionOf<'modify'> | ActionOf<'cancel'>): Loss | 'untouched' {
  if (riskDirection(action, snapshot) !== 'raises') return 'untouched';
  if (!snapshot.positions.known) return unknown(snapshot.positions.reason);
  if (action.kind === 'modify' && action.positionId !== undefined) {
    const position = positionOf(snapshot, action.accountId, action.positionId);
    return position ? riskAt(position, action.stop === undefined ? position.stop : Number(action.stop)) : unknown('no such position');
  }
  const order = action.orderId === undefined ? undefined : orderOf(snapshot, action.accountId, action.orderId);
  if (!order) return unknown('no such order');
  if (order.category === 'ENTRY') return riskOfEntry(order, action.kind === 'modify' ? action.limitPrice : undefined);
  const position = snapshot.positions.value.find(({ symbol, accountId }) => symbol === order.symbol && accountId === action.accountId);
  if (!position) return 'untouched';
  const protects = order.category === 'STOP_LOSS' || order.category === 'TRAIL';
  const moved = action.kind === 'modify' ? action.limitPrice ?? action.stop : undefined;
  return riskAt(position, protects ? (moved === undefined ? null : Number(moved)) : position.stop);
}

/** The stop farthest from the market that keeps within risk per trade, on the tick. */
function farthestStop(snapshot: GateSnapshot, { last, quantity, symbol }: PositionFacts): NearestPass | null {
  const tick = instrumentOf(snapshot, symbol)?.tickSize;
  if (last === null || tick === undefined || !snapshot.mandate.known || !snapshot.balances.known || quantity === 0) return null;
  const room = shareOf(Math.max(0, snapshot.balances.value.equityMinor), snapshot.mandate.value.riskPerTradePercent);
  const distance = Math.floor((room * 100) / Math.abs(quantity)) / 10_000;
  const long = quantity > 0;
  const bound = long ? last - distance : last + distance;
  return bound > 0 ? { change: 'price', price: roundToTick(bound, Number(tick), long ? 'up' : 'down') } : null;
}

/** Loss at the stop, charges included, against the mandate's risk per trade. Unknown charges are not zero. */
export const positionSize = defineCheck({
  id: 'position_size', version: 1, appliesTo: ['enter', 'option_structure', 'modify', 'cancel'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['mandate.riskPerTradePercent', 'balances.equityMinor', 'instruments.quote', 'estimatedChargesMinor', 'positions'],
  evaluate(snapshot, action): Outcome {
    const { mandate, balances } = snapshot;
    const risk = action.kind === 'enter' ? entryRisk(snapshot, action) : action.kind === 'option_structure' ? structureRisk(snapshot, action) : riskAfter(snapshot, action);
    if (risk === 'untouched') return notApplicable('Leaves the loss at the stop as it is.');
    if (!risk.known) return lacks('What this can lose', risk.reason);
    if (!mandate.known) return lacks("The account's mandate", reasonOf(mandate));
    if (!balances.known) return lacks("The account's equity", reasonOf(balances));
    if (risk.value === null) return fails('What this can lose has no bound.');
    const percent = mandate.value.riskPerTradePercent;
    const limit = shareOf(Math.max(0, balances.value.equityMinor), percent);
    const [measuredText, limitText] = moneyPair(snapshot, risk.value, limit);
    return atMost({ measured: risk.value, limit, unit: currencyOf(snapshot) === 'INR' ? 'paise' : 'cents', message: `The most this can lose is ${measuredText}; risk per trade is ${limitText} (${formatPercent(percent)} of equity).` });
  },
  nearestPass(snapshot, action) {
    if (action.kind === 'cancel') return { change: 'command', say: 'move the stop instead, or exit' };
    const position = action.kind === 'modify' && action.positionId !== undefined ? positionOf(snapshot, action.accountId, action.positionId) : undefined;
    return position && action.kind === 'modify' && action.stop !== undefined ? farthestStop(snapshot, position) : null;
  },
});
