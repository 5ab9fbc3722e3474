import { type Decimal, roundToTick } from '../../decimal.ts';
import { formatPercent, formatPrice } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { currencyOf, instrumentOf, percentAway, quoteOf } from '../figures.ts';
import { atMost, lacks, notApplicable } from '../outcomes.ts';
import { positionOf } from '../reduces-risk.ts';

/** A stop or target may well lie farther away than a limit price; a slipped digit lies farther still. */
const timesFarther = 8;

/** The bracket against the last price: a stop at 37 for a share at 370 is a slip of the finger. */
export const fatFingerBracket = defineCheck({
  id: 'fat_finger_bracket', version: 1, appliesTo: ['enter', 'modify'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.quote', 'limits.fatFingerPercent'],
  evaluate(snapshot, action) {
    const symbol = action.kind === 'enter' ? action.symbol : action.positionId === undefined ? undefined : positionOf(snapshot, action.accountId, action.positionId)?.symbol;
    const { stop, target } = action.kind === 'enter' ? action.bracket : action;
    const named: [string, Decimal | undefined][] = [['stop', stop], ['target', target]];
    if (symbol === undefined || (stop === undefined && target === undefined)) return notApplicable('Moves no stop and no target.');
    const quote = quoteOf(snapshot, symbol);
    if (!quote.known) return lacks(`The price of ${symbol}`, quote.reason);
    let farthest = { name: '', price: 0, away: -1 };
    for (const [name, price] of named) {
      if (price === undefined) continue;
      const away = percentAway(price, quote.value.last);
      if (away > farthest.away) farthest = { name, price: Number(price), away };
    }
    const limit = snapshot.limits.fatFingerPercent * timesFarther;
    return atMost({ measured: farthest.away, limit, unit: '%', message: `The ${farthest.name} ${formatPrice(farthest.price, currencyOf(snapshot))} is ${formatPercent(farthest.away)} from the last price; ${formatPercent(limit)} is allowed.` });
  },
  nearestPass(snapshot, action) {
    const symbol = action.kind === 'enter' ? action.symbol : action.positionId === undefined ? undefined : positionOf(snapshot, action.accountId, action.positionId)?.symbol;
    const instrument = symbol === undefined ? undefined : instrumentOf(snapshot, symbol);
    if (!instrument?.quote.known) return null;
    const { stop, target } = action.kind === 'enter' ? action.bracket : action;
    const { last } = instrument.quote.value;
    const allowed = snapshot.limits.fatFingerPercent * timesFarther;
    // With both off, the stop is the one to put right first.
    const wrong = [stop, target].find((price) => price !== undefined && percentAway(price, last) > allowed);
    if (wrong === undefined) return null;
    const above = Number(wrong) > last;
    const bound = (last * (100 + (above ? allowed : -allowed))) / 100;
    return bound > 0 ? { change: 'price', price: roundToTick(bound, Number(instrument.tickSize), above ? 'down' : 'up') } : null;
  },
});
