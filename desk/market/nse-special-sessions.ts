import { type TradingDate, tradingDate } from '../time.ts';
import type { CalendarSource } from './calendar-source.ts';

/**
 * NSE sessions with hours of their own. Trading-day lists name the day but not the hours, and a daily bar is known at its
 * session's close, so with regular hours an evening session's bar would be known before it happened.
 * The session of 27 October 2019 is left out: its hours were not found in print.
 */
const SPECIAL_SESSIONS: readonly { date: string; open: string; close: string; description: string; printedBy: string }[] = [
  { date: '2020-11-14', open: '18:15', close: '19:15', description: 'Diwali muhurat session', printedBy: 'NDTV, 14 Nov 2020, quoting NSE' },
  { date: '2021-11-04', open: '18:15', close: '19:15', description: 'Diwali muhurat session', printedBy: 'Indian Express, 4 Nov 2021' },
  { date: '2022-10-24', open: '18:15', close: '19:15', description: 'Diwali muhurat session', printedBy: 'Mint, 24 Oct 2022, quoting the exchanges' },
  { date: '2023-11-12', open: '18:15', close: '19:15', description: 'Diwali muhurat session', printedBy: 'Business Standard, 2 Nov 2023, quoting NSE' },
  // Two parts (09:15–10:00 and 11:30–12:30) with a switch of sites between; the whole span is given here.
  { date: '2024-03-02', open: '09:15', close: '12:30', description: 'Disaster-recovery session', printedBy: 'Hindustan Times, 1 Mar 2024, quoting NSE' },
  // Papers differ on the second part's end (12:30 or 12:40); the later one lets nothing be known too early.
  { date: '2024-05-18', open: '09:15', close: '12:40', description: 'Disaster-recovery session', printedBy: 'Mint, 7 May 2024, quoting NSE' },
  { date: '2024-11-01', open: '18:00', close: '19:00', description: 'Diwali muhurat session', printedBy: 'press reports of 22 Sep 2025 on the year before' },
  { date: '2025-10-21', open: '13:45', close: '14:45', description: 'Diwali muhurat session', printedBy: 'DNA, 22 Sep 2025, quoting the NSE circular' },
];

/** One source a day, each certain of its own day only. */
export const nseSpecialSessions = (): CalendarSource[] => SPECIAL_SESSIONS.map(({ date, open, close, description }) => {
  const day: TradingDate = tradingDate(date);
  return {
    mode: 'sessions-listed', coverage: { from: day, to: day },
    days: [{ exchange: 'NSE', date: day, kind: 'SPECIAL_SESSION', open, close, description }],
  };
});
