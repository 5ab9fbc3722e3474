import type { TurnCall, TurnTools } from '../../agents/define.ts';
import type { Tool, ToolCaller, ToolResult } from '../../tools/define.ts';
import { runTool } from '../../tools/run.ts';
import type { ToolServices } from '../../tools/services.ts';

/** More calls than any honest answer needs; a model that goes round in circles ends here. */
const maximumCalls = 24;

export interface RecordedCall { call: string; name: string; input: unknown; result: ToolResult; elapsedMs: number }

/** The turn's tool calls, numbered `c1`, `c2` …, kept for the figures that refer to them. */
export interface TurnCalls extends TurnTools {
  readonly recorded: readonly RecordedCall[];
  /** Takes in what another agent handed over, so that a reply can refer to it like to a tool's result. Returns its number. */
  take(name: string, given: unknown, output: unknown): string;
}

export function createTurnCalls(input: {
  tools: ReadonlyMap<string, Tool>; services: ToolServices; caller: ToolCaller; signal: AbortSignal;
  nowMs: () => number; onCall?: (name: string) => void;
  /** Begins a step of the turn’s trace; what it returns ends it. */
  trace?: (name: string) => (failed: string | undefined) => void;
}): TurnCalls {
  const recorded: RecordedCall[] = [];
  // Counted when they begin: calls that run side by side have different numbers.
  let begun = 0;
  return {
    recorded,
    take(name, given, output) {
      begun += 1;
      const call = `c${begun}`;
      recorded.push({ call, name, input: given, result: { ok: true, output }, elapsedMs: 0 });
      return call;
    },
    async call<O>(name: string, toolInput: unknown): Promise<TurnCall<O>> {
      begun += 1;
      const call = `c${begun}`;
      const started = input.nowMs();
      const finish = (result: ToolResult): TurnCall<O> => {
        recorded.push({ call, name, input: toolInput, result, elapsedMs: input.nowMs() - started });
        return result.ok ? { ok: true, call, output: result.output as O } : { ok: false, call, error: result.error };
      };
      if (input.signal.aborted) return finish({ ok: false, error: { code: 'CANCELLED', message: 'the turn was cancelled' } });
      if (begun > maximumCalls) return finish({ ok: false, error: { code: 'TOO_MANY_CALLS', message: `a turn makes at most ${maximumCalls} tool calls` } });
      const tool = input.tools.get(name);
      if (!tool) return finish({ ok: false, error: { code: 'NO_SUCH_TOOL', message: `there is no tool ${name}` } });
      input.onCall?.(name);
      const traced = input.trace?.(name);
      let failed: string | undefined = 'THROWN';
      try {
        const result = await runTool({ tool, services: input.services, caller: input.caller, input: toolInput, signal: input.signal });
        failed = result.ok ? undefined : result.error.code;
        return finish(result);
      } finally { traced?.(failed); }
    },
  };
}
