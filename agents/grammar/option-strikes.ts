import type { IntentOf, OptionLegSaid } from './intents.ts';

/** What a structure's strikes or legs were said to be. */
export type StrikesSaid = Pick<IntentOf<'option_strategy'>, 'structure' | 'strikes' | 'legs' | 'lots'>;

const counted = /\b\d{1,4}\s+lots?\b|\b\d{1,2}[\s-]?deltas?\b|\b0?\.\d{1,3}[\s-]?deltas?\b|\bdelta\s+(?:of\s+)?[\d.]+|\b\d{2,5}(?:[\s-]?(?:points?|pts?))?[\s-]?wide\b|\bw(?:ings?|idth)\s+(?:of\s+)?\d{2,5}\b/g;
const figure = /(?<![\w.%₹$-])\d{2,6}(?:\.\d+)?(?![\w.%])/g;
const mostStrikes = 4;

/**
 * Strikes beside a structure's name, ascending: "bull call spread 22000 22200", "24000/24200 call spread". `rest` is the sentence without names,
 * dates and accounts. None where a figure is there that is no strike.
 */
export function strikesBeside(rest: string): number[] | null {
  const plain = rest.replace(counted, ' ').replace(/(?<=\d)\s*[/–-]\s*(?=\d)/g, ' ').replace(/(?<=\d)(?:ce|pe)\b/g, ' ');
  const found = [...plain.matchAll(figure)].map(([said]) => Number(said));
  if (found.length === 0 || found.length > mostStrikes || /\d/.test(plain.replace(figure, ' '))) return null;
  return [...new Set(found)].sort((a, b) => a - b);
}

const verbs = 'buying|bought|buy|long|selling|sold|sell|short|shorting|writing|write';
const leg = new RegExp(String.raw`\b(${verbs})\s+(?:(\d{1,3})\s+lots?\s+(?:of\s+)?|(\d)\s*x\s*)?(?:the\s+|an?\s+|one\s+)?(?:(\d{2,6}(?:\.\d+)?)\s*-?(ce|pe|calls?|puts?)?|(ce|pe|calls?|puts?)\s+(?:at\s+|of\s+)?(\d{2,6}(?:\.\d+)?))(?=\s|$|[,;])`, 'g');
/** What may stand around legs. A word that is not here may change what is meant, so the legs are not read then. */
const around = new Set('and then plus with against while also the a an on in of for as one together at same time what if i we would it does do cost how much about would is should can let us please show price me spread structure strategy options option contract weekly monthly next expiry this next series month'.split(' '));
const rightOf = (said: string): 'call' | 'put' => (said.startsWith('c') ? 'call' : 'put');

/** "Sell the 22500 call, buy the 22700 call": two to four legs, or null where more than that is said. */
export function legsSaid(rest: string): StrikesSaid | null {
  const found = [...rest.replace(/[,;]/g, ' , ').matchAll(leg)];
  if (found.length < 2 || found.length > mostStrikes) return null;
  const left = rest.replace(/[,;]/g, ' , ').replace(leg, ' ').replace(counted, ' ').split(/[^a-z0-9.%₹']+/).filter((word) => word !== '' && !around.has(word));
  const rights = new Set(found.flatMap((each) => { const said = each[5] ?? each[6]; return said === undefined ? [] : [rightOf(said)]; }));
  if (left.length > 0 || rights.size === 0) return null;
  const [only] = rights;
  const legs = found.flatMap((each): OptionLegSaid[] => {
    const said = each[5] ?? each[6];
    // "Buy the 22000 and sell the 22200 call": one right for both.
    const type = said !== undefined ? rightOf(said) : rights.size === 1 ? only : undefined;
    const lots = Number(each[2] ?? each[3] ?? 1);
    return type === undefined ? [] : [{ side: /^(b|long)/.test(each[1] ?? '') ? 'BUY' : 'SELL', type, strike: Number(each[4] ?? each[7]), ...(lots > 1 ? { lots } : {}) }];
  });
  return legs.length === found.length ? called(legs) : null;
}

/** Two legs that have a name are called by it, so that whatever is said of that structure holds. */
function called(legs: OptionLegSaid[]): StrikesSaid {
  const [one, other] = legs;
  const same = one?.lots !== undefined && legs.every(({ lots }) => lots === one.lots) ? { lots: one.lots } : {};
  const custom = { structure: 'custom', legs: 'lots' in same ? legs.map(({ lots: _, ...leg }) => leg) : legs, ...same };
  if (!one || !other || legs.length !== 2 || one.lots !== other.lots) return custom;
  if (one.type !== other.type || one.side === other.side || one.strike === other.strike) return custom;
  const bought = one.side === 'BUY' ? one : other;
  const sold = one.side === 'BUY' ? other : one;
  const bull = bought.strike < sold.strike;
  return { structure: `${bull ? 'bull' : 'bear'} ${one.type} spread`, strikes: [Math.min(one.strike, other.strike), Math.max(one.strike, other.strike)], ...same };
}
