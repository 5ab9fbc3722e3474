import type { z } from 'zod';
import { feedsHealth } from '../../tools/feeds-health.ts';
import { gateStats } from '../../tools/gate-stats.ts';
import { limits } from '../../tools/limits.ts';
import { playbooks, proposePlaybookChange } from '../../tools/playbooks.ts';
import { portfolioRisk } from '../../tools/portfolio-risk.ts';
import { quarantine } from '../../tools/quarantine.ts';
import { switches } from '../../tools/switches.ts';
import type { DraftPart, FigureFormat } from '../define.ts';
import type { IntentOf } from '../grammar/intents.ts';
import type { AnswerTable } from './define.ts';
import { proposed, refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, namedScope, type Read, read, reasonsOf, scopeOf, signOf, table, words } from './wording.ts';

type Risk = z.output<(typeof portfolioRisk)['output']>;
type Measure = NonNullable<IntentOf<'risk_metrics'>['measure']>;

/** A figure, or its reason: a measure that is not known is never left out silently. */
const shortfall = (call: Read<Risk>): string => {
  const because = call.output.reasons.findIndex((reason) => /sessions|price|delta of/.test(reason));
  return because < 0 ? '' : ` ${cells(call)(`reasons.${because}`, 'text')}`;
};
const sentences: Record<Measure, (call: Read<Risk>) => string> = {
  openRisk: (call) => {
    const cell = cells(call);
    if (call.output.openRiskMinor === null) return `Open risk is not known.${reasonsOf(call, 'reasons', call.output.reasons.length)}`;
    return `${call.output.options === null ? 'If every stop is hit' : 'If every stop is hit and every structure ends at its worst'} from here you lose ${cell('openRiskMinor', 'money')}${call.output.openRiskPercent === null ? '' : ` (${cell('openRiskPercent', 'percent')} of equity)`}; a gap through a stop costs more.`;
  },
  valueAtRisk: (call) => {
    const cell = cells(call);
    if (call.output.valueAtRisk.historicalMinor === null) return `Value at risk is not known.${shortfall(call)}`;
    return `Value at risk (${cell('confidencePercent', 'percent')}, one day): ${cell('valueAtRisk.historicalMinor', 'money')}, ${cell('valueAtRisk.historicalPercent', 'percent')} of equity, from ${cell('sessions', 'count')} sessions of today’s holdings. Beyond it the average loss is ${cell('expectedShortfallMinor', 'money')}. Normal ${cell('valueAtRisk.parametricMinor', 'money')}, Cornish–Fisher ${cell('valueAtRisk.cornishFisherMinor', 'money')}.`;
  },
  beta: (call) => {
    const cell = cells(call);
    const { beta, targetBeta, betaAlert } = call.output;
    if (beta === null) return `Beta is not known.${shortfall(call)}`;
    const against = targetBeta === null ? '' : ` Target ${cell('targetBeta', 'number')}, ${betaAlert ? `off by ${cell('betaDrift', 'number')}: more than ${cell('betaAlertBeyond', 'number')}` : `off by ${cell('betaDrift', 'number')}`}.`;
    return `Beta ${cell('beta', 'number')}: what equity moves when Nifty moves by one.${against}`;
  },
  volatility: (call) => (call.output.volatilityPercent === null ? `Volatility is not known.${shortfall(call)}` : `Volatility ${cells(call)('volatilityPercent', 'percent')} of equity a year, from ${cells(call)('sessions', 'count')} sessions of today’s holdings; worst day ${cells(call)('worstDayPercent', 'signed_percent')}.`),
  correlation: (call) => {
    const cell = cells(call);
    const { pairs, pairsTogether, positions } = call.output;
    if (pairs.length === 0) return positions < 2 ? 'It takes two holdings to correlate.' : 'No two holdings share enough sessions to correlate.';
    const most = `${cell('pairs.0.first', 'text')} and ${cell('pairs.0.second', 'text')} are most alike (${cell('pairs.0.correlation', 'number')}).`;
    return `${most} ${pairsTogether === 0 ? 'No pair moves together closely enough to count as a cluster.' : `${cell('pairsTogether', 'count')} ${many(pairsTogether, 'pair moves', 'pairs move')} together.`}`;
  },
};

function riskTable(call: Read<Risk>, measure: Measure | undefined): DraftPart[] {
  const sign = signOf(call.output.currency);
  if (measure === 'correlation') return call.output.pairs.length > 0 ? [table(call, 'pairs', 'Correlation of daily returns', [words('first', 'One'), words('second', 'Other'), figures('correlation', 'Correlation')])] : [];
  return call.output.betas.length > 0 ? [table(call, 'betas', 'By holding', [words('symbol', 'Symbol'), words('account', 'Account'), figures('value', 'Value', sign), ...(call.output.options === null ? [] : [figures('exposure', 'Counts as', sign)]), figures('riskLeft', 'Risk left', sign), figures('beta', 'Beta')])] : [];
}

/** One limit in each account that is asked about: used, allowed and left. */
function limitWords(call: Parameters<typeof dailyLossWords>[0], name: string): string {
  const cell = cells(call);
  const lines = call.output.limits.flatMap(({ account, limit, unit, used, allowed, of }, n) => {
    if (limit !== name) return [];
    const format = formatOf[unit];
    if (used === null || allowed === null) return [`${cell(`limits.${n}.account`, 'text')}: not known${account === '' ? '' : ', since its equity is not'}.`];
    const left = used > allowed ? 'over it' : `${cell(`limits.${n}.headroom`, format)} left`;
    return [`${cell(`limits.${n}.account`, 'text')}: ${name}, ${cell(`limits.${n}.used`, format)} of ${cell(`limits.${n}.allowed`, format)}${of === null ? '' : ` (${cell(`limits.${n}.of`, 'text')})`}, ${left}.`];
  });
  return lines.length > 0 ? lines.join('\n') : `No mandate sets the ${name}.`;
}

/** What may still be lost today before the switch trips, account by account. */
function dailyLossWords(call: Read<z.output<(typeof limits)['output']>>): string {
  const cell = cells(call);
  const { dailyLoss } = call.output;
  if (dailyLoss.length === 0) return 'No daily loss switch is armed here, so nothing stops entries for a day’s loss.';
  return dailyLoss.map(({ thresholdPercent, allowedMinor, lostMinor, leftMinor }, index) => {
    const at = `dailyLoss.${index}`;
    const limit = `${allowedMinor === null ? 'an amount that is not known' : cell(`${at}.allowedMinor`, 'money')}${thresholdPercent === null ? '' : ` (${cell(`${at}.thresholdPercent`, 'percent')} of what the day began with)`}`;
    const scope = cell(`${at}.scope`, 'text');
    if (leftMinor === null) return `${scope}: the limit is ${limit}; what was lost today is not known.`;
    if (leftMinor <= 0) return `${scope}: nothing is left; ${cell(`${at}.lostMinor`, 'money')} lost today, the limit is ${limit}.`;
    return `${scope}: ${cell(`${at}.leftMinor`, 'money')} left of ${limit}; ${lostMinor === 0 ? 'nothing lost today' : `${cell(`${at}.lostMinor`, 'money')} lost today`}.`;
  }).join('\n');
}

const formatOf: Record<'minor' | '%' | 'positions', FigureFormat> = { minor: 'money', '%': 'percent', positions: 'count' };

/** What is paused or halted, a line each; nothing where nothing is. */
export function restrictedWords(call: Read<z.output<(typeof switches)['output']>>): string {
  const cell = cells(call);
  return call.output.restricted.map((line, index) => `${line.state === 'HALTED' ? 'Halted' : 'Paused'}: ${cell(`restricted.${index}.scope`, 'text')}, ${line.state === 'HALTED' ? 'no entries' : 'no new entries'} since ${cell(`restricted.${index}.sinceText`, 'text')}${line.reason === null ? '' : ` (${cell(`restricted.${index}.reason`, 'text')})`}.`).join('\n');
}

export const riskAnswers: AnswerTable = {
  async limits(context) {
    const call = await read(context, limits, scopeOf(context));
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { closest, reasons } = call.output;
    if (context.intent.measure === 'dailyLoss') return draft(dailyLossWords(call), { choices: [choice('Switches', '/switches'), choice('All limits', '/limits')] });
    if (context.intent.measure !== undefined) return draft(limitWords(call, context.intent.measure === 'positions' ? 'number of positions' : 'risk per trade'), { choices: [choice('All limits', '/limits'), choice('Mandate', 'show my mandate')] });
    const columns = [...(context.account ? [] : [words('account', 'Account')]), words('limit', 'Limit'), words('of', 'Closest'), figures('usedShown', 'Used'), figures('allowedShown', 'Allowed'), figures('headroomShown', 'Left'), words('unitShown', 'In'), words('source', 'From')];
    const parts = [table(call, 'limits', 'Limits', columns), table(call, 'rules', 'Rules', [...(context.account ? [] : [words('account', 'Account')]), words('rule', 'Rule'), words('value', 'Set to'), words('source', 'From')])];
    if (!closest) return draft(`How close the limits are is not known.${reasonsOf(call, 'reasons', reasons.length)}`, { parts });
    const format = formatOf[closest.unit];
    const over = (closest.usedPercent ?? 0) > 100;
    const of = closest.of === null ? '' : ` (${cell('closest.of', 'text')})`;
    return draft(`${over ? 'Over' : 'Closest'}: ${cell('closest.limit', 'text')}${of} in ${cell('closest.account', 'text')}, ${cell('closest.used', format)} of ${cell('closest.allowed', format)}${over ? '' : `, ${cell('closest.headroom', format)} left`}.${reasonsOf(call, 'reasons', reasons.length)}`, { parts });
  },

  async risk_metrics(context) {
    const { measure } = context.intent;
    const call = await read(context, portfolioRisk, scopeOf(context));
    if (!call.ok) return refusalDraft(call);
    if (call.output.positions === 0) return draft('Nothing is held, so nothing is at risk.', { choices: [choice('Limits', '/limits')] });
    const told = measure ? [measure] : (['openRisk', 'valueAtRisk', 'beta', 'volatility'] as const);
    const cell = cells(call);
    const options = call.output.options === null ? [] : [`${cell('options.positions', 'count')} ${many(call.output.options.positions, 'option position is', 'option positions are')} priced anew at every past day’s move, at the volatility of now; how volatility itself moves is left out. In beta ${many(call.output.options.positions, 'it counts', 'they count')} by delta${call.output.options.exposureMinor === null ? '' : `, as ${cell('options.exposureMinor', 'signed_money')} of what ${many(call.output.options.positions, 'it is', 'they are')} on`}.`];
    const whose = context.account !== null && context.accounts.length > 1 && call.output.accounts.length === 1 ? { note: `Of ${call.output.accounts[0] ?? 'one account'} alone; “overall” asks it of all accounts.` } : {};
    return draft([...told.map((each) => sentences[each](call)), ...options].join('\n'), { parts: riskTable(call, measure), ...whose });
  },

  async scenario(context) {
    const { symbol, sector, movePercent } = context.intent;
    const percent = movePercent ?? -5;
    const call = await read(context, portfolioRisk, { ...scopeOf(context), imagine: { percent, symbol, sector } });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { imagined, positions } = call.output;
    if (positions === 0 || !imagined) return draft(`Nothing is held${context.account && context.accounts.length > 1 ? ` in ${context.account.name}` : ''}, so no move of the market changes what you have.`, { choices: [choice('What do I hold', 'what do I hold')] });
    const isMarket = imagined.symbol === null && imagined.sector === null;
    const what = isMarket ? 'the market' : imagined.sector !== null ? `${cell('imagined.sector', 'text')} shares` : cell('imagined.symbol', 'text');
    if (!isMarket && imagined.heldMinor === 0) return draft(`You hold no ${what}, so its move by itself changes nothing.`, { choices: [choice('The market falls 5 %', 'what if nifty falls 5%')] });
    if (imagined.resultMinor === null) return draft(`What a move of ${what} would do is not known.${shortfall(call)}`);
    const by = isMarket ? `, by the beta of what is held (${cell('beta', 'number')})` : '';
    return draft(`${cell('imagined.percent', 'signed_percent')} in ${what} would be ${cell('imagined.resultMinor', 'signed_money')}, ${cell('imagined.resultPercent', 'signed_percent')} of equity${by}. Stops are not counted on; options count by delta.`, { parts: riskTable(call, undefined), choices: [choice('If every stop is hit', 'open risk')] });
  },

  async switches(context) {
    const call = await read(context, switches, namedScope(context));
    if (!call.ok) return refusalDraft(call);
    const { lines, restricted } = call.output;
    const parts = [table(call, 'lines', 'Trading', [words('scope', 'For'), words('means', 'State'), words('reason', 'Why'), words('sinceText', 'Since')])];
    if (call.output.rules.length > 0) parts.push(table(call, 'rules', 'What trips by itself', [words('scope', 'For'), words('name', 'Switch'), words('threshold', 'At'), words('does', 'Does'), words('shown', 'Now')]));
    if (restricted.length === 0) return draft('Nothing is paused or halted: entries are allowed everywhere, subject to the gates.', { parts: lines.length > 2 ? parts : parts.slice(1), choices: [choice('Pause', '/pause')] });
    return draft(`${restrictedWords(call)}\nStops and exits keep working.`, { parts, choices: restricted.map(({ scope }, index) => choice(index === 0 ? 'Resume' : `Resume ${scope}`, scope === 'the whole desk' ? '/resume' : `/resume ${scope}`)) });
  },

  async playbooks(context) {
    const { playbook } = context.intent;
    const call = await read(context, playbooks, playbook === undefined ? {} : { playbook });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    return draft(`${cell('count', 'count')} ${many(call.output.count, 'playbook says', 'playbooks say')} how news is traded. Change one with /playbook NAME SETTING VALUE.`, {
      parts: [table(call, 'lines', 'Playbooks', [words('name', 'Playbook'), figures('version', 'Version'), words('news', 'For'), words('does', 'Does'), words('id', 'Say')])],
    });
  },

  async playbook_change(context) {
    const { playbook, setting, value } = context.intent;
    return proposed(context, await read(context, proposePlaybookChange, { playbook, setting, value }));
  },

  async gate_stats(context) {
    const { period } = context.intent;
    const call = await read(context, gateStats, { ...namedScope(context), ...(period ? { period } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { judged, blocked, most, again } = call.output;
    if (judged === 0) return draft(`Nothing was proposed ${cell('period.label', 'text')}, so the gates judged nothing.`);
    const first = `${cell('judged', 'count')} ${many(judged, 'proposal')} judged ${cell('period.label', 'text')}: ${cell('passPercent', 'percent')} passed, ${cell('blocked', 'count')} blocked.`;
    const worst = most ? ` Most often: ${cell('most.name', 'text')}, ${cell('most.blocked', 'count')} ${many(most.blocked, 'time')}.` : '';
    const later = again > 0 ? ` Judged again after a yes: ${cell('again', 'count')}, ${cell('againBlocked', 'count')} blocked.` : '';
    return draft(`${first}${worst}${later}`, { parts: [table(call, 'checks', 'Checks', [words('name', 'Check'), figures('judged', 'Judged'), figures('warned', 'Warned'), figures('blocked', 'Blocked'), figures('blockedPercent', 'Blocked', '%')])], choices: blocked > 0 ? [choice('What would pass', 'what would pass')] : [] });
  },

  async quarantine(context) {
    const call = await read(context, quarantine, {});
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { count, kinds, rows, listed } = call.output;
    if (count === 0) return draft('No row is in quarantine: everything that was imported was taken.', { choices: [choice('Feeds', '/feeds')] });
    return draft(`${cell('count', 'count')} ${many(count, 'row is', 'rows are')} in quarantine, of ${cell('files', 'count')} ${many(call.output.files, 'file')}; most are ${cell('kinds.0.kindText', 'text')} (${cell('kinds.0.rows', 'count')}). Latest: ${cell('rows.0.file', 'text')}, line ${cell('rows.0.line', 'count')}: ${cell('rows.0.reason', 'text')}${rows[0]?.reason.endsWith('.') ? '' : '.'}${count > listed ? ` The latest ${cell('listed', 'count')} are listed.` : ''}`, {
      parts: [...(kinds.length > 1 ? [table(call, 'kinds', 'By kind', [words('kindText', 'Kind'), figures('rows', 'Rows'), figures('files', 'Files')])] : []), ...(rows.length > 0 ? [table(call, 'rows', 'Refused rows', [words('file', 'File'), figures('line', 'Line'), words('kind', 'Kind'), words('reason', 'Why')])] : [])],
    });
  },
  async feeds_health(context) {
    const call = await read(context, feedsHealth, {});
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { feeds, stale } = call.output;
    const parts = [table(call, 'feeds', 'Feeds', [words('feed', 'Feed'), words('state', 'State'), words('lastHeardText', 'Last heard'), figures('minutesSilent', 'Silent', 'min'), figures('errors', 'Errors'), words('lastError', 'Last error')])];
    if (feeds.length === 0) return draft('No feed is set up.');
    if (stale.length > 0) {
      const told = stale.map((feed, index) => `${cell(`stale.${index}.feed`, 'text')}: ${feed.minutesSilent === null ? 'not heard since the start' : `last heard ${cell(`stale.${index}.minutesSilent`, 'count')} ${many(feed.minutesSilent, 'minute')} ago`}.`);
      return draft(`${told.join('\n')}\nWhat rests on ${many(stale.length, 'it', 'them')} uses what was known then, and cards say so.`, { parts });
    }
    const silent = feeds.filter((feed) => feed.lastHeardMarketTime === null).length;
    const [only] = feeds;
    if (feeds.length === 1 && only && silent === 0) return draft(`${cell('feeds.0.feed', 'text')}: heard at ${cell('feeds.0.lastHeardText', 'text')}, ${only.errors === 0 ? 'no errors' : `${cell('feeds.0.errors', 'count')} ${many(only.errors, 'error')} so far`}.`, { parts });
    return draft(`${cell('count', 'count')} ${many(feeds.length, 'feed')}, none stale${silent > 0 ? '; some have not been heard yet' : ''}.`, { parts });
  },
};
