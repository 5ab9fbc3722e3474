import { jobs } from '../../tools/jobs.ts';
import { proposeAccount } from '../../tools/propose-account.ts';
import { proposeFundingRelease, proposeLimit, proposeSwitch, proposeSwitchReset } from '../../tools/propose-controls.ts';
import { people, proposePerson, whereKeysAreMade } from '../../tools/propose-people.ts';
import type { Draft, TurnCall } from '../define.ts';
import type { AnswerSetting, AnswerTable } from './define.ts';
import { proposalDraft, type Proposed, refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, read, table, words } from './wording.ts';

function proposed(context: AnswerSetting, call: TurnCall<unknown>): Draft {
  if (!call.ok) return refusalDraft(call);
  const { actionId, cardNumber } = call.output as Proposed;
  context.remember({ lastActionId: actionId, ...(cardNumber === null ? {} : { lastCard: cardNumber }) });
  return proposalDraft(call as Extract<TurnCall<Proposed>, { ok: true }>);
}
/** An account that was said, never the one that happens to be in force: these concern the whole desk unless one is named. */
const namedOnly = ({ account }: { account?: string | undefined }): { account?: string } => (account === undefined ? {} : { account });
/** One of several accounts has to be said; what was asked cannot be guessed. */
const whichOne = (context: AnswerSetting, what: string): Draft => draft(`In which account? Say it again with its name${what}.`, { choices: context.accounts.filter(({ canPropose }) => canPropose).map(({ name }) => choice(name, `switch to ${name}`)) });
const toldAccount = (context: AnswerSetting, intent: { account?: string | undefined }): string | undefined => intent.account ?? context.account?.name ?? (context.accounts.length === 1 ? context.accounts[0]?.name : undefined);

/** Accounts, limits, switches and people: proposals that wait for a yes; and what runs by the clock. */
export const controlAnswers: AnswerTable = {
  async account_change(context) {
    const { change, account, name, amountMinor, monthlyMinor, hours } = context.intent;
    if (change === 'open') return proposed(context, await read(context, proposeAccount, { change, name, balanceMinor: amountMinor, monthlyMinor }));
    const where = toldAccount(context, { account });
    if (where === undefined) return whichOne(context, change === 'reset' ? ' and the amount to start with' : '');
    if (change === 'reset' && amountMinor === undefined) {
      return draft(`With how much is ${where} to start over?`, { choices: [choice('₹1,00,000', `reset ${where} to ₹1,00,000`), choice('₹3,00,000', `reset ${where} to ₹3,00,000`), choice('₹10,00,000', `reset ${where} to ₹10,00,000`)] });
    }
    return proposed(context, await read(context, proposeAccount, { change, account: where, name, balanceMinor: amountMinor, hours }));
  },
  async funding_release(context) {
    const { part, number, account } = context.intent;
    const where = toldAccount(context, { account });
    return where === undefined ? whichOne(context, '') : proposed(context, await read(context, proposeFundingRelease, { account: where, part, number }));
  },
  limit_change: async (context) => proposed(context, await read(context, proposeLimit, { setting: context.intent.setting, value: context.intent.value, ...namedOnly(context.intent) })),
  async switch_change(context) {
    const { switchType, threshold, thresholdType, off } = context.intent;
    return proposed(context, await read(context, proposeSwitch, { switchType, threshold, ...(off ? { active: false } : { thresholdType, active: true }), ...namedOnly(context.intent) }));
  },
  switch_reset: async (context) => proposed(context, await read(context, proposeSwitchReset, { switchType: context.intent.switchType, ...namedOnly(context.intent) })),
  async person_change(context) {
    const { kind: _kind, account, ...said } = context.intent;
    const where = said.change === 'rights' ? toldAccount(context, { account }) : undefined;
    if (said.change === 'rights' && where === undefined) return whichOne(context, '');
    return proposed(context, await read(context, proposePerson, { ...said, account: where }));
  },
  async key_change(context) {
    const terms = (context.intent.terms ?? '').trim();
    if (context.intent.revoke) {
      const [, label, person] = /^(.{1,60}) of (.{1,60})$/i.exec(terms) ?? [];
      return label === undefined || person === undefined ? draft('Which key, and whose? Say /revokekey LABEL of PERSON.') : proposed(context, await read(context, proposePerson, { change: 'revoke_key', label, person }));
    }
    const [, label, person, keyHash] = /^(.{1,60}?) for (.{1,60}?) sha256 ([0-9a-f]{64})$/i.exec(terms) ?? [];
    if (label === undefined || person === undefined || keyHash === undefined) return draft(whereKeysAreMade);
    return proposed(context, await read(context, proposePerson, { change: 'make_key', label, person, keyHash: keyHash.toLowerCase() }));
  },
  async people_show(context) {
    const { right, account } = context.intent;
    const call = await read(context, people, { right, ...(account === undefined || account === '*' ? {} : { account }) });
    if (!call.ok) return refusalDraft(call);
    if (right !== undefined || call.output.account !== null) {
      const { able } = call.output;
      const cell = cells(call);
      const act = right === 'CONFIRM' ? 'confirm' : right === 'PROPOSE' ? 'propose trades' : 'see it';
      const where = call.output.account === null ? '' : ` in ${cell('account', 'text')}`;
      const names = [...new Map(able.map(({ name }, index) => [name, cell(`able.${index}.name`, 'text')])).values()];
      return draft(names.length === 0 ? `Nobody may ${act}${where}.` : `${names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`} may ${act}${where}.`, { parts: able.length > 0 ? [table(call, 'able', 'Who may', [words('name', 'Name'), words('role', 'Role'), words('account', 'Account'), words('may', 'May')])] : [] });
    }
    return draft(`${cells(call)('count', 'count')} ${many(call.output.count, 'person may', 'people may')} use the desk.`, {
      parts: [table(call, 'people', 'People', [words('name', 'Name'), words('role', 'Role'), words('rights', 'Rights')]), ...(call.output.keys.length > 0 ? [table(call, 'keys', 'API keys', [words('label', 'Key'), words('person', 'Of')])] : [])],
    });
  },
  async jobs(context) {
    const call = await read(context, jobs, {});
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { jobs: lines, failed, latestText } = call.output;
    if (lines.length === 0 || latestText === null) return draft('No job has run yet: they run while the desk is started.');
    const first = lines.findIndex(({ state }) => state === 'failed');
    const told = failed === 0 ? `${cell('count', 'count')} jobs, none failed at its last run; the latest at ${cell('latestText', 'text')}.` : `${cell('failed', 'count')} ${many(failed, 'job')} failed at the last run. ${cell(`jobs.${first}.job`, 'text')}: ${cell(`jobs.${first}.message`, 'text')}.`;
    return draft(told, { parts: [table(call, 'jobs', 'Jobs', [words('job', 'Job'), words('state', 'State'), words('lastText', 'Last'), words('message', 'Said'), figures('runs', 'Runs'), figures('failures', 'Failed')])] });
  },
};
