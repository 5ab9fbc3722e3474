import type * as real from '../../../db/stores/bars.ts';
import { pastOf } from '../market.ts';
import { statement } from './store.ts';

export const dailySeries: typeof real.dailySeries = (executor, { symbols }) => statement(executor, 'dailySeries', () => new Map((symbols ?? []).flatMap((symbol) => { const bars = pastOf(symbol); return bars ? [[symbol, bars]] : []; })));
export const dailySeriesUntil: typeof real.dailySeriesUntil = (executor, { symbols }) => statement(executor, 'dailySeriesUntil', () => new Map(symbols.flatMap((symbol) => { const bars = pastOf(symbol); return bars ? [[symbol, { bars, until: null }]] : []; })));
export const lastBars: typeof real.lastBars = (executor, { symbols, onOrBefore }) => statement(executor, 'lastBars', () => new Map((symbols ?? []).flatMap((symbol) => { const bar = pastOf(symbol)?.findLast(({ date }) => onOrBefore === undefined || date <= onOrBefore); return bar ? [[symbol, bar] as const] : []; })));
export const dailyBars: typeof real.dailyBars = (executor, { symbol, from, to }) => statement(executor, 'dailyBars', () => (pastOf(symbol) ?? []).filter(({ date }) => date >= from && date <= to));
export const dailyBarWrites: typeof real.dailyBarWrites = () => 0;
