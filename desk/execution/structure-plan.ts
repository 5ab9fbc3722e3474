/** One leg (or slice of it) of a structure that is being carried out, as it is on record. Quantities in units of the underlying. */
export interface LegOnRecord {
  name: string;
  /** In which turn it goes out; each turn waits until the one before has filled whole. */
  turn: number;
  opens: boolean;
  sells: boolean;
  quantity: number;
  /** `ASKING`: sent, and the broker has not answered. `REFUSED`: it will not go out any more. */
  sent: 'NO' | 'ASKING' | 'YES' | 'REFUSED';
  working: boolean;
  filled: number;
  /** Since it was sent, of market time; null while it was not. */
  ageSeconds: number | null;
}
/** The order that takes a leg back. */
export interface UnwindOnRecord { of: string; sent: LegOnRecord['sent']; working: boolean; filled: number }

export type StructureStep =
  | { step: 'send'; legs: string[] }
  | { step: 'cancel'; legs: string[] }
  | { step: 'unwind'; legs: { of: string; quantity: number }[] }
  | { step: 'wait' }
  | { step: 'end'; outcome: 'WHOLE' | 'NOTHING' | 'UNWOUND' | 'PARTLY_CLOSED' | 'STUCK'; /** Legs that could not be taken back. */ stuck: string[] };

/** A leg that has not filled by then is taken back, and all with it. */
export const legPatienceSeconds = 300;

const over = (leg: { sent: LegOnRecord['sent']; working: boolean }): boolean => leg.sent === 'REFUSED' || (leg.sent === 'YES' && !leg.working);
const failed = (leg: LegOnRecord): boolean => over(leg) && leg.filled < leg.quantity;

/**
 * What comes next for a structure, from what is on record and nothing else, so that a run after a crash goes on where the last one was.
 * Turn by turn while all goes well. Once a leg is refused, ends unfilled or takes too long, nothing new goes out, what works is cancelled,
 * and what was opened is taken back: what was sold first, and what protects it only when that is done. A short that cannot be taken back
 * keeps its protection.
 */
export function nextStructureStep(legs: readonly LegOnRecord[], unwinds: readonly UnwindOnRecord[]): StructureStep {
  const late = legs.some(({ working, ageSeconds }) => working && ageSeconds !== null && ageSeconds > legPatienceSeconds);
  if (!late && !legs.some(failed) && unwinds.every(({ sent }) => sent === 'NO')) {
    const open = legs.filter((leg) => leg.filled < leg.quantity);
    if (open.length === 0) return { step: 'end', outcome: 'WHOLE', stuck: [] };
    const turn = open.reduce((least, leg) => Math.min(least, leg.turn), Number.POSITIVE_INFINITY);
    const unsent = open.filter((leg) => leg.turn === turn && leg.sent === 'NO').map(({ name }) => name);
    return unsent.length > 0 ? { step: 'send', legs: unsent } : { step: 'wait' };
  }
  if (legs.some(({ sent }) => sent === 'ASKING')) return { step: 'wait' };
  const working = legs.filter((leg) => leg.working).map(({ name }) => name);
  if (working.length > 0) return { step: 'cancel', legs: working };
  return takeBack(legs, unwinds);
}

function takeBack(legs: readonly LegOnRecord[], unwinds: readonly UnwindOnRecord[]): StructureStep {
  const opened = legs.filter(({ opens, filled }) => opens && filled > 0);
  const backOf = (leg: LegOnRecord): UnwindOnRecord | undefined => unwinds.find(({ of }) => of === leg.name);
  const stuck: string[] = [];
  for (const side of [opened.filter(({ sells }) => sells), opened.filter(({ sells }) => !sells)]) {
    const unsent = side.filter((leg) => backOf(leg)?.sent === 'NO');
    if (unsent.length > 0) return { step: 'unwind', legs: unsent.map(({ name, filled }) => ({ of: name, quantity: filled })) };
    if (side.some((leg) => { const back = backOf(leg); return back !== undefined && !over(back); })) return { step: 'wait' };
    stuck.push(...side.filter((leg) => (backOf(leg)?.filled ?? 0) < leg.filled).map(({ name }) => name));
    // What is still short keeps what protects it.
    if (stuck.length > 0) return { step: 'end', outcome: 'STUCK', stuck };
  }
  const closed = legs.some(({ opens, filled }) => !opens && filled > 0);
  return { step: 'end', outcome: closed ? 'PARTLY_CLOSED' : opened.length > 0 ? 'UNWOUND' : 'NOTHING', stuck };
}
