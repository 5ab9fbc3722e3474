import { z } from 'zod';
import type { Tool } from '../../tools/define.ts';

/** What generated inputs may name: things that exist where the cases are run. */
export interface Names { symbol: string; account: string; date: string; time: string; card: number; uuid: string }

/** The part of JSON Schema that tools' inputs are written in. */
export interface Schema {
  type?: string | string[]; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; properties?: Record<string, Schema>; required?: string[]; additionalProperties?: unknown; items?: Schema; minItems?: number; maxItems?: number; pattern?: string; format?: string; description?: string;
  minLength?: number; maxLength?: number; minimum?: number; maximum?: number; exclusiveMinimum?: number; exclusiveMaximum?: number; default?: unknown;
}
export const schemaOf = (tool: Tool): Schema => z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }) as Schema;
/** The first shape where an input may have several. */
export const firstShape = (schema: Schema): Schema => { const shape = (schema.anyOf ?? schema.oneOf)?.[0]; return shape ? firstShape(shape) : schema; };

/** What a member's name says of its value, where its schema says no more than that it is text. */
const byName: readonly [RegExp, (names: Names) => unknown][] = [
  [/^(symbol|underlying)$/, ({ symbol }) => symbol], [/^(account|from|to)Account$|^account$/, ({ account }) => account], [/^(asOf|at)$/, ({ time }) => time], [/^(date|from|to|since|until|expiry|start)$/, ({ date }) => date],
  [/Id$|^id$/, ({ uuid }) => uuid], [/^sql$/, () => 'select 1'], [/^question$/, () => 'open positions'], [/^(price|limitPrice|stop|target)$/, () => '100'],
];

/** A value that a schema takes; for a member of an input, `name` is its name. */
export function exampleOf(schema: Schema, names: Names, name = ''): unknown {
  const here = firstShape(schema);
  if (here.const !== undefined) return here.const;
  if (here.enum) return here.enum[0];
  const type = Array.isArray(here.type) ? here.type.find((each) => each !== 'null') : here.type;
  switch (type) {
    case 'string': return textFor(here, names, name);
    case 'number': case 'integer': {
      if (/card/i.test(name)) return names.card;
      const least = here.exclusiveMinimum !== undefined ? here.exclusiveMinimum + (type === 'integer' ? 1 : 0.5) : (here.minimum ?? 1);
      const low = least > Number.MIN_SAFE_INTEGER ? least : 1;
      return here.exclusiveMaximum !== undefined && here.exclusiveMaximum <= 10 ? ((here.exclusiveMinimum ?? low) + here.exclusiveMaximum) / 2 : Math.max(Math.min(10, here.maximum ?? 10), low);
    }
    case 'boolean': return true;
    case 'array': return Array.from({ length: Math.max(1, here.minItems ?? 1) }, () => exampleOf(here.items ?? {}, names, name.replace(/s$/, '')));
    case 'object': return Object.fromEntries((here.required ?? []).map((key) => [key, exampleOf(here.properties?.[key] ?? {}, names, key)]));
    default: return null;
  }
}

function textFor(schema: Schema, names: Names, name: string): string {
  const said = byName.find(([pattern]) => pattern.test(name))?.[1](names);
  const fits = (text: string): boolean => schema.pattern === undefined || new RegExp(schema.pattern).test(text);
  const candidates = [...(schema.format === 'uuid' ? [names.uuid] : []), ...(typeof said === 'string' ? [said] : []), names.date, '100', names.symbol, 'f'.repeat(64), 'abc'];
  return candidates.find((text) => fits(text) && text.length >= (schema.minLength ?? 0) && text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY) && (schema.pattern !== undefined || typeof said === 'string' || text === 'abc' || schema.format === 'uuid')) ?? 'abc'.padEnd(schema.minLength ?? 3, 'c').slice(0, schema.maxLength ?? 100);
}

/** Members of which an input has exactly one, which no schema tells: the first stands in the smallest input. */
const oneOf: Readonly<Record<string, Record<string, unknown>>> = { sql: { sql: 'select 1', question: 'open positions' }, guardrails: { card: 1, action: {}, cardId: '1' } };
export const standsAlone = (tool: Tool, name: string): boolean => Object.hasOwn(oneOf[tool.name] ?? {}, name);
/** The smallest input that a tool takes. */
export const smallestInput = (tool: Tool, names: Names): Record<string, unknown> => ({ ...(exampleOf(schemaOf(tool), names) as Record<string, unknown> | null), ...Object.fromEntries(Object.entries(oneOf[tool.name] ?? {}).slice(0, 1)) });
