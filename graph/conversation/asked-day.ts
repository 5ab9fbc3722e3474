import { dateIn, type TradingDate, type Zone } from '../../desk/time.ts';
import { momentNamed } from '../../tools/as-of.ts';
import { ToolError } from '../../tools/define.ts';

/** What “today” means to somebody who asks as of a moment: that day, where it is before the market’s. An as-of that is no time is refused by the tools. */
export function askedDay(asOf: string | undefined, { zone, today }: { zone: Zone; today: TradingDate }): TradingDate {
  if (asOf === undefined) return today;
  try {
    const asked = dateIn(momentNamed(asOf, { zone, field: 'asOf' }), zone);
    return asked < today ? asked : today;
  } catch (error) {
    if (error instanceof ToolError) return today;
    throw error;
  }
}
