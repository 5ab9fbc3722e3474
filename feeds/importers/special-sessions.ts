import { at, type Instant, type TradingDate } from '../../desk/time.ts';

const ZONE = 'Asia/Kolkata';
export const REGULAR_OPEN = '09:15';
export const REGULAR_CLOSE = '15:30';

/**
 * NSE cash sessions that closed after 15:30: the evening (muhurat) sessions of Diwali and the day of the exchange's
 * outage. A bar of such a day is not known at 15:30. `open` and `close` are the exchange's circulars' hours where given;
 * for the older evenings only the date is certain, so their bars count as known at 20:00, after all of them had ended.
 */
const LATE_SESSIONS: Readonly<Record<string, { description: string; open?: string; close?: string }>> = {
  '2007-11-09': { description: 'Diwali muhurat' }, '2008-10-28': { description: 'Diwali muhurat' },
  '2009-10-17': { description: 'Diwali muhurat' }, '2010-11-05': { description: 'Diwali muhurat' },
  '2011-10-26': { description: 'Diwali muhurat' }, '2012-11-13': { description: 'Diwali muhurat' },
  '2013-11-03': { description: 'Diwali muhurat' }, '2014-10-23': { description: 'Diwali muhurat' },
  '2015-11-11': { description: 'Diwali muhurat' }, '2016-10-30': { description: 'Diwali muhurat' },
  '2017-10-19': { description: 'Diwali muhurat' }, '2018-11-07': { description: 'Diwali muhurat' },
  '2019-10-27': { description: 'Diwali muhurat', open: '18:15', close: '19:15' },
  '2020-11-14': { description: 'Diwali muhurat', open: '18:15', close: '19:15' },
  '2021-02-24': { description: 'Session extended after an outage', open: '09:15', close: '17:00' },
  '2021-11-04': { description: 'Diwali muhurat', open: '18:15', close: '19:15' },
  '2022-10-24': { description: 'Diwali muhurat', open: '18:15', close: '19:15' },
  '2023-11-12': { description: 'Diwali muhurat', open: '18:15', close: '19:15' },
  '2024-11-01': { description: 'Diwali muhurat', open: '18:00', close: '19:00' },
};
const LATEST_EVENING_END = '20:00';

export const lateSession = (date: TradingDate): { description: string; open?: string; close?: string } | undefined => LATE_SESSIONS[date];

/** When a daily bar of that date is known: at its session's close. */
export function barKnownAt(date: TradingDate): Instant {
  const late = LATE_SESSIONS[date];
  return at(date, late ? (late.close ?? LATEST_EVENING_END) : REGULAR_CLOSE, ZONE);
}
