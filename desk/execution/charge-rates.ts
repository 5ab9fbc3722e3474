import type { Side } from '../actions/types.ts';
import { plusDays, tradingDate, type TradingDate } from '../time.ts';

/** What a broker's contract note lists, as the desk names it. `ipft`: the exchange's investor protection levy. `dp`: the depository's debit. */
export type ChargeName = 'brokerage' | 'stt' | 'exchange' | 'ipft' | 'sebi' | 'stampDuty' | 'gst' | 'dp' | 'secFee' | 'taf';
export type ChargeSegment = 'EQUITY_DELIVERY' | 'EQUITY_INTRADAY' | 'FUTURES' | 'OPTIONS';
export type ChargeVenue = 'NSE' | 'BSE' | 'US';

/** One rate while it held. Option turnover is the premium. */
export interface ChargeRate {
  charge: ChargeName;
  venue: ChargeVenue;
  segment: ChargeSegment;
  sides: readonly Side[];
  /** Percent of turnover (0.1 is 0.1 %), an exact decimal; for `taf` the price a share in the venue's currency. */
  rate: string;
  /** Most that one order pays, in minor units. */
  capMinor: number | null;
  validFrom: TradingDate;
  /** Last day; null while no end is known. */
  validTo: TradingDate | null;
  /** Where the rate comes from. */
  source: string;
}

type Step = readonly [from: string, rate: string, source: string, capMinor?: number];
interface Series {
  charge: ChargeName;
  venues: readonly ChargeVenue[];
  segments: readonly ChargeSegment[];
  sides: readonly Side[];
  steps: readonly Step[];
  knownTo?: string;
}

const BOTH: readonly Side[] = ['BUY', 'SELL'];
const SELL: readonly Side[] = ['SELL'];
const BUY: readonly Side[] = ['BUY'];
const INDIA: readonly ChargeVenue[] = ['NSE', 'BSE'];
const CASH: readonly ChargeSegment[] = ['EQUITY_DELIVERY', 'EQUITY_INTRADAY'];
const EVERY: readonly ChargeSegment[] = [...CASH, 'FUTURES', 'OPTIONS'];

const NSE_2021 = 'NSE: charges up 6 % from 2021-01-01 for the investor protection fund';
const NSE_2023 = 'NSE press release 2023-03-24: the 6 % rolled back, fund levy raised, from 2023-04-01';
const NSE_2024 = 'NSE press release 2024-03-14: charges down 1 % from 2024-04-01';
const NSE_FLAT = 'NSE circular 2024-09-27 after SEBI circular 2024-07-01 (one rate for all members), from 2024-10-01';
const STAMP = 'Indian Stamp Act as amended by Finance Act 2019, uniform on the buyer from 2020-07-01';
// Before 2020-07-01 the duty was the client's state's. The table assumes Maharashtra, whose rates several states shared.
const STAMP_STATE = 'Maharashtra Stamp Act, both sides, as brokers listed it in 2019 (other states differed)';
const SEBI_2019 = 'SEBI (Payment of Fees) (Amendment) Regulations 2019: 10 a crore from 2019-04-01';

/**
 * Every statutory and exchange rate that the desk knows, as steps in time. A step ends on the day before the next.
 * The first step of each series is where the desk's knowledge starts: an earlier date has no charges, not free ones.
 */
const series: readonly Series[] = [
  {
    charge: 'stt',
    venues: INDIA,
    segments: ['EQUITY_DELIVERY'],
    sides: BOTH,
    steps: [['2012-07-01', '0.1', 'Finance Act 2012: 0.125 to 0.1 % from 2012-07-01']],
  },
  { charge: 'stt', venues: INDIA, segments: ['EQUITY_INTRADAY'], sides: SELL, steps: [['2006-06-01', '0.025', 'Finance Act 2006']] },
  {
    charge: 'stt',
    venues: INDIA,
    segments: ['FUTURES'],
    sides: SELL,
    steps: [
      ['2013-06-01', '0.01', 'Finance Act 2013'],
      ['2023-04-01', '0.0125', 'Finance Act 2023'],
      ['2024-10-01', '0.02', 'Finance (No. 2) Act 2024'],
      ['2026-04-01', '0.05', 'Finance Act 2026'],
    ],
  },
  {
    charge: 'stt',
    venues: INDIA,
    segments: ['OPTIONS'],
    sides: SELL,
    steps: [
      ['2016-06-01', '0.05', 'Finance Act 2016'],
      ['2023-04-01', '0.0625', 'Finance Act 2023'],
      ['2024-10-01', '0.1', 'Finance (No. 2) Act 2024'],
      ['2026-04-01', '0.15', 'Finance Act 2026'],
    ],
  },
  // Until 2024-10-01 members paid by slab; what clients were charged is the lowest slab's rate, which is what stands here.
  {
    charge: 'exchange',
    venues: ['NSE'],
    segments: CASH,
    sides: BOTH,
    steps: [
      ['2017-07-01', '0.00325', 'NSE slab of 325 a crore, as brokers charged it'],
      ['2021-01-01', '0.00345', NSE_2021],
      ['2023-04-01', '0.00325', NSE_2023],
      ['2024-04-01', '0.00322', NSE_2024],
      ['2024-10-01', '0.00297', NSE_FLAT],
    ],
  },
  {
    charge: 'exchange',
    venues: ['NSE'],
    segments: ['FUTURES'],
    sides: BOTH,
    steps: [
      ['2017-07-01', '0.0019', 'NSE slab of 190 a crore, as brokers charged it'],
      ['2021-01-01', '0.002', NSE_2021],
      ['2023-04-01', '0.0019', NSE_2023],
      ['2024-04-01', '0.00188', NSE_2024],
      ['2024-10-01', '0.00173', NSE_FLAT],
    ],
  },
  {
    charge: 'exchange',
    venues: ['NSE'],
    segments: ['OPTIONS'],
    sides: BOTH,
    steps: [
      ['2017-07-01', '0.05', 'NSE slab of 5,000 a crore of premium, as brokers charged it'],
      ['2021-01-01', '0.053', NSE_2021],
      ['2023-04-01', '0.05', NSE_2023],
      ['2024-04-01', '0.0495', NSE_2024],
      ['2024-10-01', '0.03503', NSE_FLAT],
    ],
  },
  {
    charge: 'exchange',
    venues: ['BSE'],
    segments: CASH,
    sides: BOTH,
    steps: [['2022-12-01', '0.00375', 'BSE: 375 a crore, groups A, B and other non-exclusive, from 2022-12-01']],
  },
  // Brokers have since printed exchange and ipft as one line (0.00307, 0.00183, 0.03553 %); the sum is the same.
  {
    charge: 'ipft',
    venues: ['NSE'],
    segments: [...CASH, 'FUTURES'],
    sides: BOTH,
    steps: [
      ['2017-07-01', '0.0000001', 'NSE: 0.01 a crore'],
      ['2023-04-01', '0.0001', NSE_2023],
    ],
  },
  {
    charge: 'ipft',
    venues: ['NSE'],
    segments: ['OPTIONS'],
    sides: BOTH,
    steps: [
      ['2017-07-01', '0.0000001', 'NSE: 0.01 a crore'],
      ['2023-04-01', '0.0005', NSE_2023],
    ],
  },
  {
    charge: 'sebi',
    venues: INDIA,
    segments: EVERY,
    sides: BOTH,
    steps: [
      ['2019-04-01', '0.0001', SEBI_2019],
      ['2020-06-01', '0.00005', 'SEBI (Payment of Fees) (Amendment) Regulations 2020: halved to 2021-03-31'],
      ['2021-04-01', '0.0001', SEBI_2019],
    ],
  },
  {
    charge: 'stampDuty',
    venues: INDIA,
    segments: ['EQUITY_DELIVERY'],
    sides: BOTH,
    steps: [['2019-04-01', '0.01', STAMP_STATE]],
    knownTo: '2020-06-30',
  },
  {
    charge: 'stampDuty',
    venues: INDIA,
    segments: ['EQUITY_INTRADAY', 'FUTURES', 'OPTIONS'],
    sides: BOTH,
    steps: [['2019-04-01', '0.002', STAMP_STATE]],
    knownTo: '2020-06-30',
  },
  { charge: 'stampDuty', venues: INDIA, segments: ['EQUITY_DELIVERY'], sides: BUY, steps: [['2020-07-01', '0.015', STAMP]] },
  { charge: 'stampDuty', venues: INDIA, segments: ['EQUITY_INTRADAY', 'OPTIONS'], sides: BUY, steps: [['2020-07-01', '0.003', STAMP]] },
  { charge: 'stampDuty', venues: INDIA, segments: ['FUTURES'], sides: BUY, steps: [['2020-07-01', '0.002', STAMP]] },
  {
    charge: 'secFee',
    venues: ['US'],
    segments: CASH,
    sides: SELL,
    steps: [
      ['2018-05-22', '0.0013', 'SEC fee rate advisory FY2018: 13.00 a million'],
      ['2019-04-16', '0.00207', 'FY2019 #2: 20.70 a million'],
      ['2020-02-18', '0.00221', 'FY2020 #2: 22.10'],
      ['2021-02-25', '0.00051', 'FY2021 #2: 5.10'],
      ['2022-05-14', '0.00229', 'FY2022: 22.90'],
      ['2023-02-27', '0.0008', 'FY2023: 8.00'],
      ['2024-05-22', '0.00278', 'FY2024: 27.80'],
      ['2025-05-14', '0', 'FY2025 #2: 0.00'],
      ['2026-04-04', '0.00206', 'FY2026 #2: 20.60'],
    ],
  },
  {
    charge: 'taf',
    venues: ['US'],
    segments: CASH,
    sides: SELL,
    steps: [
      ['2012-07-01', '0.000119', 'FINRA Regulatory Notice 12-31', 595],
      ['2022-01-01', '0.00013', 'SR-FINRA-2020-032', 649],
      ['2023-01-01', '0.000145', 'SR-FINRA-2020-032', 727],
      ['2024-01-01', '0.000166', 'SR-FINRA-2020-032', 830],
      ['2026-01-01', '0.000195', 'SR-FINRA-2024-019', 979],
      ['2026-10-01', '0', 'SR-FINRA-2026-021: nil for the last quarter of 2026', 979],
      ['2027-01-01', '0.000232', 'SR-FINRA-2024-019', 1161],
      ['2028-01-01', '0.00024', 'SR-FINRA-2024-019', 1205],
    ],
    knownTo: '2028-12-31',
  },
];

/** The table, one row a rate, venue and segment. */
export const chargeRates: readonly ChargeRate[] = series.flatMap(({ charge, venues, segments, sides, steps, knownTo }) =>
  steps.flatMap(([from, rate, source, capMinor], index) => {
    const next = steps[index + 1]?.[0];
    const validTo = next ? plusDays(tradingDate(next), -1) : knownTo ? tradingDate(knownTo) : null;
    return venues.flatMap((venue) =>
      segments.map(
        (segment): ChargeRate => ({
          charge,
          venue,
          segment,
          sides,
          rate,
          capMinor: capMinor ?? null,
          validFrom: tradingDate(from),
          validTo,
          source,
        }),
      ),
    );
  }),
);

/** GST on the services of broker, exchange, depository and (since its exemption ended on 2022-07-18, 47th GST Council) regulator. */
export const gstRates: readonly { percent: string; of: readonly ChargeName[]; validFrom: TradingDate; validTo: TradingDate | null }[] = [
  { percent: '18', of: ['brokerage', 'exchange', 'ipft', 'dp'], validFrom: tradingDate('2017-07-01'), validTo: tradingDate('2022-07-17') },
  { percent: '18', of: ['brokerage', 'exchange', 'ipft', 'dp', 'sebi'], validFrom: tradingDate('2022-07-18'), validTo: null },
];

/** Which charges must have a row for a trade to be priced at all. */
export const requiredCharges: Record<ChargeVenue, readonly ChargeName[]> = {
  NSE: ['stt', 'exchange', 'ipft', 'sebi', 'stampDuty'],
  BSE: ['stt', 'exchange', 'sebi', 'stampDuty'],
  US: ['secFee', 'taf'],
};
