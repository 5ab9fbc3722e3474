import { MandateTerms } from '../../desk/actions/types.ts';
import { formatCount, formatDay, formatMoney, formatPercent } from '../../desk/format.ts';
import type { TradingDate } from '../../desk/time.ts';
import { FundingPlan } from '../../desk/treasury/funding-plan.ts';
import { type IntakeAnswers, type IntakeTopic, intakeQuestions } from './questions.ts';
import { amountsIn, monthsIn, namesIn, percentIn, sessionsIn } from './read-answers.ts';

export interface IntakeProposal {
  terms: MandateTerms; fundingPlan: FundingPlan | null; summary: string;
  /** What was not said and stands by rule, what was bent to a limit, and what was not understood: one line each. */
  assumptionLog: string[];
  /** Answers that could not be read; ask again. */
  unclear: IntakeTopic[];
}
export interface IntakeInput {
  answers: IntakeAnswers; today: TradingDate; strategies: readonly string[];
  /** A funding plan holds already: saying nothing about money leaves it as it is. */
  planInForce?: boolean;
  /** The symbols that a spoken name means, if it is a company and no sector. */
  symbolOf(name: string): string | null;
}
type Objective = MandateTerms['objective'];
type Profile = Pick<MandateTerms, 'riskPerTradePercent' | 'maxPositions' | 'maxSectorExposurePercent' | 'maxPositionPercent' | 'targetBeta' | 'horizonMinDays' | 'horizonMaxDays' | 'earningsBlackoutDays' | 'liquidityFloorAdv' | 'slMultiplier' | 'tpMultiplier'> & { bufferPercent: number };

/** Where each objective starts. What a person says replaces it. */
const profiles: Record<Objective, Profile> = {
  MAX_PROFIT: { riskPerTradePercent: 1, maxPositions: 8, maxSectorExposurePercent: 30, maxPositionPercent: 25, targetBeta: 1.1, horizonMinDays: 2, horizonMaxDays: 30, earningsBlackoutDays: 2, liquidityFloorAdv: 50_000, slMultiplier: 2, tpMultiplier: 3, bufferPercent: 5 },
  BALANCED: { riskPerTradePercent: 0.75, maxPositions: 10, maxSectorExposurePercent: 30, maxPositionPercent: 20, targetBeta: 0.9, horizonMinDays: 2, horizonMaxDays: 20, earningsBlackoutDays: 2, liquidityFloorAdv: 50_000, slMultiplier: 2, tpMultiplier: 3, bufferPercent: 10 },
  RISK_MINIMIZED: { riskPerTradePercent: 0.5, maxPositions: 12, maxSectorExposurePercent: 20, maxPositionPercent: 12, targetBeta: 0.7, horizonMinDays: 3, horizonMaxDays: 30, earningsBlackoutDays: 3, liquidityFloorAdv: 100_000, slMultiplier: 1.5, tpMultiplier: 2.5, bufferPercent: 15 },
};
/** Sessions; what a mandate may hold. */
const longestHorizon = 400;
const objectiveWords: Record<Objective, string> = { MAX_PROFIT: 'the most gain that the limits allow', BALANCED: 'a balance of gain and calm', RISK_MINIMIZED: 'the least risk' };
const objectiveForms: readonly [Objective, RegExp][] = [
  ['BALANCED', /balanc|both|middle|moderate|mix/i], ['RISK_MINIMIZED', /least risk|low(?:est)? risk|minim\w+ risk|risk[_ ]minimi[sz]ed|calm|safe|defensive|conservative|preserv/i], ['MAX_PROFIT', /most gain|max\w*[_ ](?:profit|gain|return)|aggressive|growth|profit|gain|return/i],
];

/** From answers in plain words to a mandate and a funding plan. Deterministic: the same answers give the same proposal. */
export function interpretIntake({ answers, today, strategies, planInForce = false, symbolOf }: IntakeInput): IntakeProposal {
  const log: string[] = [];
  const unclear: IntakeTopic[] = [];
  /** The reading of one answer; unsaid or unread, the profile's value with a line in the log. */
  const read = <T>(topic: IntakeTopic, parse: (text: string) => T | null, otherwise: T, said: (value: T) => string): T => {
    const text = answers[topic]?.trim() ?? '';
    const value = text === '' ? null : parse(text);
    if (value !== null) return value;
    if (text !== '') unclear.push(topic);
    log.push(text === '' ? `${titles[topic]}: not said; taken as ${said(otherwise)}.` : `${titles[topic]}: “${text.slice(0, 80)}” was not understood; taken as ${said(otherwise)}.`);
    return otherwise;
  };
  /** A figure that no mandate may have is asked again, not bent: "50" may have meant 0.5. */
  const within = (topic: IntakeTopic, value: number, { least, most, otherwise }: { least: number; most: number; otherwise: number }): number => {
    if (value >= least && value <= most) return value;
    unclear.push(topic);
    log.push(`${titles[topic]}: ${formatCount(value)} lies outside ${formatCount(least)} to ${formatCount(most)}; taken as ${formatCount(otherwise)}.`);
    return otherwise;
  };
  const objective = read('objective', (text) => objectiveForms.find(([, form]) => form.test(text))?.[0] ?? null, 'BALANCED', (value) => objectiveWords[value]);
  const profile = profiles[objective];
  const risk = within('risk', read('risk', percentIn, profile.riskPerTradePercent, formatPercent), { least: 0.05, most: 5, otherwise: profile.riskPerTradePercent });
  const horizon = read('horizon', (text) => { const span = horizonIn(text); return span && span.to <= longestHorizon ? span : null; }, { from: profile.horizonMinDays, to: profile.horizonMaxDays }, ({ from, to }) => `${from} to ${to} sessions`);
  const buffer = within('buffer', read('buffer', percentIn, profile.bufferPercent, formatPercent), { least: 0, most: 90, otherwise: profile.bufferPercent });
  const spread = read('concentration', concentrationIn, { positions: null, sectorPercent: null }, () => `${profile.maxPositions} positions, ${formatPercent(profile.maxSectorExposurePercent)} a sector`);
  if (answers.concentration && spread.positions === null && spread.sectorPercent !== null) log.push(`Positions: not said; taken as ${profile.maxPositions}.`);
  if (answers.concentration && spread.sectorPercent === null && spread.positions !== null) log.push(`Sector limit: not said; taken as ${formatPercent(profile.maxSectorExposurePercent)}.`);
  const positions = within('concentration', spread.positions ?? profile.maxPositions, { least: 1, most: 60, otherwise: profile.maxPositions });
  const banned = read('never', namesIn, [] as string[], () => 'nothing banned').map((name) => ({ name, symbol: symbolOf(name) }));
  const blackout = read('results', blackoutIn(profile.earningsBlackoutDays), profile.earningsBlackoutDays, (days) => `no entry within ${days} trading days`);
  const fundingPlan = read('money', (text) => fundingIn(text, { today, buffer, log }), null as FundingPlan | null, () => (planInForce ? 'the plan in force, unchanged' : 'no plan: cash is what is paid in'));
  const terms = MandateTerms.parse({
    objective, riskPerTradePercent: risk, maxPositions: positions, maxSectorExposurePercent: within('concentration', spread.sectorPercent ?? profile.maxSectorExposurePercent, { least: 5, most: 100, otherwise: profile.maxSectorExposurePercent }),
    // No position may be larger than what an even split of twice the number would give, so that the count means something.
    maxPositionPercent: Math.min(profile.maxPositionPercent, Math.max(5, Math.round(200 / positions))), targetBeta: profile.targetBeta, horizonMinDays: horizon.from, horizonMaxDays: horizon.to,
    bannedSectors: banned.flatMap(({ name, symbol }) => (symbol ? [] : [name])), bannedSymbols: banned.flatMap(({ symbol }) => symbol ?? []), earningsBlackoutDays: blackout, liquidityFloorAdv: profile.liquidityFloorAdv, minMarketCap: null,
    allowedStrategies: [...strategies], slMultiplier: profile.slMultiplier, tpMultiplier: profile.tpMultiplier, trailingStopEnabled: true,
  } satisfies MandateTerms);
  log.push(`Stops ${formatCount(terms.slMultiplier)} × and targets ${formatCount(terms.tpMultiplier)} × the usual daily range; liquidity floor ${formatCount(terms.liquidityFloorAdv)} shares a day; at most ${formatPercent(terms.maxPositionPercent)} in one position: by the profile.`);
  return { terms, fundingPlan, summary: summaryOf(terms, fundingPlan, { buffer, planInForce }), assumptionLog: log, unclear: [...new Set(unclear)] };
}

const titles = Object.fromEntries(intakeQuestions.map(({ topic, title }) => [topic, title])) as Record<IntakeTopic, string>;

function horizonIn(text: string): { from: number; to: number } | null {
  const spans = sessionsIn(text).filter((days) => days > 0).sort((a, b) => a - b);
  const [shortest, longest] = [spans[0], spans.at(-1)];
  if (shortest === undefined || longest === undefined) return /intraday|same day/i.test(text) ? { from: 1, to: 1 } : null;
  if (spans.length > 1) return { from: shortest, to: longest };
  return /at least|more than|minimum|over/i.test(text) ? { from: shortest, to: Math.max(shortest, 60) } : { from: 1, to: longest };
}
function concentrationIn(text: string): { positions: number | null; sectorPercent: number | null } | null {
  const amounts = amountsIn(text);
  const positions = amounts.find((amount) => amount.unit === 'plain' && !amount.scaled)?.value ?? null;
  const sectorPercent = amounts.find((amount) => amount.unit === 'percent')?.value ?? null;
  const words: Record<string, number> = { third: 33, quarter: 25, half: 50 };
  const fraction = amounts.find((amount) => amount.unit === 'fraction')?.value;
  const spoken = fraction === undefined ? Object.entries(words).find(([word]) => text.toLowerCase().includes(word))?.[1] : Math.round(100 * fraction);
  return positions === null && sectorPercent === null && spoken === undefined ? null : { positions: positions === null ? null : Math.round(positions), sectorPercent: sectorPercent ?? spoken ?? null };
}
const blackoutIn = (usual: number) => (text: string): number | null => {
  const [days] = sessionsIn(text);
  if (days !== undefined) return days >= 0 && days <= 30 ? days : null;
  if (/^\s*(?:no|never|don'?t|not|avoid)\b/i.test(text)) return usual;
  return /^\s*(?:yes|ok|sure|may|it may|fine|allowed)\b/i.test(text) ? 0 : null;
};

/** `50,000 a month for 3 years`, `10 lakh at once`, `10 lakh in 3 tranches`, `2 lakh now and 20,000 a month`. */
function fundingIn(text: string, { today, buffer, log }: { today: TradingDate; buffer: number; log: string[] }): FundingPlan | null {
  const lower = text.toLowerCase();
  const money = amountsIn(text).filter((amount) => (amount.unit === 'money' || amount.unit === 'plain') && (amount.scaled || amount.unit === 'money' || amount.value >= 1000));
  const weekly = /\b(?:a|per|every|each) week\b|weekly/.test(lower);
  const regular = weekly || /\b(?:a|per|every|each) month\b|monthly|\bsip\b/.test(lower);
  const atOnce = /at once|lump|now|tranches?|up ?front|one go|start with|initial/.test(lower) || !regular;
  const [first, second] = money;
  if (!first) return null;
  const hybrid = regular && atOnce && second !== undefined;
  const instalment = regular ? (hybrid ? (regularIsFirst(lower) ? first : second) : first) : undefined;
  const lump = hybrid ? (instalment === first ? second : first) : regular ? undefined : first;
  const months = monthsIn(lower);
  if (instalment) log.push(`Instalments: the first on ${formatDay(today)}.`);
  if (instalment && months === null) log.push('Instalments: how long was not said; taken as 36 months.');
  const tranches = lump ? tranchesIn(lower, log) : [];
  const parsed = FundingPlan.safeParse({
    type: instalment && lump ? 'HYBRID' : instalment ? 'SIP' : 'LUMP_SUM',
    sip: instalment ? { amountMinor: Math.round(instalment.value * 100), frequency: weekly ? 'WEEKLY' : 'MONTHLY', startDate: today, durationMonths: months ?? 36 } : null,
    lumpSum: lump ? { amountMinor: Math.round(lump.value * 100), date: today, tranches } : null,
    carryForwardEnabled: true, maxCarryForwardPercent: 100, emergencyBufferPercent: buffer,
  });
  return parsed.success ? parsed.data : null;
}
const regularIsFirst = (text: string): boolean => { const sip = text.search(/month|week/); const once = text.search(/at once|lump|now|tranche|up ?front|one go|start with|initial/); return sip >= 0 && sip < once; };

/** Equal tranches a month apart; three in words or figures. */
function tranchesIn(text: string, log: string[]): { percent: number; trigger: string }[] {
  const words: Record<string, number> = { two: 2, three: 3, four: 4, five: 5, six: 6 };
  const said = /(\d{1,2}|two|three|four|five|six)\s+(?:equal\s+)?(?:tranches?|parts?|instal?lments?)/.exec(text)?.[1];
  const count = said === undefined ? 1 : Math.min(24, Math.max(1, words[said] ?? Number(said)));
  if (count > 1) log.push('Tranches: of equal size, 30 days apart.');
  const even = Math.floor(100 / count);
  return Array.from({ length: count }, (_, i) => ({ percent: i === count - 1 ? 100 - even * (count - 1) : even, trigger: i === 0 ? 'immediate' : `after ${i * 30} days` }));
}

function summaryOf(terms: MandateTerms, plan: FundingPlan | null, { buffer, planInForce }: { buffer: number; planInForce: boolean }): string {
  const money = plan === null ? (planInForce ? 'The funding plan stays as it is' : 'Cash is what is paid in') : [
    plan.sip ? `${formatMoney(plan.sip.amountMinor, 'INR')} ${plan.sip.frequency === 'MONTHLY' ? 'a month' : 'a week'} for ${plan.sip.durationMonths} months` : null,
    plan.lumpSum ? `${formatMoney(plan.lumpSum.amountMinor, 'INR')}${plan.lumpSum.tranches.length > 1 ? ` in ${plan.lumpSum.tranches.length} tranches` : ' at once'}` : null,
  ].filter((part) => part !== null).join(' and ');
  const bans = [...terms.bannedSectors, ...terms.bannedSymbols];
  return `The account seeks ${objectiveWords[terms.objective]}. One trade may lose ${formatPercent(terms.riskPerTradePercent)} of it, in at most ${terms.maxPositions} positions and ${formatPercent(terms.maxSectorExposurePercent)} a sector, held ${terms.horizonMinDays} to ${terms.horizonMaxDays} sessions. `
    + `${terms.earningsBlackoutDays === 0 ? 'It may enter before results' : `It does not enter within ${terms.earningsBlackoutDays} trading days of results`}; ${bans.length === 0 ? 'nothing is banned' : `never ${bans.join(', ')}`}. ${money}${plan === null ? '' : `; ${formatPercent(buffer)} of the cash stays untouched`}.`;
}
