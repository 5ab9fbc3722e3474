import type { LimitFacts } from './snapshot.ts';

/** A limit that a person may change with a confirmation. `value` is as people say it; `toFact` makes the gates' own unit of it. */
export interface LimitSetting {
  fact: keyof LimitFacts;
  words: string;
  unit: '%' | 'days' | 'hours' | 'seconds' | 'orders' | 'currency';
  least: number; most: number; whole: boolean;
  toFact(value: number): number;
  fromFact(fact: number): number;
}

const asIs = { toFact: (value: number) => value, fromFact: (fact: number) => fact };
const ratio = { toFact: (value: number) => Math.round(value * 1e4) / 1e6, fromFact: (fact: number) => Math.round(fact * 1e6) / 1e4 };
const minor = { toFact: (value: number) => Math.round(value * 100), fromFact: (fact: number) => fact / 100 };
const percent = (fact: keyof LimitFacts, words: string, most: number, least = 0.01): LimitSetting => ({ fact, words, unit: '%', least, most, whole: false, ...asIs });

/** Ranges are those of the configuration (`ops/settings/gates.ts`); the hard ceiling of nine orders a second holds on top. */
export const limitSettings = {
  averageVolumePercent: { fact: 'advMaxRatio', words: 'largest order against the average daily volume', unit: '%', least: 0.01, most: 100, whole: false, ...ratio },
  spreadPercent: percent('maxSpreadPercent', 'widest spread', 50),
  eventBlackoutDays: { fact: 'eventBlackoutDays', words: 'days without entries around results', unit: 'days', least: 0, most: 30, whole: true, ...asIs },
  catalystHours: { fact: 'catalystFreshnessHours', words: 'oldest event behind an entry', unit: 'hours', least: 0.1, most: 720, whole: false, ...asIs },
  sectorPercent: { fact: 'maxSectorExposure', words: 'largest exposure to one sector', unit: '%', least: 1, most: 100, whole: false, ...ratio },
  singleNamePercent: percent('maxSingleNamePercent', 'largest position in one name', 100, 0.1),
  grossPercent: percent('maxGrossPercent', 'largest sum of all positions', 1000, 1),
  netPercent: percent('maxNetPercent', 'largest difference between long and short', 1000, 1),
  clusterPercent: percent('maxClusterPercent', 'largest sum of positions that move together', 100, 0.1),
  fatFingerPercent: percent('fatFingerPercent', 'farthest that a price may lie from the last one', 100, 0.1),
  quoteAgeSeconds: { fact: 'quoteMaxAgeSeconds', words: 'oldest quote behind an entry', unit: 'seconds', least: 1, most: 86_400, whole: true, ...asIs },
  ordersPerMinute: { fact: 'ordersPerMinute', words: 'orders a minute', unit: 'orders', least: 1, most: 6000, whole: true, ...asIs },
  transferBufferPercent: percent('transferMinBufferPercent', 'cash that a transfer leaves behind', 100, 0),
  transferLoanPercent: percent('transferMaxLoanPercent', 'most that an account lends to the others', 100, 0),
  optionRiskAmount: { fact: 'optionsMaxRiskMinor', words: 'most that one option structure may lose', unit: 'currency', least: 1, most: 1e10, whole: false, ...minor },
  fourEyesAmount: { fact: 'fourEyesMinor', words: 'amount from which two people must say yes', unit: 'currency', least: 1, most: 1e10, whole: false, ...minor },
} as const satisfies Record<string, LimitSetting>;

export type LimitName = keyof typeof limitSettings;
export const limitNames = Object.keys(limitSettings) as LimitName[];
export const limitSetting = (name: string): LimitSetting | null => (Object.hasOwn(limitSettings, name) ? limitSettings[name as LimitName] : null);

/** Why a value cannot be this limit's; null when it can. */
export function limitProblem(name: string, value: number): string | null {
  const setting = limitSetting(name);
  if (!setting) return `There is no limit “${name}”; there are ${limitNames.join(', ')}.`;
  if (!Number.isFinite(value) || value < setting.least || value > setting.most) return `The ${setting.words} lies between ${setting.least} and ${setting.most}, not at ${value}.`;
  return setting.whole && !Number.isInteger(value) ? `The ${setting.words} is a whole number, not ${value}.` : null;
}

/** The configured limits with what people confirmed in their place: an account's own word goes before the desk's, and a row that means nothing changes nothing. */
export function limitsInForce(configured: LimitFacts, confirmed: readonly { scope: string; setting: string; value: number }[], accountId: string | null): LimitFacts {
  const changed: Record<string, unknown> = { ...configured };
  const ofScope = (scope: string): void => {
    for (const row of confirmed) {
      const setting = row.scope === scope && limitProblem(row.setting, row.value) === null ? limitSetting(row.setting) : null;
      if (setting) changed[setting.fact] = setting.toFact(row.value);
    }
  };
  ofScope('desk');
  if (accountId !== null) ofScope(accountId);
  return changed as unknown as LimitFacts;
}
