import type { AnswerContext, ThreadMemory } from '../../agents/answers/define.ts';
import { answerDataQuestion } from '../../agents/answers/data-question.ts';
import { aboutOwnTrades, continues, leansOn, ofAllAccounts, refersBack, splitsUnread } from '../../agents/grammar/continuation.ts';
import { byLikenessAssumed } from '../../agents/grammar/likeness/by-likeness.ts';
import { byWhatItIsAbout } from '../../agents/grammar/topics.ts';
import { answers } from '../../agents/answers/table.ts';
import { sayWhose } from '../../agents/answers/whose.ts';
import type { Draft } from '../../agents/define.ts';
import { costUsd, listPrices } from '../../agents/model/prices.ts';
import type { Tokens } from '../../agents/model/usage.ts';
import type { ConversationContext, Understanding } from '../../agents/grammar/context.ts';
import type { Intent } from '../../agents/grammar/intents.ts';
import { agentFor, changesSomething } from '../../agents/grammar/routes.ts';
import { ofWhatIsHeld, understand } from '../../agents/grammar/understand.ts';
import type { ConversationEvent } from '../../agents/vocabulary.ts';
import { listAccounts } from '../../db/stores/accounts.ts';
import { cardOfAction } from '../../db/stores/cards.ts';
import { pendingConfirmations } from '../../db/stores/confirmations.ts';
import { recordAgentMessage, saveContext, threadById } from '../../db/stores/conversation.ts';
import { type PersonRow, rightsOf } from '../../db/stores/people.ts';
import { storeTurnSpans } from '../../db/stores/turn-spans.ts';
import { openPositions } from '../../db/stores/positions.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { Tool, ToolCaller } from '../../tools/define.ts';
import type { ToolServices } from '../../tools/services.ts';
import { ground, plainDraft, tableRows } from '../turn/figures.ts';
import { renderCard } from '../turn/render-card.ts';
import { answerByWord, answerInOtherWords, withWhereShown } from './answer-by-word.ts';
import { askedDay } from './asked-day.ts';
import { checkLastReply } from './check-figures.ts';
import { memoryBefore, notByEdit, proposedBefore, type StoredMemory, withEarlierCards } from './edits.ts';
import { holdInterview, interviewWaits } from './hold-interview.ts';
import { searchHistory } from './search-history.ts';
import { showSteps } from './show-steps.ts';
import { personCommand } from './person-commands.ts';
import type { PressInput } from './press.ts';
import type { ModelPath } from '../turn/model-turn.ts';
import { threadHistory } from '../turn/thread-history.ts';
import { createTurnCalls, type TurnCalls } from '../turn/tool-calls.ts';
import { createTurnTraces } from '../turn/turn-trace.ts';
import { turnGraph } from '../turn/turn-graph.ts';
import type { TurnWork } from '../turn/turn-work.ts';

export interface TurnInput { threadId: string; turn: string; person: PersonRow; channel: string; text: string; account?: string; asOf?: string; /** The turn whose words these replace. */ replaces?: string; signal: AbortSignal }
export type { ModelPath } from '../turn/model-turn.ts';
type Told<T = ConversationEvent> = T extends { turn: string } ? Omit<T, 'turn'> : never;

export interface DeskTurns { run(input: TurnInput): Promise<void> }

/** Answers one message: understand, let an agent or its twin work with tools, ground the figures, say it. */
export function createDeskTurns({ services, tools, tell, model, press, newLinkCode, onUngrounded, onUntraced }: {
  services: ToolServices; tools: ReadonlyMap<string, Tool>; tell: (threadId: string, event: ConversationEvent) => Promise<void>; model: ModelPath | null; press: (input: PressInput) => Promise<Draft & { actionId: string | null }>; newLinkCode: () => string; onUngrounded: (agent: string, count: number) => void; /** Steps of a turn that could not be kept; the turn stands. */ onUntraced: (error: unknown) => void;
}): DeskTurns {
  const traceOf = createTurnTraces();
  return {
    async run(input) {
      const trace = traceOf(input.turn);
      let answeredBy = 'Desk';
      const { database, market } = services;
      const emit = (event: Told): Promise<void> => tell(input.threadId, { turn: input.turn, ...event } as ConversationEvent);
      const [rights, listed, thread, waiting] = await database.together((executor) => [rightsOf(executor, input.person.id), listAccounts(executor), threadById(executor, input.threadId), pendingConfirmations(executor, { personId: input.person.id })]);
      const viewable = rights.filter((row) => row.canView).map((row) => row.accountId);
      const accounts = listed.filter(({ id }) => viewable.includes(id)).map((account) => {
        const right = rights.find((row) => row.accountId === account.id);
        return { accountId: account.id, name: account.name, currency: account.baseCurrency, canPropose: right?.canPropose ?? false, canConfirm: right?.canConfirm ?? false };
      });
      const earlier = input.replaces === undefined ? [] : await proposedBefore(database.orm, { threadId: input.threadId, turn: input.turn });
      const memory = memoryBefore((thread?.context ?? {}) as StoredMemory, { replaces: input.replaces, earlier });
      const before: NonNullable<StoredMemory['before']> = { turn: input.turn, memory: structuredClone(memory), answered: false };
      const remembered: ThreadMemory = { ...memory, ...(input.account ? { lastAccount: input.account } : {}) };
      const calls = (caller: Pick<ToolCaller, 'agent'>): TurnCalls => createTurnCalls({
        tools, services, signal: input.signal, nowMs: () => Date.parse(services.wallNow()), onCall: (name) => void emit({ type: 'progress', text: progressWords(name) }),
        trace: (name) => { const end = trace.begin(name, 'tool', { 'gen_ai.tool.name': name }); return (failed) => end({ failed }); },
        caller: { personId: input.person.id, role: input.person.role, channel: input.channel, threadId: input.threadId, turn: input.turn, viewableAccountIds: viewable, ...(input.asOf ? { asOf: input.asOf } : {}), ...caller },
      });
      let turnCalls = calls({});
      /** What the turn came to, for the record. */
      let record: Parameters<typeof recordAgentMessage>[1] | null = null;
      /** A card that was shown here waits for this person's yes. */
      let cardWaits = false;
      /** Cards that wait here, by name, however long ago they were shown. */
      let waitingCards: string[] = [];
      const work: TurnWork = {
        async understand() {
          const positions = await openPositions(database.orm, viewable);
          // A bare yes means what stands in this conversation; what waits elsewhere is asked about by name.
          const pending = (await withWhereShown(database, { threadId: input.threadId, pending: waiting })).filter(({ shownHere }) => shownHere);
          cardWaits = pending.length > 0;
          const pendingCards = await Promise.all(pending.map(async (each) => { const card = await cardOfAction(database.orm, each.actionId); return { confirmationId: each.id, cardNumber: card?.number ?? null, headline: card?.symbol ?? '', edited: remembered.editedActionIds?.includes(each.actionId) ?? false }; }));
          waitingCards = pendingCards.map(({ cardNumber, headline }) => [cardNumber === null ? 'a question' : `card ${cardNumber}`, headline].filter(Boolean).join(' on '));
          const context: ConversationContext = {
            accounts: accounts.map(({ name }) => ({ name })), positions: positions.map((position) => ({ symbol: position.symbol, quantity: position.quantity, account: accounts.find((each) => each.accountId === position.accountId)?.name ?? '' })),
            pendingConfirmations: pendingCards,
            ...(remembered.lastSymbol ? { lastSymbol: remembered.lastSymbol } : {}), ...(remembered.lastAccount ? { lastAccount: remembered.lastAccount } : {}), ...(remembered.lastIntent ? { lastIntent: remembered.lastIntent } : {}),
            ...(remembered.lastCard === undefined ? {} : { lastShownCard: remembered.lastCard }), ...(remembered.lastListed ? { lastListed: remembered.lastListed } : {}), ...(remembered.lastStructure ? { lastStructure: remembered.lastStructure } : {}),
          };
          const marketDate = askedDay(input.asOf, { zone: market.zone, today: market.today() });
          return understand({ text: input.text, context, resolver: { resolve: (name) => market.resolve(name, marketDate) }, calendar: market.calendar(), marketDate });
        },
        async answer(understanding: Understanding) {
          const interviewed = await holdInterview({ text: input.text, understanding, memory: remembered, accounts, services, cardWaits, tools: () => { turnCalls = calls({ agent: 'Intake' }); return turnCalls; } });
          if (interviewed) return { agent: 'Intake', draft: interviewed };
          const other = await answerOther(understanding);
          const answered = input.replaces === undefined ? other : { ...other, draft: await withEarlierCards(database.orm, other.draft, { threadId: input.threadId, turn: input.turn, now: services.wallNow(), take: (name, given, output) => turnCalls.take(name, given, output) }) };
          const waits = interviewWaits(remembered);
          return waits ? { ...answered, draft: { ...answered.draft, note: [answered.draft.note, waits.note].filter(Boolean).join(' '), choices: [...(answered.draft.choices ?? []), waits.choice] } } : answered;
        },
        async say(draft, agent) {
          const { text, figures, removed } = ground(draft.text, turnCalls.recorded);
          if (removed > 0) onUngrounded(agent, removed);
          if (text.trim() !== '' || draft.choices?.length) await emit({ type: 'reply', text, figures, agent, ...(draft.note ? { note: draft.note } : {}), ...(draft.choices ? { choices: draft.choices } : {}) });
          for (const part of draft.parts) {
            if (part.type === 'table') await emit({ type: 'table', title: part.title, columns: part.columns, rows: tableRows(part, turnCalls.recorded) });
            else if (part.type === 'card') {
              const card = await renderCard({ executor: database.orm, market, actionId: part.actionId });
              if (!card) continue;
              await emit({ type: 'card', card });
              if (card.confirmation) await emit({ type: 'confirm', id: card.confirmation.id, digest: card.confirmation.digest, expiresAt: card.confirmation.expiresAt, actionId: card.actionId });
            } else await emit(part as Told);
          }
          record = { id: uuidv7(Date.parse(services.wallNow())), turn: input.turn, agent, inputId: input.turn, payload: JSON.stringify({ draft, calls: turnCalls.recorded.map(({ call, name, input: given, elapsedMs }) => ({ call, name, input: given, elapsedMs })) }), writtenBy: draft.note ? 'twin' : agent, latencyMs: 0 };
        },
      };

      async function answerOther(understanding: Understanding): Promise<{ draft: Draft; agent: string }> {
        // A person's exact words never go through a model; what only a model understands is a proposal at most.
        const exact = understanding.kind === 'intent' && understanding.confidence === 'exact';
        if (model && !exact) {
          turnCalls = calls({ agent: 'Supervisor' });
          const byModel = await model.answer({
            text: input.text, turn: input.turn, personId: input.person.id, role: input.person.role, calls: turnCalls, accounts: accounts.map(({ name }) => name), memory: remembered,
            history: await threadHistory(database.orm, { threadId: input.threadId, turn: input.turn }), waiting: waitingCards, market: { label: market.label(), now: market.now(), today: market.today(), zone: market.zone },
            onDelta: (text) => void emit({ type: 'delta', text }), signal: input.signal,
            onModelCall: ({ agent, model: named }) => { const end = trace.begin(`${agent} asks ${named}`, 'model', { 'gen_ai.agent.name': agent, 'gen_ai.request.model': named, 'enduser.id': input.person.id }); return (tokens) => end({ failed: tokens ? undefined : 'NO_ANSWER', attributes: tokens ? usageAttributes(named, tokens) : {} }); },
          });
          if (byModel) { recall(byModel.memory); return byModel; }
          const twin = await byTwin(understanding);
          return { ...twin, draft: { ...twin.draft, note: ['Written without the language model.', twin.draft.note].filter(Boolean).join(' ') } };
        }
        return byTwin(understanding);
      }

      /** What no phrase knows, or a topic or its likeness explains in part only, may be a query over the book, by itself or as it goes on from the question before. Its words are all understood, or it is none. */
      async function askedOfTheBook(understanding: Understanding): Promise<Draft | null> {
        const unread = understanding.kind === 'intent' && splitsUnread(understanding.intent, input.text);
        const loose = understanding.kind === 'intent' ? unread || understanding.assumed.includes(byWhatItIsAbout) || understanding.assumed.includes(byLikenessAssumed) || (refersBack(input.text) && !changesSomething(understanding.intent.kind) && !understanding.assumed.includes(ofWhatIsHeld)) : understanding.kind === 'unknown' || understanding.doubted === true;
        // "How long did I hold it": the share that was spoken of.
        const question = input.text.trim().replace(/\b(hold|held|holding|own|owned|on|in|of|for|bought|sold|exit|exited|close|closed) (?:it|that one|this one)\b/i, (said, verb: string) => (remembered.lastSymbol === undefined ? said : `${verb} ${remembered.lastSymbol}`));
        if (!loose || question.length > 300) return null;
        const tell = async (before: readonly string[]): Promise<Draft | null> => {
          const data = await answerDataQuestion(question, turnCalls, before, (first) => recall(first));
          if (data) remember({ kind: 'sql', question, ...(before.length > 0 ? { before: [...before] } : {}) });
          return data;
        };
        const before = continues(question, remembered.lastIntent);
        const alone = understanding.kind !== 'intent' || unread || aboutOwnTrades(understanding.intent, question);
        // What leans on the question before is read with it first; a few words that may stand by themselves are.
        const leans = before !== null && leansOn(question);
        return (leans ? await tell(before) : null) ?? (alone ? await tell([]) : null) ?? (before && !leans ? tell(before) : null);
      }

      async function byTwin(understanding: Understanding): Promise<{ draft: Draft; agent: string }> {
        const asked = await askedOfTheBook(understanding);
        if (asked) return { agent: 'Desk', draft: asked };
        if (understanding.kind === 'ask' && understanding.doubted) delete remembered.lastIntent;
        if (understanding.kind === 'ask') return { agent: 'Desk', draft: plainDraft(understanding.question, { choices: understanding.choices }) };
        if (understanding.kind === 'unknown') {
          if (understanding.apart) delete remembered.lastIntent;
          return { agent: 'Desk', draft: unknownDraft(understanding.didYouMean) };
        }
        const { intent } = understanding;
        const refused = input.replaces === undefined ? null : notByEdit(intent, earlier);
        if (refused) return { agent: 'Desk', draft: plainDraft(refused) };
        const byWord = understanding.confidence !== 'exact' ? answerInOtherWords(intent) : await answerByWord({ intent, database, input, memory: remembered, press, now: services.wallNow() });
        before.answered = byWord?.parts.some(({ type }) => type === 'card') ?? false;
        const answered = byWord ?? (understanding.confidence !== 'exact' ? null : await personCommand({ intent, database, turn: input, viewableAccountIds: viewable, now: services.wallNow(), zone: market.zone, newLinkCode }));
        if (answered) { remember(intent); return { agent: 'Desk', draft: answered }; }
        if (intent.kind === 'history_search') { remember(intent); return { agent: 'Desk', draft: await searchHistory({ database, market, personId: input.person.id, turn: input.turn, query: intent.query, now: services.wallNow(), take: (name, given, output) => turnCalls.take(name, given, output) }) }; }
        if (intent.kind === 'turn_steps') { remember(intent); return { agent: 'QA', draft: await showSteps(database.orm, { threadId: input.threadId, turn: input.turn, take: (name, given, output) => turnCalls.take(name, given, output) }) }; }
        const checked = intent.kind === 'qa' && intent.what === 'figures' ? await checkLastReply(database.orm, { threadId: input.threadId, turn: input.turn, take: (name, given, output) => turnCalls.take(name, given, output) }) : null;
        if (checked) { remember(intent); return { agent: 'QA', draft: checked }; }
        turnCalls = calls(understanding.explicit ? {} : { agent: agentFor(intent.kind) });
        const named = 'account' in intent && typeof intent.account === 'string' ? intent.account : ofAllAccounts(input.text) ? undefined : remembered.lastAccount;
        const account = accounts.find((each) => each.name.toLowerCase() === named?.toLowerCase()) ?? (accounts.length === 1 ? (accounts[0] ?? null) : null);
        const context: AnswerContext = {
          intent, explicit: understanding.explicit, tools: turnCalls, accounts, account, memory: remembered, market, askedOn: askedDay(input.asOf, { zone: market.zone, today: market.today() }),
          remember: recall,
        };
        const answer = answers[intent.kind] as ((context: AnswerContext) => Promise<Draft>) | undefined;
        const draft = answer ? sayWhose(await answer(context), context) : unknownDraft([]);
        remember(intent);
        const assumed = understanding.assumed.length > 0 ? `Taken as: ${understanding.assumed.join('; ')}.` : undefined;
        return { agent: agentFor(intent.kind), draft: assumed && !draft.note ? { ...draft, note: assumed } : draft };
      }

      /** What follow-ups refer to from now on. A proposal that is shown again may be answered with a bare yes again. */
      function recall(more: Partial<ThreadMemory>): void {
        Object.assign(remembered, more);
        if (more.lastActionId !== undefined && remembered.editedActionIds) remembered.editedActionIds = remembered.editedActionIds.filter((id) => id !== more.lastActionId);
      }

      function remember(intent: Intent): void {
        if ('symbol' in intent && typeof intent.symbol === 'string') remembered.lastSymbol = intent.symbol;
        if ('account' in intent && typeof intent.account === 'string' && intent.account !== '*') remembered.lastAccount = intent.account;
        if (!['yes', 'no', 'thanks', 'greet', 'help', 'cancel_turn', 'edit_message', 'retry_message', 'feedback'].includes(intent.kind)) remembered.lastIntent = intent;
      }

      const traced: TurnWork = {
        understand: () => trace.step('understand', () => work.understand()),
        answer: (understanding) => trace.step('answer', async () => { const answered = await work.answer(understanding); answeredBy = answered.agent; return answered; }),
        say: (draft, agent) => trace.step('say', () => work.say(draft, agent)),
      };
      const spans = () => trace.end({ 'gen_ai.agent.name': answeredBy, 'parapet.channel': input.channel, 'enduser.id': input.person.id });
      try { await turnGraph.invoke({ turn: input.turn }, { configurable: { work: traced }, signal: input.signal }); } catch (error) {
        await storeTurnSpans(database.orm, spans()).catch(onUntraced);
        throw error;
      }
      await database.together((executor) => [
        record ? recordAgentMessage(executor, record) : Promise.resolve(), saveContext(executor, input.threadId, { ...remembered, before } satisfies StoredMemory as Record<string, unknown>), storeTurnSpans(executor, spans()).catch(onUntraced),
      ]);
    },
  };
}

/** What a call of a model used. No cost where its price is not known: unknown is not free. */
function usageAttributes(model: string, { input, output }: Tokens): Record<string, number> {
  const cost = costUsd({ model, inputTokens: input, outputTokens: output, prices: listPrices });
  return { 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output, ...(cost === null ? {} : { 'parapet.cost_usd': cost }) };
}

function unknownDraft(near: readonly string[]): Draft {
  const text = near.length > 0 ? `I did not understand that. Did you mean one of these?` : 'I did not understand that. I can show what you hold and how it did, find and explain trades, take orders, move stops, pause trading, and show the audit of any trade.';
  const offers = near.length > 0 ? near : ['what do I hold', 'what moved today', 'find me a trade', '/help'];
  return plainDraft(text, { choices: offers.map((command) => ({ label: command, command })) });
}
const progressWords = (tool: string): string => `${tool.replaceAll('_', ' ')} …`;
