import { formatDay } from '../../desk/format.ts';
import { dateIn, type Instant, timeIn, type TradingDate, type Zone } from '../../desk/time.ts';

/** A moment as people read it on the exchange's wall: `11:42` today, `3 June 11:42` otherwise. */
export const localTime = (moment: Instant, { today, zone }: { today: TradingDate; zone: Zone }): string => {
  const date = dateIn(moment, zone);
  return date === today ? timeIn(moment, zone) : `${formatDay(date, today)} ${timeIn(moment, zone)}`;
};
