import { z } from 'zod';

/** Where a shape holds other shapes, by the names that zod gives their places. */
const places = ['innerType', 'element', 'valueType', 'in', 'out', 'options', 'items', 'shape'] as const;
type Def = Partial<Record<(typeof places)[number], unknown>> & { type: string; catchall?: unknown };

function onlyKnown(value: unknown): unknown {
  if (value instanceof z.ZodType) return knownFieldsOnly(value);
  if (Array.isArray(value)) return value.map(onlyKnown);
  return Object.fromEntries(Object.entries(value as Record<string, z.ZodType>).map(([name, member]) => [name, knownFieldsOnly(member)]));
}

/**
 * The same shape, whose objects at any depth refuse fields that they do not have. What is said to take any (`looseObject`, `catchall`), or to be two
 * shapes at once, stays as it is.
 */
export function knownFieldsOnly<T extends z.ZodType>(schema: T): T {
  const def = schema.def as unknown as Def;
  const held = places.filter((place) => def[place] !== undefined && def[place] !== null);
  const closes = def.type === 'object' && def.catchall === undefined;
  if (held.length === 0) return schema;
  const made = schema.clone({ ...def, ...Object.fromEntries(held.map((place) => [place, onlyKnown(def[place])])), ...(closes ? { catchall: z.never() } : {}) } as never);
  const meta = schema.meta();
  return meta ? made.meta(meta) : made;
}
