import { z } from 'zod';

export type JsonObject = { [key: string]: unknown };
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What zod adds to every whole number, and a model need not read. */
const safeIntegers = new Set<unknown>([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);
function tidy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidy);
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node)
    .filter(([key, value]) => key !== '$schema' && !((key === 'maximum' || key === 'minimum') && safeIntegers.has(value)))
    .map(([key, value]) => [key, tidy(value)]));
}

/** Providers want an object on top. Of several shapes it has every member, and requires those that each shape requires. */
function asObject(schema: JsonObject): JsonObject {
  const shapes = (schema.anyOf ?? schema.oneOf) as JsonObject[] | undefined;
  if (!shapes) return { ...schema, type: 'object', properties: schema.properties ?? {} };
  const properties: JsonObject = {};
  for (const shape of shapes) {
    for (const [name, member] of Object.entries((shape.properties ?? {}) as JsonObject)) {
      const before = properties[name];
      properties[name] = before === undefined || JSON.stringify(before) === JSON.stringify(member) ? member : { anyOf: [before, member].flatMap((each) => (isObject(each) && Array.isArray(each.anyOf) ? each.anyOf : [each])) };
    }
  }
  const required = shapes.map((shape) => (shape.required ?? []) as string[]).reduce((common, each) => common.filter((name) => each.includes(name)));
  return { type: 'object', properties, required };
}

const written = (schema: z.ZodType, io: 'input' | 'output'): JsonObject => tidy(z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-7' })) as JsonObject;

/** What was worked out before, by shape: a turn offers a model every tool, and taking their shapes apart again took a third of it. */
const known = new WeakMap<z.ZodType, JsonObject>();
function objectSchemaOf(schema: z.ZodType): JsonObject {
  const before = known.get(schema);
  if (before) return before;
  const made = asObject(written(schema, 'input'));
  known.set(schema, made);
  return made;
}

/** A tool's input as providers take it: an object, without what only a validator would need. The tool itself still checks everything. The same shape gives the same object: not to be changed. */
export const inputSchemaOf = objectSchemaOf;
/** The shape of an answer, as it has to come in. */
export const contractSchemaOf = objectSchemaOf;
