import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChargesRequest, chargesFor, roundTripCharges } from '../../../desk/execution/charges.ts';
import { chargeRates } from '../../../desk/execution/charge-rates.ts';
import { discountSchedule } from '../../../desk/execution/brokerage.ts';
import { decimal, type Decimal } from '../../../desk/decimal.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';

const delivery: ChargesRequest = {
  exchange: 'NSE',
  product: 'DELIVERY',
  side: 'BUY',
  quantity: 100,
  price: decimal(1000),
  date: tradingDate('2025-03-03'),
  instrument: 'EQUITY',
};
const charge = (change: Partial<ChargesRequest>) => {
  const charges = chargesFor({ ...delivery, ...change });
  if (!charges.known) throw new Error(charges.reason);
  return charges;
};

describe('charges on NSE', () => {
  it('charges a delivery buy of one lakh by hand calculation', () => {
    expect(charge({})).toEqual({
      known: true,
      byName: { brokerage: 0, stt: 10_000, exchange: 297, ipft: 10, sebi: 10, stampDuty: 1_500, gst: 57 },
      totalMinor: 11_874,
    });
  });
  it('charges no stamp duty but a depository debit with its GST on a delivery sale', () => {
    // GST: 18 % of 1,300 + 297 + 10 + 10 = 291.06.
    expect(charge({ side: 'SELL' }).byName).toEqual({ brokerage: 0, stt: 10_000, exchange: 297, ipft: 10, sebi: 10, dp: 1_300, gst: 291 });
    expect(charge({ side: 'SELL', depositoryDebited: true }).byName.dp).toBeUndefined();
  });
  it('charges STT on the sale alone and capped brokerage intraday', () => {
    const buy = charge({ product: 'INTRADAY' }).byName;
    const sale = charge({ product: 'INTRADAY', side: 'SELL' }).byName;
    expect([buy.stt, buy.stampDuty, buy.brokerage]).toEqual([undefined, 300, 2_000]);
    expect([sale.stt, sale.stampDuty, sale.dp]).toEqual([2_500, undefined, undefined]);
    expect(charge({ product: 'INTRADAY', quantity: 10 }).byName.brokerage).toBe(300);
  });
  it("agrees with a broker's published sample of October 2023 rates, line by line", () => {
    // Turnover 174,867: STT 175.00, stamp 26.23, transaction 5.68, IPFT 0.17, SEBI 0.17.
    const { byName } = charge({ quantity: 1, price: decimal(174_867), date: tradingDate('2023-10-03') });
    expect(byName).toMatchObject({ stt: 17_500, stampDuty: 2_623, exchange: 568, ipft: 17, sebi: 17 });
  });
  it.each([
    ['2020-12-31', 325],
    ['2021-01-01', 345],
    ['2023-03-31', 345],
    ['2023-04-01', 325],
    ['2024-03-31', 325],
    ['2024-04-01', 322],
    ['2024-09-30', 322],
    ['2024-10-01', 297],
  ])('uses the exchange rate of the day: %s', (date, exchange) => {
    expect(charge({ date: tradingDate(date) }).byName.exchange).toBe(exchange);
  });
  it.each([
    ['2023-03-31', 5_000, 1_000],
    ['2023-04-01', 6_300, 1_300],
    ['2024-09-30', 6_300, 1_300],
    ['2024-10-01', 10_000, 2_000],
    ['2026-03-31', 10_000, 2_000],
    ['2026-04-01', 15_000, 5_000],
  ])('uses the option and future STT of the day, to the rupee: %s', (date, options, futures) => {
    const sale: Partial<ChargesRequest> = { side: 'SELL', date: tradingDate(date) };
    expect(charge({ ...sale, instrument: 'INDEX_OPTION' }).byName.stt).toBe(options);
    expect(charge({ ...sale, instrument: 'INDEX_FUTURE' }).byName.stt).toBe(futures);
    expect(charge({ ...sale, side: 'BUY', instrument: 'INDEX_OPTION' }).byName.stt).toBeUndefined();
  });
  it('charges stamp duty on both sides before July 2020 and on the buyer after', () => {
    expect(charge({ side: 'SELL', date: tradingDate('2020-06-30') }).byName.stampDuty).toBe(1_000);
    expect(charge({ side: 'SELL', date: tradingDate('2020-07-01') }).byName.stampDuty).toBeUndefined();
    expect(charge({ date: tradingDate('2020-07-01') }).byName.stampDuty).toBe(1_500);
  });
  it('halves the SEBI fee from June 2020 to March 2021 and taxes it since July 2022', () => {
    expect(['2020-05-31', '2020-06-01', '2021-03-31', '2021-04-01'].map((date) => charge({ date: tradingDate(date) }).byName.sebi)).toEqual(
      [10, 5, 5, 10],
    );
    const crore = { quantity: 10_000 };
    const [before, after] = ['2022-07-17', '2022-07-18'].map((date) => charge({ ...crore, date: tradingDate(date) }).byName.gst ?? 0);
    expect((after ?? 0) - (before ?? 0)).toBe(180);
  });
  it('does not know charges before its table, off its venues, or for futures on BSE', () => {
    expect(chargesFor({ ...delivery, date: tradingDate('2019-03-29') })).toMatchObject({ known: false, field: 'date' });
    expect(chargesFor({ ...delivery, exchange: 'BSE', date: tradingDate('2022-11-30') })).toMatchObject({ known: false, field: 'date' });
    expect(chargesFor({ ...delivery, exchange: 'BSE', instrument: 'INDEX_FUTURE' })).toMatchObject({ known: false, field: 'instrument' });
    expect(chargesFor({ ...delivery, exchange: 'US', instrument: 'INDEX_OPTION' })).toMatchObject({ known: false, field: 'instrument' });
  });
});

describe('charges in the US', () => {
  const sale: Partial<ChargesRequest> = { exchange: 'US', side: 'SELL', quantity: 1_000, price: decimal(100) };
  it('rounds the SEC fee and the TAF up to the cent on sales, and charges buyers nothing', () => {
    // 100,000 × 27.80 / million = 2.78; 1,000 × 0.000166 = 0.166, so 0.17.
    expect(charge({ ...sale, date: tradingDate('2025-01-15') })).toMatchObject({ byName: { secFee: 278, taf: 17 }, totalMinor: 295 });
    expect(charge({ ...sale, side: 'BUY' }).totalMinor).toBe(0);
  });
  it('caps the TAF an order and follows its steps', () => {
    expect(charge({ ...sale, quantity: 100_000, date: tradingDate('2025-01-15') }).byName.taf).toBe(830);
    expect(charge({ ...sale, date: tradingDate('2025-05-14') }).byName).toMatchObject({ secFee: 0, taf: 17 });
    expect(charge({ ...sale, date: tradingDate('2026-04-06') }).byName).toMatchObject({ secFee: 206, taf: 20 });
    expect(chargesFor({ ...delivery, ...sale, date: tradingDate('2029-01-02') })).toMatchObject({ known: false, field: 'date' });
  });
});

describe('the table', () => {
  it('never holds two rates of one charge, venue, segment and side on one day, nor a hole between two', () => {
    for (const row of chargeRates) {
      const next = row.validTo && plusDays(row.validTo, 1);
      for (const side of row.sides) {
        const peers = chargeRates.filter(
          (other) =>
            other !== row &&
            other.charge === row.charge &&
            other.venue === row.venue &&
            other.segment === row.segment &&
            other.sides.includes(side),
        );
        const overlapping = peers.filter(
          (other) => other.validFrom <= (row.validTo ?? '9999-12-31') && row.validFrom <= (other.validTo ?? '9999-12-31'),
        );
        expect(overlapping).toEqual([]);
        const later = peers.filter((other) => other.validFrom > row.validFrom);
        if (later.length > 0) expect(later.some((other) => other.validFrom === next)).toBe(true);
      }
      expect(row.source.length).toBeGreaterThan(5);
    }
  });
});

describe('partial fills', () => {
  const request = fc.record({
    exchange: fc.constantFrom('NSE' as const, 'US' as const),
    product: fc.constantFrom('DELIVERY' as const, 'INTRADAY' as const),
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    date: fc.constantFrom('2020-06-15', '2022-05-20', '2024-06-03', '2025-03-03').map(tradingDate),
    fills: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 5_000 }), paise: fc.integer({ min: 100, max: 1_000_000 }) }), {
      minLength: 1,
      maxLength: 6,
    }),
  });
  it('cost together exactly what the order costs whole, and none costs less than nothing', () => {
    fc.assert(
      fc.property(request, ({ fills, ...rest }) => {
        const base = { ...delivery, ...rest, schedule: discountSchedule };
        let earlier = { quantity: 0, turnover: '0' as Decimal };
        const sums: Record<string, number> = {};
        for (const { quantity, paise } of fills) {
          const price = decimal((paise / 100).toFixed(2));
          const charges = chargesFor({ ...base, quantity, price, earlier });
          if (!charges.known) throw new Error(charges.reason);
          for (const [name, minor] of Object.entries(charges.byName)) {
            expect(minor).toBeGreaterThanOrEqual(0);
            sums[name] = (sums[name] ?? 0) + minor;
          }
          earlier = {
            quantity: earlier.quantity + quantity,
            turnover: decimal((Number(earlier.turnover) + (paise * quantity) / 100).toFixed(2)),
          };
        }
        const paise = fills.reduce((sum, fill) => sum + fill.paise * fill.quantity, 0);
        const whole = chargesFor({ ...base, quantity: 1, price: decimal((paise / 100).toFixed(2)) });
        if (!whole.known) throw new Error(whole.reason);
        // The TAF goes by shares, which the whole-order request above does not have.
        for (const name of Object.keys(whole.byName).filter((candidate) => candidate !== 'taf'))
          expect(sums[name]).toBe(whole.byName[name]);
      }),
    );
  });
});

describe('a round trip', () => {
  const { side: _side, price: entryPrice, ...terms } = delivery;
  const inAndOut = { ...terms, entryPrice };
  it('is entry plus exit, and says how far the price must move to pay for it', () => {
    const trip = roundTripCharges(inAndOut);
    const exit = charge({ side: 'SELL' }).totalMinor;
    expect(trip).toMatchObject({ known: true, entryMinor: 11_874, exitMinor: exit, totalMinor: 11_874 + exit });
    if (trip.known) expect(trip.breakEvenPercent).toBeCloseTo(((11_874 + exit) / 10_000_000) * 100, 6);
  });
  it('sells first for a short trade', () => {
    const short = roundTripCharges({ ...inAndOut, product: 'INTRADAY', entrySide: 'SELL', exitPrice: decimal(900) });
    const legs = [
      charge({ product: 'INTRADAY', side: 'SELL' }).totalMinor,
      charge({ product: 'INTRADAY', side: 'BUY', price: decimal(900) }).totalMinor,
    ];
    expect(short).toMatchObject({ known: true, entryMinor: legs[0], exitMinor: legs[1] });
  });
  it('is unknown when a leg is', () => {
    expect(roundTripCharges({ ...inAndOut, date: tradingDate('2010-01-04') })).toMatchObject({ known: false });
  });
});
