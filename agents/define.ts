import type { z } from 'zod';
import type { Choice, Column, PriceChart, ReportFile } from './vocabulary.ts';

/** How a figure is written: money in minor units, prices in currency, percentages as numbers like 1.5. */
export type FigureFormat = 'money' | 'price' | 'percent' | 'signed_percent' | 'signed_money' | 'quantity' | 'count' | 'number' | 'date' | 'time' | 'text';

/**
 * What an agent hands back to be said. Figures in `text` are references, filled in by the renderer:
 * `{{c1.accounts.0.equityMinor|money}}` is the cell at that path of the turn's tool call `c1`. A bare digit that is not
 * a reference (and not the person's own figure, `{{said:50}}`) is not shown.
 */
export interface Draft {
  text: string;
  parts: DraftPart[];
  choices?: Choice[];
  note?: string;
}
export type DraftPart =
  | { type: 'table'; title: string; columns: Column[]; call: string; path: string }
  | { type: 'chart'; chart: PriceChart }
  | { type: 'file'; file: ReportFile }
  | { type: 'timeline'; subject: string; entries: { at: string; text: string; kind: string; ref: string | null }[] }
  /** Shows the card of an action as it stands now. */
  | { type: 'card'; actionId: string };

/** One tool call of a turn, with the id by which figures refer to it. */
export type TurnCall<O = unknown> = { ok: true; call: string; output: O } | { ok: false; call: string; error: { code: string; message: string; field?: string } };
export interface TurnTools { call<O = unknown>(name: string, input: unknown): Promise<TurnCall<O>> }

/** An agent is a value: its purpose, prompt, tools, the contract of what it hands back, and the twin that stands in for the model. */
export interface Agent<I = unknown, O extends z.ZodType = z.ZodType> {
  name: string;
  purpose: string;
  systemPrompt: string;
  /** Names of tools. An agent that reads text from outside has neither propose tools nor private account data. */
  tools: readonly string[];
  readsOutsideText: boolean;
  output: O;
  /** The same job by rules and templates over the same tools. */
  twin(input: I, tools: TurnTools): Promise<z.input<O>>;
}
export const defineAgent = <I, O extends z.ZodType>(agent: Agent<I, O>): Agent<I, O> => Object.freeze(agent);
