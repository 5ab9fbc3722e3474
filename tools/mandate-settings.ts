import type { MandateTerms } from '../desk/actions/types.ts';
import { formatCount, formatPercent } from '../desk/format.ts';

type Value = number | string | boolean;
interface Setting {
  /** What people call it. */
  name: string;
  /** The terms with the value in them, or why it cannot be one. */
  change(terms: MandateTerms, value: Value): MandateTerms | string;
  shown(terms: MandateTerms): string;
}

const objectives = { MAX_PROFIT: 'most profit', RISK_MINIMIZED: 'least risk', BALANCED: 'balanced' } as const;
const list = (names: readonly string[]): string => names.join(', ') || 'none';
const numeric = <K extends keyof MandateTerms>(key: K, name: string, shown: (value: number) => string): Setting => ({
  name, shown: (terms) => shown(terms[key] as number), change: (terms, value) => (typeof value === 'number' ? { ...terms, [key]: value } : `${name} is a number.`),
});
const listed = (key: 'bannedSectors' | 'bannedSymbols', name: string, add: boolean): Setting => ({
  name, shown: (terms) => list(terms[key]),
  change: (terms, value) => {
    const named = String(value).trim();
    const there = terms[key].filter((each) => each.toLowerCase() !== named.toLowerCase());
    return named === '' ? 'Name what.' : { ...terms, [key]: add ? [...there, named] : there };
  },
});
const percent = (value: number): string => formatPercent(value);
const days = (value: number): string => `${formatCount(value)} ${value === 1 ? 'day' : 'days'}`;
const times = (value: number): string => `${formatCount(value)} × ATR`;

/** The settings of a mandate that a person can change by saying so, by their names in the grammar. */
export const mandateSettings: Readonly<Record<string, Setting>> = {
  objective: { name: 'objective', shown: (terms) => objectives[terms.objective], change: (terms, value) => (typeof value === 'string' && value in objectives ? { ...terms, objective: value as MandateTerms['objective'] } : `The objective is one of ${Object.keys(objectives).join(', ')}.`) },
  riskPerTradePercent: numeric('riskPerTradePercent', 'risk per trade', percent), maxPositions: numeric('maxPositions', 'most positions', (value) => formatCount(value)),
  maxSectorExposurePercent: numeric('maxSectorExposurePercent', 'largest sector', percent), maxPositionPercent: numeric('maxPositionPercent', 'largest position', percent), targetBeta: numeric('targetBeta', 'target beta', (value) => formatCount(value)),
  horizonMinDays: numeric('horizonMinDays', 'shortest horizon', days), horizonMaxDays: numeric('horizonMaxDays', 'longest horizon', days), earningsBlackoutDays: numeric('earningsBlackoutDays', 'blackout around results', days),
  slMultiplier: numeric('slMultiplier', 'stop distance', times), tpMultiplier: numeric('tpMultiplier', 'target distance', times),
  trailingStopEnabled: { name: 'trailing stops', shown: (terms) => (terms.trailingStopEnabled ? 'on' : 'off'), change: (terms, value) => (typeof value === 'boolean' ? { ...terms, trailingStopEnabled: value } : 'Trailing stops are on or off.') },
  banSector: listed('bannedSectors', 'banned sectors', true), allowSector: listed('bannedSectors', 'banned sectors', false), banSymbol: listed('bannedSymbols', 'banned symbols', true), allowSymbol: listed('bannedSymbols', 'banned symbols', false),
};

/** The lines of a mandate as they are shown. */
export const mandateLines = (terms: MandateTerms): { setting: string; value: string }[] => {
  const seen = new Set<string>();
  const lines = Object.values(mandateSettings).filter(({ name }) => !seen.has(name) && seen.add(name)).map((setting) => ({ setting: setting.name, value: setting.shown(terms) }));
  return [...lines, { setting: 'least daily volume', value: `${formatCount(terms.liquidityFloorAdv)} shares` }, { setting: 'strategies', value: terms.allowedStrategies.map((name) => name.replaceAll('_', ' ')).join(', ') }];
};
