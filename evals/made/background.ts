import type { EventType } from '../../desk/market/types.ts';
import { afterQuiet, type PathPart } from './price-path.ts';

/** News that was told on the evening before the part's first session. */
export interface NewsOnPath { type: EventType; title: string }
export interface BackgroundShare { symbol: string; name: string; sector: string; base: number; volume: number; path: PathPart[]; /** By the part before which they were told. */ news: ReadonlyMap<number, NewsOnPath> }

const part = (sessions: number, drift: number, noise: number, more: Partial<PathPart> = {}): PathPart => ({ sessions, drift, noise, volume: 1, ...more });
const goodNews: readonly NewsOnPath[] = [
  { type: 'ORDER_WIN', title: 'wins a large order' }, { type: 'BUYBACK', title: 'board approves buyback of shares' }, { type: 'EARNINGS', title: 'quarterly profit beats estimates' }, { type: 'GUIDANCE', title: 'raises full-year guidance' },
];
const sectors = ['Information Technology', 'Healthcare', 'Capital Goods', 'Chemicals', 'Power', 'Automobile'];
const SHARES_A_SECTOR = 6;
const CYCLE_SESSIONS = 116;

/**
 * A hundred and sixteen sessions of a share as such shares behave in this world: flat with a usual dividend that moves nothing, good news that opens a little higher on volume and goes on for two
 * months, a dip of four days that is bought back, a bonus issue, and a decline.
 */
const cycle = (news: NewsOnPath): { part: PathPart; news?: NewsOnPath }[] => [
  { part: part(11, 0.02, 1.2) }, { part: part(11, 0.02, 1.2), news: { type: 'DIVIDEND', title: 'declares interim dividend of Rs 2 a share' } },
  { part: part(1, 2, 0, { gap: 1.2, volume: 2.4 }), news }, { part: part(50, 0.34, 1) }, { part: part(4, -1.9, 0.3) }, { part: part(10, 0.9, 0.6) }, { part: part(14, 0.3, 1) },
  { part: part(15, -0.4, 1.1), news: { type: 'BONUS', title: 'board approves bonus issue in the ratio 1:1' } },
];
/** Sixty sessions in which a break on volume is sold into. */
const failingBreak: readonly PathPart[] = [part(38, 0, 0.8), part(1, 3.8, 0, { volume: 2.6 }), part(12, -0.8, 0.6), part(9, 0.7, 0.8)];

/** The market around the cases, over so many sessions: what similar set-ups came to before is taken from it. It stands flat at the end. */
export function backgroundShares(sessions: number): BackgroundShare[] {
  const usual = sectors.flatMap((sector, s) => Array.from({ length: SHARES_A_SECTOR }, (_, n): BackgroundShare => {
    const place = s * SHARES_A_SECTOR + n;
    const steps: { part: PathPart; news?: NewsOnPath }[] = [];
    let left = sessions - ((place * 13) % 30);
    for (let round = 0; left >= CYCLE_SESSIONS; round += 1, left -= CYCLE_SESSIONS) steps.push(...goodNews.slice((place + round) % goodNews.length).slice(0, 1).flatMap((news) => cycle(news)));
    steps.push(...(left > 0 ? [{ part: part(left, 0, 1.2) }] : []));
    const path = afterQuiet(steps.map((step) => step.part), { sessions });
    const ahead = path.length - steps.length;
    return {
      symbol: `BG${String(place + 1).padStart(2, '0')}`, name: `Background ${place + 1} Ltd`, sector, base: 300 + 40 * place, volume: 2_000_000, path,
      news: new Map(steps.flatMap(({ news }, i) => (news ? [[i + ahead, news] as const] : []))),
    };
  }));
  const textiles = Array.from({ length: 8 }, (_, n): BackgroundShare => {
    const rounds = Math.floor((sessions - 7 * n) / 60);
    const path = Array.from({ length: rounds }, () => failingBreak).flat();
    const rest = sessions - rounds * 60 - 7 * n;
    return { symbol: `TX${n + 1}`, name: `Textile ${n + 1} Ltd`, sector: 'Textiles', base: 200 + 30 * n, volume: 3_000_000, path: afterQuiet([...path, ...(rest > 0 ? [part(rest, 0, 0.8)] : [])], { sessions, noise: 0.8 }), news: new Map() };
  });
  return [...usual, ...textiles];
}
