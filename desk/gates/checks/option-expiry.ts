import { formatDay } from '../../format.ts';
import { expiryMoment } from '../../options/stored-chain.ts';
import { msBetween, tradingDate } from '../../time.ts';
import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { openingLegs } from '../option-payoff.ts';
import { fails, notApplicable, passes } from '../outcomes.ts';

/** On the last day nothing is sold in its last hour and a half: what is left of it moves by the whole of the underlying. */
const lastMinutes = 90;
/** Share options are delivered in shares: margins for delivery begin four days before. */
const deliveryDays = 4;

/** Rules of the last day, and the warning that options on shares end in shares. */
export const optionExpiry = defineCheck({
  id: 'option_expiry', version: 1, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'WARN', reads: ['marketTime', 'marketDate', 'instruments.settles'],
  evaluate(snapshot, action) {
    const legs = openingLegs(action);
    if (legs.length === 0) return notApplicable('It opens nothing.');
    for (const { side, symbol, expiry } of legs) {
      const left = msBetween(snapshot.marketTime, expiryMoment(action.exchange ?? 'NSE', tradingDate(expiry))) / 60_000;
      if (side === 'SELL' && left < lastMinutes) return fails(`${symbol} expires in ${Math.max(0, Math.round(left))} minutes; nothing is sold in the last ${lastMinutes}.`);
    }
    const nearest = legs.map(({ expiry }) => expiry).sort()[0] ?? '';
    const settles = instrumentOf(snapshot, action.underlying)?.settles;
    const days = (Date.parse(nearest) - Date.parse(snapshot.marketDate)) / 86_400_000;
    if (settles === 'PHYSICAL') return fails(`Options on ${action.underlying} are settled in shares: what is in the money on ${formatDay(tradingDate(nearest), snapshot.marketDate)} must be delivered or taken${days <= deliveryDays ? ', and margin for that is asked for from now on' : ''}.`, 'WARN');
    return days === 0 ? fails('It expires today: small moves change all of its value.', 'WARN') : passes(`It lives until ${formatDay(tradingDate(nearest), snapshot.marketDate)}.`);
  },
});
