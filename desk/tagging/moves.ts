const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const up = words('up higher rise rises rose rising risen gain gains gained jump jumps jumped surge surges surged soar soars soared climb climbs climbed grow grows grew grown growing increase increases increased advance advances advanced zoom zooms zoomed rally rallies rallied spurt spurts spurted doubles doubled triples tripled expand expands expanded improve improves improved rebound rebounds rebounded recover recovers recovered accelerate accelerates accelerated widen widens widened strengthen strengthens strengthened boost boosts boosted hike hikes hiked raise raises raised lift lifts lifted');
const down = words('down lower fall falls fell falling fallen drop drops dropped decline declines declined declining slip slips slipped slide slides slid plunge plunges plunged tumble tumbles tumbled crash crashes crashed sink sinks sank slump slumps slumped dip dips dipped shrink shrinks shrank shrunk decrease decreases decreased decreasing cut cuts cutting reduce reduces reduced lowers lowered narrow narrows narrowed narrowing ease eases eased contract contracts contracted weaken weakens weakened weaker tank tanks tanked shed sheds lose loses lost halve halves halved slash slashes slashed');
/** More of it is good for a company's owners … */
const wanted = words('profit profits pat sales revenue revenues income earnings ebit ebitda margin margins eps dividend growth demand output production volumes volume orders order turnover deliveries exports shares share stock stocks price rating outlook target guidance market index nifty sensex rupee cashflow surplus');
/** … and of these less. */
const unwanted = words('loss losses cost costs expenses expense debt debts npa npas provisions deficit inflation unemployment slippages delinquencies dues pledge layoffs defaults claims penalty tax interest');
const denials = words("not no never without fails failed unable hardly cannot won't didn't doesn't isn't");
/** So far, in words, a direction reaches for what it speaks of, and a denial for a direction. */
const reach = 4;
const denialReach = 3;

/**
 * What moves which way in a headline's words: `=up`, `=down`, what moves with the nearest thing that an owner wants more or less of as `=better` ("loss narrows",
 * "profit rises", "costs fall") and `=worse`, turned round by a denial before it; and which kinds of things are spoken of. Each once.
 */
export function movesOf(said: readonly string[]): string[] {
  const found = new Set<string>();
  for (const [i, word] of said.entries()) {
    if (wanted.has(word)) found.add('=wanted');
    if (unwanted.has(word)) found.add('=unwanted');
    const direction = up.has(word) ? 1 : down.has(word) ? -1 : 0;
    if (direction === 0) continue;
    found.add(direction > 0 ? '=up' : '=down');
    const denied = said.slice(Math.max(0, i - denialReach), i).some((each) => denials.has(each));
    const nearest = nearestThing(said, i);
    if (nearest !== 0) found.add(direction * nearest * (denied ? -1 : 1) > 0 ? '=better' : '=worse');
    else if (denied) found.add(direction > 0 ? '=not up' : '=not down');
  }
  return [...found];
}

/** 1 for a thing that is wanted, −1 for one that is not, 0 for none within reach; of two as near the one before. */
function nearestThing(said: readonly string[], at: number): -1 | 0 | 1 {
  for (let distance = 1; distance <= reach; distance += 1) for (const i of [at - distance, at + distance]) {
    const word = said[i] ?? '';
    if (wanted.has(word)) return 1;
    if (unwanted.has(word)) return -1;
  }
  return 0;
}
