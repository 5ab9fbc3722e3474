import { HumanMessage } from '@langchain/core/messages';
import { createAnswerCache } from '../../../agents/model/answer-cache.ts';
import { type ChatModel, createChatModel, type ModelRequest } from '../../../agents/model/chat-model.ts';
import { startDeadline } from '../../../agents/model/deadline.ts';
import { listPrices } from '../../../agents/model/prices.ts';
import type { ModelAgent } from '../../../agents/model/providers.ts';
import type { ModelAnswer } from '../../../agents/model/read-stream.ts';
import { createUsageBook, memoryUseStore, type UseStore } from '../../../agents/model/usage.ts';
import { modelConfiguration, realSurroundings } from '../../helpers/model-server/model-of-desk.ts';

export interface Asker { model: ChatModel; ask(text: string, more?: Partial<ModelRequest> & { withinMs?: number; stop?: AbortSignal }): Promise<ModelAnswer>; uses: ReturnType<typeof memoryUseStore>['uses'] }

/** One agent's model against a scripted server. */
export function asker(url: string, { environment = {}, agent = 'Supervisor', store }: { environment?: Record<string, string>; agent?: ModelAgent; store?: UseStore } = {}): Asker {
  const configuration = modelConfiguration(url, environment);
  const kept = memoryUseStore();
  const usage = createUsageBook({ budgetUsd: configuration.LLM_DAILY_BUDGET, store: store ?? kept, prices: listPrices, wallNow: realSurroundings.wallNow, onFailure: () => undefined });
  const model = createChatModel({ agent, configuration, surroundings: realSurroundings, usage, cache: createAnswerCache({ entries: 2 }), resting: new Map() });
  if (!model) throw new Error('no model is configured');
  return {
    model, uses: kept.uses,
    async ask(text, { withinMs = 5000, stop, ...more } = {}) {
      const deadline = startDeadline({ milliseconds: withinMs, surroundings: realSurroundings, ...(stop ? { parent: stop } : {}) });
      try {
        return await model.ask({ messages: [new HumanMessage(text)], tools: [], deadline, turn: 't1', personId: 'p1', cacheable: false, ...more });
      } finally { deadline.release(); }
    },
  };
}
