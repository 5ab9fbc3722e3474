import type { PlaybookTerms } from './playbook.ts';

/** Terms that change nothing. */
export const plainTerms: PlaybookTerms = {
  name: '',
  eventType: 'OTHER',
  stance: 'BULLISH',
  regimeMatch: { volatility: [], liquidity: [] },
  priorityBoost: 0,
  tranchePlan: [{ percent: 100, delayMinutes: 0 }],
  gapChaseMaxPercent: null,
  slMultiplier: null,
  tpMultiplier: null,
  staleMinutes: null,
  executionWindowHours: null,
  pauseSmallcap: false,
  pauseDurationHours: null,
  rotateExposureSectors: [],
};

/** What a desk starts with; a person changes them by confirmed actions. Ids stay for good. */
export const shippedPlaybooks: Readonly<Record<string, PlaybookTerms>> = {
  // Prices drift on after a surprise (Bernard and Thomas 1989), so part of the size may wait; a jump that has run far leaves little of it.
  earnings_beat: {
    ...plainTerms,
    name: 'Earnings beat',
    eventType: 'EARNINGS',
    priorityBoost: 0.25,
    tranchePlan: [
      { percent: 60, delayMinutes: 0 },
      { percent: 40, delayMinutes: 60 },
    ],
    gapChaseMaxPercent: 4,
    slMultiplier: 1.5,
    tpMultiplier: 3,
    staleMinutes: 1440,
    executionWindowHours: 6,
  },
  earnings_miss: { ...plainTerms, name: 'Earnings miss', eventType: 'EARNINGS', stance: 'BEARISH', pauseDurationHours: 72 },
  buyback: {
    ...plainTerms,
    name: 'Buyback',
    eventType: 'BUYBACK',
    priorityBoost: 0.2,
    gapChaseMaxPercent: 3,
    slMultiplier: 1.5,
    tpMultiplier: 2.5,
    staleMinutes: 2880,
    executionWindowHours: 6,
  },
  order_win: {
    ...plainTerms,
    name: 'Order win',
    eventType: 'ORDER_WIN',
    regimeMatch: { volatility: ['LOW_VOL', 'MED_VOL'], liquidity: ['HIGH', 'MEDIUM'] },
    priorityBoost: 0.1,
    gapChaseMaxPercent: 3,
    staleMinutes: 720,
    executionWindowHours: 4,
  },
  regulatory_penalty: {
    ...plainTerms,
    name: 'Regulatory penalty',
    eventType: 'PENALTY',
    stance: 'BEARISH',
    pauseSmallcap: true,
    pauseDurationHours: 48,
  },
  policy_change: {
    ...plainTerms,
    name: 'Policy change',
    eventType: 'POLICY',
    priorityBoost: 0.15,
    tranchePlan: [
      { percent: 50, delayMinutes: 0 },
      { percent: 50, delayMinutes: 90 },
    ],
    gapChaseMaxPercent: 2.5,
    slMultiplier: 2,
    staleMinutes: 1440,
    executionWindowHours: 6,
    rotateExposureSectors: ['Financial Services', 'Realty', 'Automobile and Auto Components'],
  },
};
