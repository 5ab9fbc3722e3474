import { normalCdf } from '../normal.ts';
import type { StructureKind } from '../structures/kinds.ts';
import { ROUTER_STRATEGIES, type Condition, type RouterFacts, type RouterStrategy, type Test } from './strategies.ts';

export type ConditionState = 'MET' | 'NOT_MET' | 'NOT_KNOWN';
export interface RoutedStrategy {
  id: RouterStrategy['id'];
  signal: boolean;
  direction: 'UP' | 'DOWN' | 'NONE';
  /** Weight of the conditions that are met over that of all, 0–1. */
  confidence: number;
  rationale: string;
  structure: StructureKind;
  horizonDays: number;
  conditions: { says: string; state: ConditionState; required: boolean }[];
}

/** A price that falls is tested by its mirror: what counts is that open interest and price agree. */
const mirrored: ReadonlySet<keyof RouterFacts> = new Set(['priceChangePercent', 'pcrChange', 'advancesOverDeclines']);
const mirror = (fact: keyof RouterFacts, value: number): number => (fact === 'advancesOverDeclines' ? (value > 0 ? 1 / value : Number.POSITIVE_INFINITY) : -value);

function holds(test: Test, facts: RouterFacts, down: boolean): ConditionState {
  const raw = facts[test.fact];
  if (raw === null) return 'NOT_KNOWN';
  if (test.is === 'equal') return raw === test.value ? 'MET' : 'NOT_MET';
  const value = down && mirrored.has(test.fact) ? mirror(test.fact, Number(raw)) : Number(raw);
  const met = { below: value < test.value, above: value > test.value, atMost: value <= test.value, atLeast: value >= test.value }[test.is];
  return met ? 'MET' : 'NOT_MET';
}

const stateOf = ({ tests }: Condition, facts: RouterFacts, down: boolean): ConditionState => {
  const states = tests.map((test) => holds(test, facts, down));
  return states.includes('NOT_MET') ? 'NOT_MET' : states.includes('NOT_KNOWN') ? 'NOT_KNOWN' : 'MET';
};

/** A signal needs everything that is required and this much of the whole weight. */
const LEAST_CONFIDENCE = 0.6;

function routeOne(strategy: RouterStrategy, facts: RouterFacts): RoutedStrategy {
  const down = strategy.directional && (facts.priceChangePercent ?? 0) < 0;
  const direction = !strategy.directional || facts.priceChangePercent === null ? 'NONE' : down ? 'DOWN' : 'UP';
  const judged = strategy.conditions.map((condition) => ({ condition, state: stateOf(condition, facts, down) }));
  const weight = (list: typeof judged): number => list.reduce((sum, { condition }) => sum + condition.weight, 0);
  const confidence = weight(judged.filter(({ state }) => state === 'MET')) / weight(judged);
  const lacking = judged.find(({ condition, state }) => condition.required && state !== 'MET');
  const signal = !lacking && confidence >= LEAST_CONFIDENCE;
  const said = (state: ConditionState): string[] => judged.filter((each) => each.state === state).map(({ condition }) => condition.says);
  const rationale = signal ? `${said('MET').join(', ')}: ${strategy.idea}`
    : lacking ? `not now: it needs that ${lacking.condition.says}${lacking.state === 'NOT_KNOWN' ? ', which is not known' : ''}` : `too little speaks for it: not that ${[...said('NOT_MET'), ...said('NOT_KNOWN')].join(', nor that ')}`;
  return { id: strategy.id, signal, direction, confidence, rationale, structure: strategy.structures[direction], horizonDays: strategy.horizonDays, conditions: judged.map(({ condition, state }) => ({ says: condition.says, state, required: condition.required })) };
}

/** All four strategies against the facts: those with a signal first, by confidence. */
export const route = (facts: RouterFacts): RoutedStrategy[] =>
  ROUTER_STRATEGIES.map((strategy) => routeOne(strategy, facts)).sort((a, b) => Number(b.signal) - Number(a.signal) || b.confidence - a.confidence);

/**
 * Chance that the close of the last day lies within half a strike of max pain: a normal about the price drawn towards max pain by a share that
 * grows with the damping of dealers. A first version from distance and gamma alone, not fitted to any history.
 */
export function pinProbability({ spot, maxPain, strikeStep, expectedMove, aboveGammaFlip }: { spot: number; maxPain: number; strikeStep: number; expectedMove: number; aboveGammaFlip: boolean | null }): number | null {
  if (!(expectedMove > 0)) return null;
  const drawn = aboveGammaFlip === true ? 0.5 : aboveGammaFlip === null ? 0.25 : 0.1;
  const centre = spot + drawn * (maxPain - spot);
  const deviation = expectedMove * Math.sqrt(1 - drawn ** 2);
  return normalCdf((maxPain + strikeStep / 2 - centre) / deviation) - normalCdf((maxPain - strikeStep / 2 - centre) / deviation);
}
