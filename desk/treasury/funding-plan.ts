import { z } from 'zod';
import type { Minor } from '../decimal.ts';
import { plusDays, type TradingDate, tradingDate } from '../time.ts';
import { parseTrigger } from './tranche-trigger.ts';

const DateText = z.string().transform((value, context): TradingDate => {
  try {
    return tradingDate(value);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a date (YYYY-MM-DD)' });
    return z.NEVER;
  }
});
const Percent = z.number().min(0).max(100);

export const SipTerms = z.strictObject({
  amountMinor: z.int().positive(),
  frequency: z.enum(['MONTHLY', 'WEEKLY']),
  startDate: DateText,
  durationMonths: z.int().positive().max(600),
});
/** `trigger` is one of: `immediate`, `on 2026-01-15`, `after 30 days`, `fall 5%` (see tranche-trigger). */
const Tranche = z.strictObject({
  percent: z.number().positive().max(100),
  trigger: z.string().refine((text) => parseTrigger(text) !== null, 'not a trigger the desk knows'),
});
const LumpSumTerms = z.strictObject({
  amountMinor: z.int().positive(),
  date: DateText,
  tranches: z
    .array(Tranche)
    .min(1)
    .max(24)
    .refine((list) => Math.abs(list.reduce((sum, { percent }) => sum + percent, 0) - 100) < 1e-9, 'the tranches sum to 100 %'),
});

/** How money comes into an account's reach. Percentages are numbers like 10 for 10 %. */
export const FundingPlan = z
  .strictObject({
    type: z.enum(['SIP', 'LUMP_SUM', 'HYBRID']),
    sip: SipTerms.nullable(),
    lumpSum: LumpSumTerms.nullable(),
    carryForwardEnabled: z.boolean(),
    /** Of one instalment: the most that unspent instalments add to the next. */
    maxCarryForwardPercent: z.number().min(0).max(1_200),
    emergencyBufferPercent: Percent,
  })
  .refine(
    ({ type, sip, lumpSum }) => (sip !== null) === (type !== 'LUMP_SUM') && (lumpSum !== null) === (type !== 'SIP'),
    'a SIP plan has instalments, a lump sum has tranches, a hybrid both',
  );
export type FundingPlan = z.infer<typeof FundingPlan>;
export type SipTerms = z.infer<typeof SipTerms>;
type LumpSumTerms = z.infer<typeof LumpSumTerms>;

/** `months` on from a date, on the same day of the month or its last: the 31st gives 28 February, then 31 March again. */
export function plusMonths(date: TradingDate, months: number): TradingDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const first = `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  const nextIndex = index + 1;
  const nextFirst = tradingDate(
    `${String(Math.floor(nextIndex / 12)).padStart(4, '0')}-${String((nextIndex % 12) + 1).padStart(2, '0')}-01`,
  );
  const lastDay = Number(plusDays(nextFirst, -1).slice(8));
  return plusDays(tradingDate(first), Math.min(day, lastDay) - 1);
}

export interface Instalment {
  index: number;
  date: TradingDate;
  amountMinor: Minor;
}

/** Every instalment of the plan by the calendar: one a month, or every seven days within the plan's months. */
export function instalments({ amountMinor, frequency, startDate, durationMonths }: SipTerms): Instalment[] {
  if (frequency === 'MONTHLY')
    return Array.from({ length: durationMonths }, (_, index) => ({ index, date: plusMonths(startDate, index), amountMinor }));
  const end = plusMonths(startDate, durationMonths);
  const list: Instalment[] = [];
  for (let date = startDate; date < end; date = plusDays(date, 7)) list.push({ index: list.length, date, amountMinor });
  return list;
}

/** The tranches' amounts: each its share, the last what is left, so that they sum to the lump sum exactly. */
export function trancheAmounts({ amountMinor, tranches }: LumpSumTerms): Minor[] {
  let percentSoFar = 0;
  let given = 0;
  return tranches.map(({ percent }, index) => {
    percentSoFar += percent;
    const upTo = index === tranches.length - 1 ? amountMinor : Math.round((amountMinor * percentSoFar) / 100);
    const amount = upTo - given;
    given = upTo;
    return amount;
  });
}
