import type { Agent, Draft } from '../../agents/define.ts';
import { createAnswerCache } from '../../agents/model/answer-cache.ts';
import { type ChatModel, createChatModel } from '../../agents/model/chat-model.ts';
import { type Deadline, startDeadline } from '../../agents/model/deadline.ts';
import { ModelMiss, type OnMiss } from '../../agents/model/miss.ts';
import type { AllowedHosts } from '../../agents/model/output-filter.ts';
import { listPrices, type ModelPrice } from '../../agents/model/prices.ts';
import type { ModelAgent } from '../../agents/model/providers.ts';
import type { ModelAnswer } from '../../agents/model/read-stream.ts';
import type { ModelSurroundings } from '../../agents/model/surroundings.ts';
import { createUsageBook, memoryUseStore, type UsageBook, type UseStore } from '../../agents/model/usage.ts';
import { specialists } from '../../agents/registry.ts';
import { supervise } from '../../agents/supervisor.ts';
import type { Configuration } from '../../ops/configuration.ts';
import type { Tool } from '../../tools/define.ts';
import { createModelSpeech } from './model-speech.ts';
import type { ModelPath, ModelTurn } from './model-turn.ts';
import { proposalsOfTurn, wasShown } from './proposals-of-turn.ts';

export interface ModelPathParts {
  configuration: Configuration; tools: ReadonlyMap<string, Tool>; surroundings: ModelSurroundings;
  /** Counts what a model got wrong, by agent and reason; the turn is answered all the same. */
  onMiss: OnMiss;
  /** A bug of the desk's that showed while a model was answering. */
  onFault: (error: unknown) => void;
  agents?: readonly Agent[]; useStore?: UseStore; prices?: readonly ModelPrice[]; allowedHosts?: AllowedHosts;
}

const name = 'Supervisor';
const cachedAnswers = 200;
export const withoutModel = 'Written without the language model.';

/** The model's part in every turn, or null where no provider is configured. The time for one turn is `LLM_TIMEOUT_SECONDS`, all in. */
export function createModelPath({ configuration, tools, surroundings, onMiss, onFault, agents = specialists, useStore = memoryUseStore(), prices = listPrices, allowedHosts = new Set() }: ModelPathParts): ModelPath | null {
  const usage = createUsageBook({ budgetUsd: configuration.LLM_DAILY_BUDGET, store: useStore, prices, wallNow: surroundings.wallNow, onFailure: onFault });
  const listening = new Map<string, NonNullable<ModelTurn['onModelCall']>>();
  /** The same book, with each call told to the turn that it is made for. */
  const told: UsageBook = {
    async reserve(call) {
      const reservation = await usage.reserve(call);
      const ended = reservation && listening.get(call.caller.turn)?.({ agent: call.caller.agent, model: call.model });
      return reservation && ended ? { settle: (tokens) => { ended(tokens); return reservation.settle(tokens); } } : reservation;
    },
  };
  const common = { configuration, surroundings, usage: told, cache: createAnswerCache<ModelAnswer>({ entries: cachedAnswers }), resting: new Map<string, number>() };
  const supervisor = createChatModel({ ...common, agent: name });
  if (!supervisor) return null;
  const modelOf = new Map<string, ChatModel | null>(agents.map((agent) => [agent.name, createChatModel({ ...common, agent: agent.name as ModelAgent })]));

  async function answerWithin(turn: ModelTurn, deadline: Deadline): Promise<Draft | null> {
    const { calls } = turn;
    const speech = createModelSpeech({ sources: { calls: calls.recorded, tools, personSaid: turn.text }, hosts: allowedHosts, onDelta: turn.onDelta });
    const { lastSymbol, lastAccount, lastActionId } = turn.memory;
    const answer = await supervise({
      situation: {
        text: turn.text, history: turn.history, waiting: turn.waiting, accounts: turn.accounts, market: turn.market,
        lastSpokenOf: { ...(lastSymbol ? { symbol: lastSymbol } : {}), ...(lastAccount ? { account: lastAccount } : {}), ...(lastActionId ? { proposal: lastActionId } : {}) },
      },
      models: { supervisor: supervisor as ChatModel, of: (agent) => modelOf.get(agent.name) ?? null }, specialists: agents, tools, role: turn.role, call: (tool, input) => calls.call(tool, input), take: (from, given, output) => calls.take(from, given, output),
      deadline, turn: turn.turn, personId: turn.personId, onStep: speech.begin, onText: speech.hear, onMiss,
    });
    const { text, removed } = speech.finish(answer.text, { cutShort: answer.cutShort });
    for (const reason of removed) onMiss(name, reason);
    const shown = answer.showCards.filter((actionId) => wasShown(actionId, calls.recorded) || void onMiss(name, 'UNKNOWN_CARD'));
    const proposed = proposalsOfTurn(calls.recorded, tools)?.draft;
    if (text === '' && shown.length === 0 && !proposed) throw new ModelMiss('NOTHING_LEFT');
    const parts = [...(proposed?.parts ?? []), ...shown.map((actionId): Draft['parts'][number] => ({ type: 'card', actionId }))];
    return { text: '', ...proposed, ...(text === '' ? {} : { text }), parts: parts.filter((part, index) => parts.findIndex((other) => JSON.stringify(other) === JSON.stringify(part)) === index) };
  }

  return {
    async answer(turn) {
      const deadline = startDeadline({ milliseconds: configuration.LLM_TIMEOUT_SECONDS * 1000, surroundings, parent: turn.signal });
      let draft: Draft | null = null;
      if (turn.onModelCall) listening.set(turn.turn, turn.onModelCall);
      try {
        draft = await answerWithin(turn, deadline);
      } catch (error) {
        if (turn.signal.aborted) throw error;
        const miss = error instanceof ModelMiss ? error : deadline.signal.reason instanceof ModelMiss ? deadline.signal.reason : null;
        onMiss(name, miss?.reason ?? 'TOOL_FAULT');
        if (!miss) onFault(error);
      } finally { deadline.release(); listening.delete(turn.turn); }
      const proposed = proposalsOfTurn(turn.calls.recorded, tools);
      // What was proposed before the model failed stands; the twin would propose it a second time.
      draft ??= proposed ? { ...proposed.draft, note: [proposed.draft.note, withoutModel].filter(Boolean).join(' ') } : null;
      if (!draft) return null;
      return { draft, agent: name, memory: proposed ? { lastActionId: proposed.lastActionId, ...(proposed.lastCard === null ? {} : { lastCard: proposed.lastCard }) } : {} };
    },
  };
}
