import type { BaseMessage } from '@langchain/core/messages';
import type { StructuredToolInterface } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { digestOf } from '../../desk/canonical.ts';
import type { Configuration } from '../../ops/configuration.ts';
import type { AnswerCache } from './answer-cache.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { LooseCompletions } from './completions.ts';
import { type Deadline, startDeadline, waitFor } from './deadline.ts';
import { type Failure, failureOf } from './failure.ts';
import type { JsonObject } from './json-schema.ts';
import { ModelMiss } from './miss.ts';
import { type ModelAgent, type Provider, providersFor } from './providers.ts';
import { type ModelAnswer, readStream } from './read-stream.ts';
import type { ModelSurroundings } from './surroundings.ts';
import type { UsageBook } from './usage.ts';

export interface ModelRequest {
  messages: BaseMessage[];
  tools: readonly StructuredToolInterface[];
  /** What the final answer must look like, as a JSON schema. */
  contract?: { name: string; schema: JsonObject };
  deadline: Deadline; turn: string; personId: string;
  /** The answer's text as it comes. After its first piece nothing is tried again: the person would read it twice. */
  onText?: (text: string) => void;
  /** Whether an earlier answer to exactly the same request will do. Never where a tool proposes. */
  cacheable: boolean;
}
/** One agent's model. `ask` answers, or throws a ModelMiss, or the reason of whoever stopped the turn. */
export interface ChatModel { ask(request: ModelRequest): Promise<ModelAnswer> }
export interface ChatModelParts {
  agent: ModelAgent; configuration: Configuration; surroundings: ModelSurroundings; usage: UsageBook; cache: AnswerCache<ModelAnswer>;
  /** By provider, the stopwatch time until which it asked to be left alone; shared by the agents of a desk. */
  resting: Map<string, number>;
}

const mostAttempts = 3;
const firstPauseMs = 200;
/** A provider that wants a day, or whose clock is years ahead, is asked again after this; it can say so again. */
const longestRestMs = 900_000;
/** With another provider behind it, this part of the time that is left is a provider's. */
const shareWithFallback = 0.6;

/** Null where no provider is configured: the agent is its twin. */
export function createChatModel(parts: ChatModelParts): ChatModel | null {
  const providers = providersFor(parts.agent, parts.configuration).map((provider) => ({ provider, client: clientOf(provider, parts.surroundings) }));
  if (providers.length === 0) return null;
  return {
    async ask(request) {
      const key = request.cacheable ? requestDigest(request, providers[0]?.provider) : null;
      const known = key === null ? undefined : parts.cache.get(key);
      if (known) { request.onText?.(known.text); return known; }
      let failure: unknown = new ModelMiss('UNREACHABLE');
      let spoke = false;
      const onText = (text: string): void => { spoke = true; request.onText?.(text); };
      for (const [index, each] of providers.entries()) {
        const remainingMs = request.deadline.remainingMs();
        const deadline = startDeadline({ milliseconds: index + 1 < providers.length ? remainingMs * shareWithFallback : remainingMs, surroundings: parts.surroundings, parent: request.deadline.signal });
        try {
          const answer = await askProvider({ ...parts, ...each, request: { ...request, deadline, onText }, spoke: () => spoke });
          if (key !== null) parts.cache.set(key, answer);
          return answer;
        } catch (error) {
          if (request.deadline.signal.aborted) throw request.deadline.signal.reason;
          failure = error;
          if (spoke) break;
        } finally { deadline.release(); }
      }
      throw failure;
    },
  };
}

function clientOf({ baseUrl, apiKey, model, temperature, maxTokens }: Provider, { fetch: own }: ModelSurroundings): ChatOpenAI {
  const fields = {
    model, apiKey, maxTokens, maxRetries: 0, ...(temperature === null ? {} : { temperature }),
    // Said in full: what is left out, the client would take from the machine's environment.
    configuration: { baseURL: baseUrl, organization: null, project: null, logLevel: 'off' as const, fetch: boundedFetch(own ?? fetch) },
  };
  return new ChatOpenAI({ ...fields, completions: new LooseCompletions(fields) });
}

const requestDigest = ({ messages, tools, contract }: ModelRequest, provider: Provider | undefined): string => digestOf({
  provider: [provider?.baseUrl ?? '', provider?.model ?? '', provider?.temperature ?? null, provider?.maxTokens ?? null],
  messages: JSON.stringify(messages.map((message) => message.toDict())), tools: tools.map(({ name }) => name), contract: JSON.stringify(contract ?? null),
});

interface ProviderCall extends ChatModelParts { provider: Provider; client: ChatOpenAI; request: ModelRequest; /** Whether text of the answer is already on its way to the person. */ spoke: () => boolean }

/** Tries one provider until it answers, says something that no further attempt can mend, or the time does not allow another pause. */
async function askProvider(call: ProviderCall): Promise<ModelAnswer> {
  const { provider, request, resting, surroundings } = call;
  const name = `${provider.baseUrl} ${provider.model}`;
  if ((resting.get(name) ?? 0) > surroundings.nowMs()) throw new ModelMiss('RATE_LIMITED');
  let contract = request.contract;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(call, contract);
    } catch (error) {
      if (request.deadline.signal.aborted) throw request.deadline.signal.reason;
      const failure = failureOf(error, Date.parse(surroundings.wallNow()));
      const miss = error instanceof ModelMiss ? error : new ModelMiss(failure.reason, { cause: error });
      if (call.spoke() || attempt >= mostAttempts) throw miss;
      // Some providers know no contract for answers; without one, the prompt alone asks for the shape.
      if (failure.reason === 'REQUEST_REFUSED' && contract) { contract = undefined; continue; }
      if (!failure.retry) throw miss;
      const pauseMs = pauseBefore(attempt + 1, failure, surroundings);
      if (pauseMs >= request.deadline.remainingMs()) {
        if (failure.afterMs !== null) resting.set(name, surroundings.nowMs() + Math.min(failure.afterMs, longestRestMs));
        throw miss;
      }
      await waitFor({ milliseconds: pauseMs, surroundings, signal: request.deadline.signal });
    }
  }
}

const pauseBefore = (attempt: number, { afterMs }: Failure, { random }: ModelSurroundings): number =>
  // Never before the provider wants it, and not all desks at the same moment.
  (afterMs ?? firstPauseMs * 2 ** (attempt - 2)) * (afterMs === null ? 0.5 + random() : 1 + random() / 10);

interface Offered { type: 'function'; function: { name: string; description: string; parameters: unknown } }
/** Tools as providers read them, with their length. Their input schemas are the same objects from turn to turn, and a desk offers a hundred of them each time. */
const offered = new WeakMap<object, { definition: Offered; characters: number }>();
function offeredAs({ name, description, schema }: StructuredToolInterface): { definition: Offered; characters: number } {
  const before = offered.get(schema);
  if (before?.definition.function.name === name && before.definition.function.description === description) return before;
  const made = { definition: { type: 'function' as const, function: { name, description, parameters: schema } }, characters: JSON.stringify([name, description, schema]).length };
  offered.set(schema, made);
  return made;
}

async function attemptOnce({ agent, provider, client, usage, request }: ProviderCall, contract: ModelRequest['contract']): Promise<ModelAnswer> {
  const { messages, tools, deadline, turn, personId, onText } = request;
  const inputCharacters = JSON.stringify(messages.map(({ content }) => content)).length + tools.reduce((sum, tool) => sum + offeredAs(tool).characters, 0);
  const reservation = await usage.reserve({ caller: { turn, agent, personId }, model: provider.model, inputCharacters, maxTokens: provider.maxTokens });
  if (!reservation) throw new ModelMiss('BUDGET');
  let answer: ModelAnswer | null = null;
  try {
    const bound = client.bindTools(tools.map((tool) => offeredAs(tool).definition), contract ? { response_format: { type: 'json_schema', json_schema: { ...contract, strict: false } } } : {});
    answer = await readStream({ stream: await bound.stream(messages, { signal: deadline.signal }), signal: deadline.signal, onText: onText ?? (() => undefined) });
    return answer;
  } finally { await reservation.settle(answer?.tokens ?? null); }
}
