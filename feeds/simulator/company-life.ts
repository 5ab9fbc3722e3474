import type { FactorDay } from './factors.ts';
import { OVERNIGHT_SHARE } from './factors.ts';
import { drawDayShape } from './day-shape.ts';
import type { NewsItem } from './news-item.ts';
import { randomStream } from './random.ts';
import type { StockDay } from './session-plan.ts';
import type { Declared } from './corporate-actions.ts';
import { TICKS_PER_RUPEE } from './universe.ts';
import type { Company } from './universe.ts';

/** What one company carries from session to session. */
export interface CompanyLife {
  company: Company;
  /** Last printed close, in ticks. */
  close: number;
  /** Rupees that the price tends to; a split or bonus scales it. */
  anchor: number;
  sharesCrore: number;
  faceValue: number;
  /** Log return still to come from past news: prices take it in over some days. */
  drift: number;
  /** Deviation of log turnover from its mean; busy spells last. */
  volumeMood: number;
  /** A company has calm weeks and nervous ones. */
  nervous: boolean;
  declared: Declared[];
}

export const newLife = (company: Company): CompanyLife => ({
  company,
  close: Math.round(company.basePrice * TICKS_PER_RUPEE),
  anchor: company.basePrice,
  sharesCrore: company.sharesCrore,
  faceValue: company.faceValue,
  drift: 0,
  volumeMood: 0,
  nervous: false,
  declared: [],
});

export const marketCapCrore = ({ close, sharesCrore }: CompanyLife): number => (close / TICKS_PER_RUPEE) * sharesCrore;

/** Chance to become nervous, and to become calm again; own volatility while nervous. */
const BECOMES_NERVOUS = 0.02;
const BECOMES_CALM = 0.1;
const NERVOUS_SCALE = 1.6;
/** Daily pull of the log price to its anchor: a half-life of about a year, so that no price runs away. */
const REVERSION = 0.002;
/** Under-reaction: about a seventh of a jump follows over the next days (6 %, then 60 % of what came the day before). */
const DRIFT_START = 0.06;
const DRIFT_DECAY = 0.6;

/** Takes what goes ex on this date into the company's state; returns how the previous close reads and what the open loses. */
function goEx(life: CompanyLife, date: string): { previousClose: number; overnight: number; splitTo: number | null } {
  const due = life.declared.find(({ action }) => action.exDate === date);
  if (!due) return { previousClose: life.close, overnight: 0, splitTo: null };
  life.declared = life.declared.filter((declared) => declared !== due);
  const { action, faceValue } = due;
  if (action.kind === 'DIVIDEND') {
    return {
      previousClose: life.close,
      overnight: Math.log(1 - Number(action.amount ?? 0) / (life.close / TICKS_PER_RUPEE)),
      splitTo: null,
    };
  }
  life.anchor *= action.factor;
  life.sharesCrore /= action.factor;
  const splitTo = faceValue === life.faceValue ? null : faceValue;
  life.faceValue = faceValue;
  return { previousClose: Math.max(1, Math.round(life.close * action.factor)), overnight: 0, splitTo };
}

/** Lives one session: draws the day and moves the company's state to its close. */
export function liveSession({
  life,
  seed,
  day,
  date,
  factors,
  factorJump,
  news,
}: {
  life: CompanyLife;
  seed: number;
  day: number;
  date: string;
  factors: FactorDay;
  /** Log jump at the open from news of the sector and the market, market's times beta. */
  factorJump: number;
  news: readonly NewsItem[];
}): { stock: StockDay; splitTo: number | null } {
  const { company } = life;
  const stream = randomStream(seed, 'company', company.symbol, day);
  const sector = factors.sectors.get(company.sector);
  if (!sector) throw new Error(`no factor for the sector ${company.sector}`);

  const change = stream.next();
  life.nervous = life.nervous ? change >= BECOMES_CALM : change < BECOMES_NERVOUS;
  const ownDaily = (company.ownVolatilityPercent / 100) * factors.ownScale * (life.nervous ? NERVOUS_SCALE : 1);
  const ownIntraday = ownDaily * Math.sqrt(1 - OVERNIGHT_SHARE);
  const marketIntraday = company.beta * factors.market.intradaySigma;
  const sigma = Math.hypot(ownIntraday, marketIntraday, sector.intradaySigma);

  const inSession = news.find((item) => item.minute !== null && item.jump !== 0);
  const openJump = news.reduce((sum, item) => (item.minute === null ? sum + item.jump : sum), factorJump);
  const ex = goEx(life, date);
  const pull = -REVERSION * Math.log(ex.previousClose / TICKS_PER_RUPEE / life.anchor);
  const shape = drawDayShape({
    stream,
    previousClose: ex.previousClose,
    sigma,
    overnight:
      company.beta * factors.market.overnight +
      sector.overnight +
      ownDaily * Math.sqrt(OVERNIGHT_SHARE) * stream.normal() +
      openJump +
      ex.overnight +
      pull,
    intraday: company.beta * factors.market.intraday + sector.intraday + ownIntraday * stream.normal() + life.drift,
    jump: inSession?.minute == null ? null : { minute: inSession.minute, logSize: inSession.jump },
  });

  const jumps = openJump - factorJump + (inSession?.jump ?? 0);
  life.drift = life.drift * DRIFT_DECAY + DRIFT_START * jumps;
  life.volumeMood = 0.6 * life.volumeMood + 0.22 * stream.normal();
  life.close = shape.close;

  // Turnover answers to how far the price went, measured in ordinary days, and to the size of the news.
  const travelled = Math.log(shape.high / shape.low) / (sigma * 1.6);
  const turnover = company.turnoverCrore * 1e7 * Math.exp(life.volumeMood + 0.5 * (travelled - 1) + 9 * Math.min(0.12, Math.abs(jumps)));
  const average = (shape.open + shape.close) / 2 / TICKS_PER_RUPEE;
  const volume = Math.max(1, Math.round(turnover / average));
  const stock: StockDay = {
    symbol: company.symbol,
    sector: company.sector,
    shape,
    previousClose: ex.previousClose,
    volume,
    trades: Math.max(1, Math.round(turnover / stream.between(24_000, 42_000))),
    deliveryQuantity: Math.round(volume * stream.between(0.3, 0.62)),
    sigma,
    marketShare: (marketIntraday / sigma) ** 2,
    sectorShare: (sector.intradaySigma / sigma) ** 2,
    // Thin shares have wide spreads: 2 basis points at ₹1,000 crore a day, 20 at ₹10 crore, more when it is wild.
    relativeSpread: Math.min(0.01, 0.0064 / Math.sqrt(company.turnoverCrore)) * factors.ownScale,
  };
  return { stock, splitTo: ex.splitTo };
}
