import type { PlaybookTerms } from '../desk/playbooks/playbook.ts';
import { formatCount, formatPercent } from '../desk/format.ts';

type Value = number | string | boolean | null;
interface Setting {
  /** What people call it. */
  name: string;
  /** The terms with the value in them, or why it cannot be one. Null takes a limit away. */
  change(terms: PlaybookTerms, value: Value): PlaybookTerms | string;
  shown(terms: PlaybookTerms): string;
}
type NumberKey = 'gapChaseMaxPercent' | 'slMultiplier' | 'tpMultiplier' | 'staleMinutes' | 'executionWindowHours' | 'pauseDurationHours';

const limit = (key: NumberKey, name: string, shown: (value: number) => string): Setting => ({
  name,
  shown: (terms) => {
    const value = terms[key];
    return value === null ? 'none' : shown(value);
  },
  change: (terms, value) =>
    value === null || typeof value === 'number' ? { ...terms, [key]: value } : `The ${name} is a number, or none.`,
});
const hours = (value: number): string => `${formatCount(value)} h`;
const times = (value: number): string => `${formatCount(value)} × ATR`;
const parts = (terms: PlaybookTerms): string =>
  terms.tranchePlan
    .map(
      ({ percent, delayMinutes }) =>
        `${formatPercent(percent)}${delayMinutes === 0 ? ' at once' : ` after ${formatCount(delayMinutes)} min`}`,
    )
    .join(', ');

/** `60@0, 40@60`: percent of the size, minutes after the first entry. */
function readParts(text: string): PlaybookTerms['tranchePlan'] | null {
  const plan = text.split(/[,;]/).map((each) => /^\s*(\d+(?:\.\d+)?)\s*%?\s*(?:@|after)\s*(\d+)\s*(?:min\w*)?\s*$/i.exec(each));
  return plan.every((each) => each !== null) ? plan.map((each) => ({ percent: Number(each[1]), delayMinutes: Number(each[2]) })) : null;
}

/** The settings of a playbook that a person can change by saying so. */
export const playbookSettings: Readonly<Record<string, Setting>> = {
  priorityBoost: {
    name: 'boost',
    shown: (terms) => formatPercent(100 * terms.priorityBoost),
    change: (terms, value) =>
      typeof value === 'number' ? { ...terms, priorityBoost: value } : 'The boost is a number: 0.25 ranks a quarter higher.',
  },
  tranchePlan: {
    name: 'parts',
    shown: parts,
    change: (terms, value) => {
      const plan = readParts(String(value));
      return plan
        ? { ...terms, tranchePlan: plan }
        : 'Parts are written as 60@0, 40@60: percent of the size, minutes after the first entry.';
    },
  },
  gapChaseMaxPercent: limit('gapChaseMaxPercent', 'chase', (value) => formatPercent(value)),
  slMultiplier: limit('slMultiplier', 'stop distance', times),
  tpMultiplier: limit('tpMultiplier', 'target distance', times),
  staleMinutes: limit('staleMinutes', 'life of the news', (value) => `${formatCount(value)} min`),
  executionWindowHours: limit('executionWindowHours', 'window for entries', hours),
  pauseDurationHours: limit('pauseDurationHours', 'pause', hours),
  pauseSmallcap: {
    name: 'pause of small companies',
    shown: (terms) => (terms.pauseSmallcap ? 'on' : 'off'),
    change: (terms, value) =>
      typeof value === 'boolean'
        ? { ...terms, pauseSmallcap: value }
        : value === 'on' || value === 'off'
          ? { ...terms, pauseSmallcap: value === 'on' }
          : 'The pause of small companies is on or off.',
  },
  rotateExposureSectors: {
    name: 'favoured sectors',
    shown: (terms) => terms.rotateExposureSectors.join(', ') || 'none',
    change: (terms, value) => ({
      ...terms,
      rotateExposureSectors:
        value === null
          ? []
          : String(value)
              .split(',')
              .map((each) => each.trim())
              .filter((each) => each !== ''),
    }),
  },
};

export const playbookLines = (terms: PlaybookTerms): { setting: string; value: string }[] =>
  Object.values(playbookSettings).map(({ name, shown }) => ({ setting: name, value: shown(terms) }));

/** What the playbook changes, in words; what it leaves to the mandate is left out. */
export const playbookChanges = (terms: PlaybookTerms): string[] =>
  playbookLines(terms)
    .filter(({ value }) => !['none', 'off', '0 %', '100 % at once'].includes(value))
    .map(({ setting, value }) => `${setting} ${value}`);
