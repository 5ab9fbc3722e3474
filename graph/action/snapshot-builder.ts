import type { Executor } from '../../db/client.ts';
import { eventById, type StoredEvent } from '../../db/stores/events.ts';
import { confirmedLimits } from '../../db/stores/controls.ts';
import { orderById } from '../../db/stores/execution.ts';
import { activePlaybooks } from '../../db/stores/playbooks.ts';
import { positionById } from '../../db/stores/positions.ts';
import { type Action, type ActionOf, accountOf } from '../../desk/actions/types.ts';
import { decimal } from '../../desk/decimal.ts';
import { chargesFor, roundTripCharges } from '../../desk/execution/charges.ts';
import { setsOf, withSets } from '../../desk/gates/option-payoff.ts';
import { limitsInForce } from '../../desk/gates/limit-settings.ts';
import { type Fact, type GateSnapshot, known, missing, type SessionFact } from '../../desk/gates/snapshot.ts';
import { freshHoursFor } from '../../desk/playbooks/match.ts';
import { correlation } from '../../desk/portfolio/correlation.ts';
import { stanceOf } from '../../desk/signals/stance.ts';
import { type Instant, msBetween } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';
import { keptHistories } from '../../tools/kept-histories.ts';
import { lateAdjustmentFacts } from '../../tools/late-adjustments.ts';
import { partedFacts } from '../../tools/parted-facts.ts';
import type { SymbolHistory } from '../../tools/symbol-history.ts';
import { accountFacts, personFact } from './account-facts.ts';
import { instrumentFacts, instrumentReference } from './instrument-facts.ts';
import { recoveryFact } from './recovery-facts.ts';
import { similarSetupsFact } from './similar-setups.ts';
import type { ActionServices } from './services.ts';

/** Daily returns of 60 sessions that correlate above this move together. */
const clusterCorrelation = 0.7;

/** Everything that the gates read, read once and of one moment, each value with its source and age. Checks fetch nothing themselves. */
export async function buildSnapshot(services: ActionServices, input: { action: Action; actionId: string; personId: string; phase: 'propose' | 'confirm' | 'tranche' }): Promise<GateSnapshot> {
  const { database, market } = services;
  const { action } = input;
  const accountId = accountOf(action) ?? null;
  const wall = services.wallNow();
  const marketTime = market.now();
  // What does not wait for another reading goes to the database together with it.
  const { limits, account, subject, others, history, ...facts } = await database.reading(async (tx) => {
    const [confirmed, subject] = await Promise.all([confirmedLimits(tx), symbolOf(tx, action)]);
    const limits = limitsInForce(services.limits(), confirmed, accountId);
    const [account, person, catalyst, similarSetups, recovery, late, parted] = await Promise.all([
      accountFacts(tx, { accountId, actionId: input.actionId, market, now: wall, duplicateWindowSeconds: limits.duplicateWindowSeconds, phase: input.phase }),
      personFact(tx, { personId: input.personId, accountId, now: wall }), catalystFact(tx, action, marketTime), similarSetupsFact(tx, { action, market, asOf: marketTime }),
      action.kind === 'resume' || action.kind === 'kill_switch_reset' ? recoveryFact(tx, { accountId, now: wall }) : null,
      action.kind === 'holding_adjustment' ? lateAdjustmentFacts(tx, { market, accountId: action.accountId, symbol: action.symbol, exDate: action.exDate, kind: action.of }) : undefined,
      action.kind === 'parted_shares' ? partedFacts(tx, { market, accountId: action.accountId, symbol: action.symbol, exDate: action.exDate, into: action.into }) : undefined,
    ]);
    const held = account.positions.known ? account.positions.value.map((position) => position.symbol) : [];
    const ordered = account.openOrders.known ? account.openOrders.value.map((order) => order.symbol) : [];
    const legs = action.kind === 'option_structure' ? action.legs.map(({ symbol }) => symbol) : [];
    const others = [...new Set([...legs, ...held, ...ordered])].filter((symbol) => symbol !== subject);
    const symbols = subject ? [subject, ...others] : others;
    const [history, reference] = await Promise.all([keptHistories(database, tx, { symbols, asOf: marketTime, calendar: market.calendar(), now: wall }), instrumentReference(tx, { symbols, market })]);
    return { limits, account, subject, others, history, person, catalyst, similarSetups, instruments: instrumentFacts({ symbols, market, history, reference, bannedSymbols: [] }), ...(recovery ? { recovery } : {}), ...(late === undefined ? {} : { lateAdjustment: late ? known(late, 'positions, orders, corporate actions', marketTime) : missing('there is no such account') }), ...(parted === undefined ? {} : { partedShares: parted ? known(parted, 'positions, fills, corporate actions, prices', marketTime) : missing('there is no such account') }) };
  });
  const broker = account.account.known ? services.brokerFor(account.account.value.broker) : null;
  const brokerReachable: GateSnapshot['brokerReachable'] = broker ? known(await broker.reachable(), broker.name, wall) : missing('the account has no broker');
  const { switches, ...accountPart } = account;
  // The market goes on while facts are read. Its time is taken last, so that no price in the snapshot is younger than it.
  const readUpTo = market.now();
  return {
    schema: 1, takenAt: wall, marketTime: readUpTo, marketDate: market.today(), world: { kind: market.kind, label: market.label() }, policyVersion: services.policyVersion, phase: input.phase,
    ...facts, brokerReachable, ...accountPart, limits, switches: { ...switches, killFile: services.killFile() },
    session: sessionFact(market),
    correlatedWith: subject ? correlated(subject, others, history, marketTime) : known([], 'no symbol', marketTime),
    estimatedChargesMinor: chargesFact(action, market),
    ...(action.kind === 'enter' ? { chargesQuantity: action.quantity, ...chargesOfSmaller(action.quantity, (quantity) => chargesFact({ ...action, quantity }, market)) } : {}),
    ...(action.kind === 'option_structure' ? { chargesQuantity: setsOf(action), ...chargesOfSmaller(setsOf(action), (sets) => legCharges(withSets(action, sets), market)) } : {}),
    tradingDays: comingDays(market),
  };
}

async function symbolOf(executor: Executor, action: Action): Promise<string | null> {
  if ('symbol' in action) return action.symbol;
  if (action.kind === 'option_structure') return action.underlying;
  if (action.kind === 'modify' && action.positionId) return (await positionById(executor, action.positionId))?.symbol ?? null;
  const orderId = action.kind === 'cancel' || action.kind === 'modify' ? action.orderId : undefined;
  return orderId ? ((await orderById(executor, orderId))?.symbol ?? null) : null;
}

export function sessionFact(market: MarketView): Fact<SessionFact> {
  const now = market.now();
  const today = market.today();
  const calendar = market.calendar();
  if (!calendar.covers(today)) return missing(`the exchange calendar does not cover ${today}`);
  const session = calendar.session(today);
  const nextDay = calendar.next(today);
  const open = session !== null && now >= session.open && now < session.close;
  const nextOpen = session && now < session.open ? session.open : nextDay ? (calendar.session(nextDay)?.open ?? null) : null;
  const reason = open ? 'open' : session ? (now < session.open ? 'before the open' : 'after the close') : (calendar.holidayName(today) ?? 'no session today');
  return known({ open, tradingDay: session !== null, opensAt: session?.open ?? null, closesAt: session?.close ?? null, nextOpen, reason, queuesForOpen: market.kind === 'replay' }, `${calendar.exchange} calendar`, now);
}

function comingDays(market: MarketView): GateSnapshot['tradingDays'] & object {
  const calendar = market.calendar();
  const days = [];
  for (let n = 0, day = calendar.isTradingDay(market.today()) ? market.today() : calendar.next(market.today()); day !== null && n < 40; n += 1, day = calendar.next(day)) days.push(day);
  return days;
}

function correlated(subject: string, others: readonly string[], history: ReadonlyMap<string, SymbolHistory>, asOf: Instant): GateSnapshot['correlatedWith'] {
  const closes = (symbol: string) => new Map((history.get(symbol)?.bars ?? []).slice(-61).map((bar) => [bar.date, bar.close]));
  const own = closes(subject);
  const found = others.filter((other) => {
    const theirs = closes(other);
    const dates = [...own.keys()].filter((date) => theirs.has(date));
    if (dates.length < 30) return false;
    const returns = (series: Map<string, number>) => dates.slice(1).map((date, i) => (series.get(date) ?? 0) / (series.get(dates[i] ?? '') ?? 1) - 1);
    const value = correlation(returns(own as Map<string, number>), returns(theirs as Map<string, number>));
    return value !== null && value >= clusterCorrelation;
  });
  return known(found, `correlation of daily returns ≥ ${clusterCorrelation}, 60 sessions`, asOf);
}

async function catalystFact(executor: Executor, action: Action, now: Instant): Promise<GateSnapshot['catalyst']> {
  if (action.kind !== 'enter' || !action.eventId) return null;
  const event = await eventById(executor, action.eventId, now);
  if (!event) return missing('the event behind it is not known');
  return known({ eventId: event.id, happenedAt: event.happenedAt, knownAt: event.knownAt, ageHours: msBetween(event.knownAt, now) / 3_600_000, staleHours: await staleHoursOf(executor, event) }, event.source, event.knownAt);
}

/** What a playbook says of such news; null: the desk's setting holds. */
async function staleHoursOf(executor: Executor, event: StoredEvent): Promise<number | null> {
  const stance = stanceOf(event);
  if (stance === null || stance === 'NEUTRAL') return null;
  const hours = freshHoursFor(await activePlaybooks(executor), { eventType: event.eventType, stance }, 0);
  return hours > 0 ? hours : null;
}

function chargesFact(action: Action, market: MarketView): GateSnapshot['estimatedChargesMinor'] {
  if (action.kind === 'option_structure') return legCharges(action, market);
  if (action.kind !== 'enter' && action.kind !== 'reduce' && action.kind !== 'exit') return missing('not an order');
  const quantity = 'quantity' in action ? action.quantity : 0;
  const quote = market.quote(action.symbol);
  const price = action.limitPrice ? Number(action.limitPrice) : quote?.last;
  if (!price || quantity === 0) return missing('no price is known');
  const charges = roundTripCharges({ exchange: action.exchange, product: action.kind === 'enter' ? action.product : 'DELIVERY', quantity, entryPrice: decimal(price), exitPrice: decimal(price), date: market.today(), instrument: 'EQUITY' });
  return charges.known ? known(charges.totalMinor, 'charges table', market.now()) : missing(charges.reason);
}

/** Of half the size, a quarter and so on down to one; none where a charge is not known. */
function chargesOfSmaller(quantity: number, chargesAt: (quantity: number) => GateSnapshot['estimatedChargesMinor']): Pick<GateSnapshot, 'chargesOfSmaller'> {
  const found: [number, number][] = [];
  for (let size = Math.floor(quantity / 2); size > 0; size = Math.floor(size / 2)) {
    const charges = chargesAt(size);
    if (!charges.known) return {};
    found.push([size, charges.value]);
  }
  return found.length === 0 ? {} : { chargesOfSmaller: found };
}

/** Of every leg in and out again; what is closed pays once. */
function legCharges(action: ActionOf<'option_structure'>, market: MarketView): GateSnapshot['estimatedChargesMinor'] {
  let total = 0;
  for (const { side, lots, lotSize, limitPrice, effect } of action.legs) {
    const request = { exchange: action.exchange ?? 'NSE' as const, product: 'DELIVERY' as const, quantity: lots * lotSize, date: market.today(), instrument: 'INDEX_OPTION' as const };
    const charges = effect === 'CLOSE' ? chargesFor({ ...request, side, price: limitPrice }) : roundTripCharges({ ...request, entrySide: side, entryPrice: limitPrice });
    if (!charges.known) return missing(charges.reason);
    total += charges.totalMinor;
  }
  return known(total, 'charges table', market.now());
}
