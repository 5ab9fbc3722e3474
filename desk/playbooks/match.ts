import type { FeatureSet } from '../market/types.ts';
import type { SignalEvent } from '../signals/define.ts';
import type { Playbook } from './playbook.ts';

type Regime = Pick<FeatureSet, 'volatilityRegime' | 'liquidityRegime'>;

/** An empty list asks for nothing; a regime that is not known meets no list. */
const suits = <T extends string>(list: readonly T[], regime: T | null): boolean =>
  list.length === 0 || (regime !== null && list.includes(regime));
const narrowness = ({
  terms: {
    regimeMatch: { volatility, liquidity },
  },
}: Playbook): number => Number(volatility.length > 0) + Number(liquidity.length > 0);

/** The playbook of an event in a share's regime; of several the one that asks for most, then by id. Null where none is meant for it. */
export function playbookFor(
  playbooks: readonly Playbook[],
  event: Pick<SignalEvent, 'eventType' | 'stance'>,
  regime: Regime,
): Playbook | null {
  const meant = playbooks.filter(
    ({ terms }) =>
      terms.eventType === event.eventType &&
      terms.stance === event.stance &&
      suits(terms.regimeMatch.volatility, regime.volatilityRegime) &&
      suits(terms.regimeMatch.liquidity, regime.liquidityRegime),
  );
  return [...meant].sort((a, b) => narrowness(b) - narrowness(a) || (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** How long news of a kind counts, in hours: the longest that a playbook of its type and stance says, else the desk's setting. */
export function freshHoursFor(playbooks: readonly Playbook[], event: Pick<SignalEvent, 'eventType' | 'stance'>, otherwise: number): number {
  const minutes = playbooks.flatMap(({ terms }) =>
    terms.eventType === event.eventType && terms.stance === event.stance && terms.staleMinutes !== null ? [terms.staleMinutes] : [],
  );
  return minutes.length === 0 ? otherwise : Math.max(...minutes) / 60;
}
