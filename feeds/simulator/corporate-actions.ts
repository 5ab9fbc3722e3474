import type { CorporateAction, EventType } from '../../desk/market/types.ts';
import { decimal } from '../../desk/decimal.ts';
import { instant } from '../../desk/time.ts';
import type { TradingDate } from '../../desk/time.ts';
import { sessionsFrom } from './exchange-days.ts';
import { newsItem } from './news-item.ts';
import type { NewsItem } from './news-item.ts';
import { randomStream } from './random.ts';
import type { Company } from './universe.ts';

/** What the board declares together with results, and the news of it (which moves nothing by itself). */
export interface Declared {
  action: CorporateAction;
  news: NewsItem;
  faceValue: number;
}

const DIVIDEND_CHANCE = 0.3;
/** Per quarter and company, above this price: with sixty companies a handful a year. */
const CAPITAL_CHANGE_CHANCE = 0.03;
const CAPITAL_CHANGE_PRICE = 300;
/** Sessions between the announcement and the ex-date. */
const NOTICE_SESSIONS = [10, 18] as const;

interface CapitalChange {
  kind: 'SPLIT' | 'BONUS';
  factor: number;
  subject: string;
  faceValue: number;
}

/** A bonus, or a split where the face value allows one. `factor` multiplies earlier prices. */
function capitalChanges(faceValue: number): CapitalChange[] {
  const bonuses: CapitalChange[] = [
    { kind: 'BONUS', factor: 1 / 2, subject: 'Bonus issue 1:1', faceValue },
    { kind: 'BONUS', factor: 2 / 3, subject: 'Bonus issue 1:2', faceValue },
  ];
  const splitTo: Record<number, number> = { 10: 2, 5: 1, 2: 1 };
  const after = splitTo[faceValue];
  return after === undefined
    ? bonuses
    : [
        ...bonuses,
        { kind: 'SPLIT', factor: after / faceValue, subject: `Face value split from ₹${faceValue} to ₹${after}`, faceValue: after },
      ];
}

/** What a company declares with the results of this day, if anything: now and then a dividend, seldom a bonus or split. */
export function declaredWithResults({
  seed,
  company,
  day,
  date,
  knownMs,
  priceRupees,
  faceValue,
}: {
  seed: number;
  company: Company;
  day: number;
  date: TradingDate;
  knownMs: number;
  priceRupees: number;
  faceValue: number;
}): Declared | null {
  const stream = randomStream(seed, 'declared', company.symbol, day);
  const drawn = stream.next();
  const exDate = sessionsFrom(date, stream.integer(...NOTICE_SESSIONS));
  const declare = (
    eventType: EventType,
    subject: string,
    body: string,
    action: Pick<CorporateAction, 'kind' | 'factor' | 'amount'>,
    after: number,
  ): Declared => ({
    action: { ...action, symbol: company.symbol, exDate, subject, basis: 'published', knownAt: instant(knownMs) },
    faceValue: after,
    news: newsItem({
      headline: { eventType, priority: eventType === 'DIVIDEND' ? 'LOW' : 'MEDIUM' },
      source: 'simulated-exchange',
      symbols: [company.symbol],
      text: { title: `${company.name} declares: ${subject}`, body },
      knownMs,
      jump: 0,
      minute: null,
    }),
  });

  if (drawn < CAPITAL_CHANGE_CHANCE) {
    if (priceRupees < CAPITAL_CHANGE_PRICE) return null;
    const { kind, factor, subject, faceValue: after } = stream.pick(capitalChanges(faceValue));
    return declare(
      kind,
      subject,
      `The board of ${company.name} Ltd recommended: ${subject}. The ex-date is ${exDate}.`,
      { kind, factor },
      after,
    );
  }
  if (drawn < CAPITAL_CHANGE_CHANCE + DIVIDEND_CHANCE) {
    const amount = decimal(Math.max(0.5, Math.round(priceRupees * stream.between(0.004, 0.014) * 2) / 2));
    return declare(
      'DIVIDEND',
      `Interim dividend of ₹${amount} per share`,
      `The board of ${company.name} Ltd declared an interim dividend of ₹${amount} per equity share. The ex-date is ${exDate}.`,
      { kind: 'DIVIDEND', factor: 1, amount },
      faceValue,
    );
  }
  return null;
}
