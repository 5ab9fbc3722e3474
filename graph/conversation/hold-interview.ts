import type { AccountRef, ThreadMemory } from '../../agents/answers/define.ts';
import { refusalDraft } from '../../agents/answers/proposal-draft.ts';
import { said } from '../../agents/answers/references.ts';
import { cells, choice, draft, table, words } from '../../agents/answers/wording.ts';
import type { Draft, TurnTools } from '../../agents/define.ts';
import type { Understanding } from '../../agents/grammar/context.ts';
import { intake } from '../../agents/intake.ts';
import { type BanNames, type Interview, meaningOf, newInterview, problemWith, skipCommand, skippedBy, topicAfter, topicBefore } from '../../agents/intake/interview.ts';
import { intakeQuestions, type IntakeTopic } from '../../agents/intake/questions.ts';
import { activeFundingPlan, activeMandate } from '../../db/stores/accounts.ts';
import type { proposeMandate } from '../../tools/propose-mandate.ts';
import { sectorNamed } from '../../tools/sector-names.ts';
import type { ToolServices } from '../../tools/services.ts';
import type { z } from 'zod';

interface Held { text: string; understanding: Understanding; memory: ThreadMemory; accounts: readonly AccountRef[]; cardWaits: boolean; services: ToolServices; /** Calls of the intake agent’s. */ tools: () => TurnTools }

const namesOf = ({ market }: ToolServices): BanNames => ({ isCompany: (name) => market.resolve(name).kind === 'one', isSector: (name) => sectorNamed(name, market.symbols().values()) !== null });
const rowOf = (topic: IntakeTopic) => intakeQuestions.find((each) => each.topic === topic) as (typeof intakeQuestions)[number];
const sectorsOffered = 3;
const way = (topic: IntakeTopic) => [choice('Skip', skipCommand(topic)), choice('Back', 'back'), choice('Leave it for now', 'later')];

/** What is offered can be said: of the bans, only sectors that this market has. */
function offered(topic: IntakeTopic, services: ToolServices): string[] {
  const choices = rowOf(topic).choices.filter((each) => problemWith(topic, each, namesOf(services)) === null);
  if (topic !== 'never' || choices.length > 1) return choices;
  const sectors = [...new Set([...services.market.symbols().values()].flatMap(({ sector }) => sector ?? []))].toSorted();
  return [...choices, ...sectors.slice(0, sectorsOffered)];
}

function question(services: ToolServices, topic: IntakeTopic, before = ''): Draft {
  const row = rowOf(topic);
  return draft(`${before}${before === '' ? '' : ' '}${row.question} (${row.why.charAt(0).toUpperCase()}${row.why.slice(1)}.)`, { choices: [...offered(topic, services).map((each) => choice(each)), ...way(topic).filter(({ command }) => command !== 'back' || topic !== intakeQuestions[0]?.topic)] });
}

/**
 * The interview’s part of a turn: begins it, takes an answer, or leaves the turn to everything else (null). Where it stands is in the thread’s memory, which is stored with
 * every turn, so it goes on after a restart, on whatever channel the thread is.
 */
export async function holdInterview(held: Held): Promise<Draft | null> {
  const { understanding, memory, text } = held;
  if (understanding.kind === 'intent' && understanding.intent.kind === 'intake') return begin(held, understanding.intent);
  const { interview } = memory;
  const skipped = interview ? skippedBy(text) : null;
  // A button of a question that was answered since: pressed twice, or late. It must not skip another one, nor be taken for a no to the card.
  if (interview && skipped !== null && skipped !== interview.asking) {
    const behind = 'That question is behind us.';
    return interview.asking === null || interview.parked ? draft(`${behind} Nothing was changed by it.`) : ask(held.services, interview, interview.asking, behind);
  }
  if (!interview?.asking) return null;
  const names = namesOf(held.services);
  switch (meaningOf({ text, understanding, interview, cardWaits: held.cardWaits, names })) {
    case 'other': interview.lastSaid = false; return null;
    case 'leave':
      interview.parked = true;
      return draft('Left for now; your answers so far are kept in this conversation, and nothing has changed.', { choices: [choice('Go on with it', 'go on with the interview'), choice('Start over', 'start the interview over')] });
    case 'back': return ask(held.services, interview, topicBefore(interview.asking, interview));
    case 'skip':
      interview.skipped = [...interview.skipped.filter((topic) => topic !== interview.asking), interview.asking];
      delete interview.answers[interview.asking];
      return next(held, interview, `Left to the rule: ${rowOf(interview.asking).title.toLowerCase()}.`);
    case 'answer': {
      const { asking } = interview;
      const answer = asking === 'buffer' && /^(?:none|nothing|nil|zero)\b/i.test(text.trim()) ? '0 %' : text.trim().slice(0, 300);
      const problem = problemWith(asking, answer, names);
      if (problem !== null) return ask(held.services, interview, asking, `${problem}\n`);
      interview.answers[asking] = answer;
      interview.skipped = interview.skipped.filter((topic) => topic !== asking);
      return next(held, interview, `${rowOf(asking).title}: ${said(answer)}.`);
    }
  }
}

function ask(services: ToolServices, interview: Interview, topic: IntakeTopic, before = ''): Draft {
  Object.assign(interview, { asking: topic, parked: false, lastSaid: true });
  return question(services, topic, before.trimEnd());
}

async function begin(held: Held, { account: named, restart }: { account?: string | undefined; restart?: boolean | undefined }): Promise<Draft> {
  const { memory, accounts } = held;
  const open = memory.interview;
  if (open && !restart && (named === undefined || named.toLowerCase() === open.account.toLowerCase())) {
    if (open.asking !== null) return ask(held.services, open, open.asking, `The interview for ${open.account} goes on.`);
    return propose(held, open);
  }
  const able = accounts.filter(({ canPropose }) => canPropose);
  const wanted = named ?? (restart ? open?.account : undefined) ?? memory.lastAccount;
  const account = able.find(({ name }) => name.toLowerCase() === wanted?.toLowerCase()) ?? (able.length === 1 && named === undefined ? able[0] : undefined);
  if (!account) {
    if (able.length === 0) return draft('There is no account in which you may propose a mandate.');
    return draft('For which account? A new one is opened first, by “open an account called” and its name.', { choices: able.map(({ name }) => choice(name, `/intake ${name}`)) });
  }
  memory.interview = newInterview(account.name);
  memory.lastAccount = account.name;
  return question(held.services, 'objective', `For ${account.name}, one question at a time; “skip” leaves one to the rule, “later” leaves the interview, and nothing holds before you confirm it.`);
}

async function next(held: Held, interview: Interview, before: string): Promise<Draft> {
  const topic = interview.asking === null ? null : topicAfter(interview.asking, interview);
  if (topic !== null) return ask(held.services, interview, topic, before);
  Object.assign(interview, { asking: null, lastSaid: false });
  return propose(held, interview, before);
}

/** All is answered: the mandate as a proposal, with what was assumed. */
async function propose({ accounts, services, tools, memory }: Held, interview: Interview, before = ''): Promise<Draft> {
  const account = accounts.find(({ name }) => name.toLowerCase() === interview.account.toLowerCase());
  if (!account?.canPropose) { delete memory.interview; return draft(`There is no account ${interview.account} any more in which you may propose.`); }
  const { orm } = services.database;
  const calls = tools();
  const [now, plan] = [await activeMandate(orm, account.accountId), await activeFundingPlan(orm, account.accountId)];
  const result = await intake.twin({ answers: interview.answers, today: services.market.today(), strategies: now?.terms.allowedStrategies ?? ['momentum'], planInForce: plan !== null }, calls);
  const { terms, fundingPlan, summary, assumptionLog } = result;
  const call = await calls.call<z.output<(typeof proposeMandate)['output']>>('propose_mandate', { account: account.name, terms, fundingPlan, summary, assumptionLog });
  if (!call.ok) { interview.asking = 'never'; interview.lastSaid = true; return refusalDraft(call); }
  const { actionId, cardNumber } = call.output;
  memory.lastActionId = actionId;
  if (cardNumber !== null) memory.lastCard = cardNumber;
  const cell = cells(call);
  const blocked = call.output.gateReport.verdict === 'BLOCK' ? `Blocked: ${cell('message', 'text')}\n` : '';
  return draft(`${before}${before === '' ? '' : '\n'}${blocked}${cell('summary', 'text')}`, {
    parts: [
      table(call, 'lines', 'The mandate', [words('setting', 'Setting'), words('value', 'Will be'), words('before', 'Was')]),
      table(call, 'assumptions', 'Assumed', [words('line', 'Not said, so taken by rule')]),
      { type: 'card', actionId },
    ],
    choices: [choice('Start over', 'start the interview over')],
  });
}

/** What is put beside another answer while an interview is open: the way back to it. */
export function interviewWaits({ interview }: ThreadMemory): { note: string; choice: { label: string; command: string } } | null {
  if (!interview?.asking || interview.parked) return null;
  return { note: `The interview for ${interview.account} waits at: ${rowOf(interview.asking).title.toLowerCase()}.`, choice: choice('Go on with the interview', 'go on with the interview') };
}
