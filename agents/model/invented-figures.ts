const figure = /\d[\d,]*(?:\.\d+)?/g;
/** Not what is part of a name: `Q2`, `e1`. */
const stated = /(?<![\p{L}\d.])\d[\d,]*(?:\.\d+)?/gu;
const plain = (text: string): string => { const bare = text.replaceAll(',', ''); return bare.includes('.') ? bare.replace(/\.?0+$/, '') : bare; };
/** `[2]` names a source, `9b1c…` an id: neither is a figure. */
const withoutNames = (text: string): string => text.replace(/\[\d{1,3}\]/g, ' ').replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/gi, ' ');

function statedIn(value: unknown): string[] {
  if (typeof value === 'string') return withoutNames(value).match(stated) ?? [];
  // A confidence, a share of one: a judgement, which is the agent's own to give.
  if (typeof value === 'number') return Math.abs(value) <= 1 ? [] : [String(Math.abs(value))];
  if (Array.isArray(value)) return value.flatMap(statedIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(statedIn) : [];
}

/** The figures of an agent's output that stand nowhere in what it was given. */
export function inventedFigures(output: unknown, given: string): string[] {
  const known = new Set((given.match(figure) ?? []).map(plain));
  return [...new Set(statedIn(output).filter((each) => !known.has(plain(each))))];
}
