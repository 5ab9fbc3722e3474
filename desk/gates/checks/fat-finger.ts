import { roundToTick } from '../../decimal.ts';
import { formatPercentPair, formatPrice } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { currencyOf, instrumentOf, percentAway, quoteOf } from '../figures.ts';
import { atMost, lacks, notApplicable } from '../outcomes.ts';
import { orderOf } from '../reduces-risk.ts';
import type { ActionOf } from '../../actions/types.ts';
import type { GateSnapshot } from '../snapshot.ts';

type Priced = ActionOf<'enter'> | ActionOf<'exit'> | ActionOf<'reduce'> | ActionOf<'modify'>;
const symbolOf = (snapshot: GateSnapshot, action: Priced): string | undefined =>
  (action.kind === 'modify' ? (action.orderId === undefined ? undefined : orderOf(snapshot, action.accountId, action.orderId)?.symbol) : action.symbol);

/** A limit price far from the last one, either way, is a slip of the finger. */
export const fatFinger = defineCheck({
  id: 'fat_finger', version: 1, appliesTo: ['enter', 'exit', 'reduce', 'modify'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.quote', 'limits.fatFingerPercent'],
  evaluate(snapshot, action) {
    const symbol = symbolOf(snapshot, action);
    if (action.limitPrice === undefined || symbol === undefined) return notApplicable('Goes at the market, without a limit price.');
    const quote = quoteOf(snapshot, symbol);
    if (!quote.known) return lacks(`The price of ${symbol}`, quote.reason);
    const { last } = quote.value;
    const away = percentAway(action.limitPrice, last);
    const limit = snapshot.limits.fatFingerPercent;
    const [measuredText, limitText] = formatPercentPair(away, limit);
    const currency = currencyOf(snapshot);
    return atMost({ measured: away, limit, unit: '%', message: `The limit ${formatPrice(action.limitPrice, currency)} is ${measuredText} from the last price ${formatPrice(last, currency)}; ${limitText} is allowed.` });
  },
  nearestPass(snapshot, action) {
    const symbol = symbolOf(snapshot, action);
    const instrument = symbol === undefined ? undefined : instrumentOf(snapshot, symbol);
    if (!instrument?.quote.known || action.limitPrice === undefined) return null;
    const { last } = instrument.quote.value;
    const high = Number(action.limitPrice) > last;
    const bound = (last * (100 + (high ? 1 : -1) * snapshot.limits.fatFingerPercent)) / 100;
    if (!(bound > 0)) return null;
    return { change: 'price', price: roundToTick(bound, Number(instrument.tickSize), high ? 'down' : 'up') };
  },
});
