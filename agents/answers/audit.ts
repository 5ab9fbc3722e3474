import { activity } from '../../tools/activity.ts';
import { auditLog } from '../../tools/audit-log.ts';
import { auditStory } from '../../tools/audit-story.ts';
import { auditVerify } from '../../tools/audit-verify.ts';
import { card } from '../../tools/card.ts';
import { deskSettings } from '../../tools/desk-settings.ts';
import { replay } from '../../tools/replay.ts';
import { cardNumbered } from './decisions.ts';
import type { AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, namedScope, read, table, words } from './wording.ts';

const whichCard = () => draft('Which card? Say its number.', { choices: [choice('Show the cards', '/cards')] });

export const auditAnswers: AnswerTable = {
  async card(context) {
    const meant = await cardNumbered(context, context.intent);
    if ('draft' in meant) return meant.draft;
    const call = await read(context, card, { card: meant.number });
    if (!call.ok) return refusalDraft(call);
    context.remember({ lastActionId: call.output.actionId, lastCard: call.output.cardNumber, ...(call.output.symbol === null ? {} : { lastSymbol: call.output.symbol }) });
    return draft('', { parts: [{ type: 'card', actionId: call.output.actionId }], choices: [choice('Its story', `audit of card ${call.output.cardNumber}`)] });
  },

  async audit_story(context) {
    const { symbol, step } = context.intent;
    const stepped = step === undefined ? null : await cardNumbered(context, context.intent);
    if (stepped && 'draft' in stepped) return stepped.draft;
    const number = stepped?.number ?? context.intent.card ?? (symbol === undefined ? context.memory.lastCard : undefined);
    if (number === undefined && symbol === undefined) return whichCard();
    const call = await read(context, auditStory, number === undefined ? { symbol } : { card: number });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { entries, subject, cardNumber, actionId } = call.output;
    context.remember({ lastActionId: actionId, ...(cardNumber === null ? {} : { lastCard: cardNumber }) });
    const twoClocks = context.market.kind !== 'live' && entries.some((entry) => entry.clock === 'market') && entries.some((entry) => entry.clock === 'wall');
    return draft(`${cell('subject', 'text')}: ${cell('count', 'count')} ${many(entries.length, 'line')}, each with its record.`, {
      parts: [{ type: 'timeline', subject, entries: entries.map(({ at, text, kind, ref }) => ({ at, text, kind, ref })) }],
      choices: [choice('Verify', 'verify the audit'), ...(cardNumber === null ? [] : [choice('Replay the gates', `replay card ${cardNumber}`)])],
      ...(twoClocks ? { note: 'What it came from is on the market’s clock, what the desk did on the wall clock.' } : {}),
    });
  },

  async audit_follow(context) {
    const call = await read(context, auditLog, { limit: 20 });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { entries } = call.output;
    if (entries.length === 0) return draft('Nothing in the audit yet that you may see.');
    return draft(`The last ${cell('count', 'count')} ${many(entries.length, 'entry', 'entries')}, up to number ${cell('last', 'count')}.`, {
      parts: [{ type: 'timeline', subject: 'Audit', entries: entries.map(({ at, text, kind, ref, actor }) => ({ at, text: `${text} (${actor})`, kind, ref })) }],
      choices: [choice('Newer ones', 'follow the audit'), choice('Verify', 'verify the audit')],
    });
  },

  async audit_verify(context) {
    const call = await read(context, auditVerify, {});
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { ok, entries, verdicts } = call.output;
    if (!ok) return draft(`The audit is broken at entry ${cell('firstBad.sequence', 'count')}: ${cell('firstBad.reason', 'text')}. Nothing from there on is proved.`);
    if (entries === 0) return draft('The audit is empty.');
    const judged = verdicts === 0 ? 'no gate verdict in it yet' : `${cell('verdicts', 'count')} gate ${many(verdicts, 'verdict')} recomputed, ${many(verdicts, 'the same', 'all the same')}`;
    return draft(`Intact: ${cell('entries', 'count')} entries chained without a gap, ${judged}. Signatures are checked by the command audit verify, with the public key.`);
  },

  async replay(context) {
    const call = await read(context, replay, { card: context.intent.card });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { same, count, differences } = call.output;
    context.remember({ lastActionId: call.output.actionId, ...(call.output.cardNumber === null ? {} : { lastCard: call.output.cardNumber }) });
    if (same) return draft(`The same: ${cell('count', 'count')} ${many(count, 'verdict')} on card ${cell('cardNumber', 'count')} again from the stored ${many(count, 'snapshot')}, byte for byte. ${cell('checks', 'count')} checks, ${call.output.verdict === 'PASS' ? 'passed' : 'blocked'}; digest ${cell('digest', 'text')}.`);
    return draft(`Not the same: ${cell('differences.0.check', 'text')} ${cell('differences.0.field', 'text')} was ${cell('differences.0.was', 'text')}, is ${cell('differences.0.now', 'text')}.`, {
      parts: differences.length > 0 ? [table(call, 'differences', 'Differences', [words('check', 'Check'), words('field', 'Field'), words('was', 'Was'), words('now', 'Now')])] : [],
    });
  },

  async activity(context) {
    const { period } = context.intent;
    const call = await read(context, activity, { ...namedScope(context), ...(period ? { period } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { count, waiting, done, blocked, rejected, expired, failed, fills } = call.output;
    if (count === 0 && fills === 0) return draft(`Nothing was proposed or filled ${cell('period.label', 'text')}.`, { choices: [choice('Find me a trade', 'find me a trade')] });
    const parts = [done && `${cell('done', 'count')} done`, waiting && `${cell('waiting', 'count')} ${many(waiting, 'waits', 'wait')} for a yes`, blocked && `${cell('blocked', 'count')} blocked`, rejected && `${cell('rejected', 'count')} rejected`, expired && `${cell('expired', 'count')} expired`, failed && `${cell('failed', 'count')} failed`, fills && `${cell('fills', 'count')} ${many(fills, 'fill')}`].filter((part) => typeof part === 'string');
    return draft(`${cell('count', 'count')} ${many(count, 'proposal')} ${cell('period.label', 'text')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`, {
      parts: count > 0 ? [table(call, 'lines', 'What was done', [words('when', 'When'), figures('cardNumber', 'Card'), words('account', 'Account'), words('what', 'What'), words('by', 'By'), words('outcome', 'Outcome')])] : [], choices: waiting > 0 ? [choice('What waits for me', '/cards')] : [],
    });
  },

  async settings(context) {
    const call = await read(context, deskSettings, {});
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    return draft([
      `No entry within ${cell('eventBlackoutDays', 'count')} trading days of results; an event behind an entry is at most ${cell('catalystFreshnessHours', 'count')} hours old.`,
      `An order is at most ${cell('advMaxPercent', 'percent')} of the average daily volume of ${cell('advLookbackDays', 'count')} sessions, a sector at most ${cell('maxSectorPercent', 'percent')} of equity.`,
      `Options trading ${cell('options', 'text')}, live trading ${cell('live', 'text')}. These are set in the configuration and read at the start; an account’s own rules are in its mandate.`,
    ].join('\n'), { choices: [choice('Mandate', 'show my mandate'), choice('Limits', '/limits')] });
  },
};
