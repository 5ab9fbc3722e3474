import type { Breadth } from './breadth.ts';

/** Net buying of institutions (FPI and DII together) today, and its usual size: the mean absolute net of the last 20 sessions, same unit. */
export interface InstitutionalFlow { net: number; usualSize: number }

const WEIGHTS = { participation: 0.4, volume: 0.3, institutions: 0.3 } as const;
type Component = keyof typeof WEIGHTS;

export interface Sentiment {
  /** 0 (everyone sells) to 100 (everyone buys); 50 is balanced. Null when nothing rose or fell. */
  composite: number | null;
  /** Each 0–1, or null when its source is missing. */
  components: Record<Component, number | null>;
  missing: Component[];
}

/**
 * The desk's own composite of the day's mood:
 * `100 × (0.4 × participation + 0.3 × volume + 0.3 × institutions)`, where
 * participation = advances / (advances + declines), volume = 1 / (1 + TRIN), institutions = (1 + tanh(net / usual size)) / 2.
 * A missing component's weight goes to the others in proportion, and its name into `missing`; participation must be there.
 */
export function sentimentOf({ breadth, flow }: { breadth: Breadth; flow: InstitutionalFlow | null }): Sentiment {
  const { advances, declines, trin } = breadth;
  const components: Record<Component, number | null> = {
    participation: advances + declines === 0 ? null : advances / (advances + declines),
    volume: trin === null ? null : 1 / (1 + trin),
    institutions: flow === null || !(flow.usualSize > 0) ? null : (1 + Math.tanh(flow.net / flow.usualSize)) / 2,
  };
  let sum = 0;
  let weight = 0;
  const missing: Component[] = [];
  for (const name of Object.keys(WEIGHTS) as Component[]) {
    const value = components[name];
    if (value === null) { missing.push(name); continue; }
    sum += WEIGHTS[name] * value;
    weight += WEIGHTS[name];
  }
  return { composite: components.participation === null ? null : (100 * sum) / weight, components, missing };
}
