import Big from 'big.js';
import type { Side } from '../actions/types.ts';
import type { Decimal, Minor } from '../decimal.ts';
import type { Exchange } from '../market/types.ts';
import type { TradingDate } from '../time.ts';
import { type BrokerageSchedule, brokerageOn, defaultSchedule } from './brokerage.ts';
import { type ChargeName, type ChargeRate, type ChargeSegment, chargeRates, gstRates, requiredCharges } from './charge-rates.ts';

export type ChargedInstrument = 'EQUITY' | 'INDEX_FUTURE' | 'INDEX_OPTION';

export interface ChargesRequest {
  exchange: Exchange;
  product: 'DELIVERY' | 'INTRADAY';
  side: Side;
  /** Shares or units of the contract (lots × lot size). */
  quantity: number;
  /** Per share; for options the premium. */
  price: Decimal;
  /** The trading date of the fill. */
  date: TradingDate;
  instrument: ChargedInstrument;
  schedule?: BrokerageSchedule;
  /** What the same order has filled before, so that caps, flat fees and rounding count once an order, not once a fill. */
  earlier?: { quantity: number; turnover: Decimal };
  /** The depository has already debited this symbol in this account today. */
  depositoryDebited?: boolean;
}

export type Charges =
  | { known: true; byName: Record<string, Minor>; totalMinor: Minor }
  | { known: false; reason: string; field: 'date' | 'instrument' };

type Rounding = 'rupee' | 'paisa' | 'up';
/**
 * As contract notes round: STT to the nearest rupee, everything else to the nearest paisa (half up); the US fees up to
 * the cent. The note rounds STT over a day; at the time of a fill only its order is known, so the desk rounds by order.
 */
const rounding: Record<ChargeName, Rounding> = {
  brokerage: 'paisa',
  stt: 'rupee',
  exchange: 'paisa',
  ipft: 'paisa',
  sebi: 'paisa',
  stampDuty: 'paisa',
  gst: 'paisa',
  dp: 'paisa',
  secFee: 'up',
  taf: 'up',
};
const rounders: Record<Rounding, (minor: Big) => Minor> = {
  rupee: (minor) => Number(minor.round(-2, Big.roundHalfUp)),
  paisa: (minor) => Number(minor.round(0, Big.roundHalfUp)),
  up: (minor) => Number(minor.round(0, Big.roundUp)),
};

const segmentOf = (instrument: ChargedInstrument, product: 'DELIVERY' | 'INTRADAY'): ChargeSegment =>
  instrument === 'INDEX_FUTURE'
    ? 'FUTURES'
    : instrument === 'INDEX_OPTION'
      ? 'OPTIONS'
      : product === 'DELIVERY'
        ? 'EQUITY_DELIVERY'
        : 'EQUITY_INTRADAY';


const holds = (row: { validFrom: TradingDate; validTo: TradingDate | null }, date: TradingDate): boolean =>
  row.validFrom <= date && (row.validTo === null || date <= row.validTo);

const ratesOf = Map.groupBy(chargeRates, ({ venue, segment }) => `${venue} ${segment}`);
const foundRates = new Map<string, readonly ChargeRate[]>();
/** The rates of a date, looked for once a date; null where the segment has no whole table. */
function rowsOn(exchange: Exchange, segment: ChargeSegment, date: TradingDate): readonly ChargeRate[] | null {
  const of = `${exchange} ${segment}`;
  const there = foundRates.get(of + date);
  if (there) return there;
  const ofSegment = ratesOf.get(of);
  if (!ofSegment || !requiredCharges[exchange].every((name) => ofSegment.some((row) => row.charge === name))) return null;
  const rows = ofSegment.filter((row) => holds(row, date));
  if (foundRates.size >= 10_000) foundRates.clear();
  foundRates.set(of + date, rows);
  return rows;
}

/** Charges on the whole of an order that has traded `quantity` for `turnover` so far. */
function onOrder(
  request: ChargesRequest,
  total: { quantity: number; turnover: Big },
  rows: readonly ChargeRate[],
  segment: ChargeSegment,
): Record<string, Minor> {
  const { exchange, side, product, instrument, date } = request;
  const schedule = request.schedule ?? defaultSchedule[exchange];
  const byName: Record<string, Minor> = { brokerage: rounders[rounding.brokerage](brokerageOn(schedule.terms[segment], total.turnover)) };
  for (const row of rows.filter((candidate) => candidate.sides.includes(side))) {
    // A percentage of a rupee amount is, number for number, an amount in paise.
    const exact = row.charge === 'taf' ? new Big(row.rate).times(total.quantity).times(100) : total.turnover.times(row.rate);
    const capped = row.capMinor !== null && exact.gt(row.capMinor) ? new Big(row.capMinor) : exact;
    byName[row.charge] = rounders[rounding[row.charge]](capped);
  }
  const leavesDepository = exchange !== 'US' && instrument === 'EQUITY' && product === 'DELIVERY' && side === 'SELL';
  if (leavesDepository && !request.depositoryDebited) byName.dp = schedule.depositoryDebitMinor;
  if (exchange !== 'US') {
    const gst = gstRates.find((row) => holds(row, date));
    const base = (gst?.of ?? []).reduce((sum, name) => sum + (byName[name] ?? 0), 0);
    byName.gst = rounders[rounding.gst](new Big(base).times(gst?.percent ?? 0).times('0.01'));
  }
  return byName;
}

/**
 * What a fill costs by name, in minor units of the exchange's currency. With `earlier`, the amounts are what this fill
 * adds to its order, so the fills of an order always add up to `chargesFor` of the whole order.
 * Not known for dates and instruments outside the table: then nothing is charged and nothing may be assumed.
 * @example
 * chargesFor({ exchange: 'NSE', product: 'DELIVERY', side: 'BUY', quantity: 100, price: decimal('1000'), date, instrument: 'EQUITY' })
 * // { known: true, byName: { brokerage: 0, stt: 10000, exchange: 297, ipft: 10, sebi: 10, stampDuty: 1500, gst: 57 }, totalMinor: 11874 }
 */
export function chargesFor(request: ChargesRequest): Charges {
  const { exchange, product, instrument, date, quantity, price, earlier } = request;
  if (!Number.isSafeInteger(quantity) || quantity <= 0) throw new RangeError(`not a filled quantity: ${quantity}`);
  const segment = segmentOf(instrument, product);
  const rows = rowsOn(exchange, segment, date);
  if (rows === null) return { known: false, reason: `no charge table for ${instrument} on ${exchange}`, field: 'instrument' };
  const without = requiredCharges[exchange].find((name) => !rows.some((row) => row.charge === name));
  if (without) return { known: false, reason: `the charge table has no ${without} for ${exchange} on ${date}`, field: 'date' };

  const before = { quantity: earlier?.quantity ?? 0, turnover: new Big(earlier?.turnover ?? 0) };
  const after = { quantity: before.quantity + quantity, turnover: before.turnover.plus(new Big(price).times(quantity)) };
  const upToNow = onOrder(request, after, rows, segment);
  const already = before.quantity > 0 ? onOrder(request, before, rows, segment) : {};
  const byName = Object.fromEntries(Object.entries(upToNow).map(([name, minor]) => [name, minor - (already[name] ?? 0)]));
  return { known: true, byName, totalMinor: Object.values(byName).reduce((sum, minor) => sum + minor, 0) };
}

export type RoundTripCharges =
  | {
      known: true;
      entryMinor: Minor;
      exitMinor: Minor;
      totalMinor: Minor /** Move of the price that pays for it, percent of the entry. */;
      breakEvenPercent: number;
    }
  | { known: false; reason: string; field: 'date' | 'instrument' };

/** In and out again at the rates of one day, as a long trade unless `entrySide` says otherwise. The exit price defaults to the entry's. */
export function roundTripCharges({
  entryPrice,
  exitPrice,
  entrySide = 'BUY',
  ...request
}: Omit<ChargesRequest, 'earlier' | 'side' | 'price'> & {
  entryPrice: Decimal;
  exitPrice?: Decimal;
  entrySide?: Side;
}): RoundTripCharges {
  const entry = chargesFor({ ...request, side: entrySide, price: entryPrice });
  const exit = chargesFor({ ...request, side: entrySide === 'BUY' ? 'SELL' : 'BUY', price: exitPrice ?? entryPrice });
  if (!entry.known) return entry;
  if (!exit.known) return exit;
  const totalMinor = entry.totalMinor + exit.totalMinor;
  const breakEvenPercent = Number(new Big(totalMinor).div(new Big(entryPrice).times(request.quantity)).toFixed(6));
  return { known: true, entryMinor: entry.totalMinor, exitMinor: exit.totalMinor, totalMinor, breakEvenPercent };
}
