import type { Tool, ToolCaller } from '../../tools/define.ts';
import { exampleOf, firstShape, type Names, type Schema, schemaOf, smallestInput, standsAlone } from './example-input.ts';

/** What a tool must answer: `code` is the error that has to come back; `ANSWERED`: a result, or a refusal in words that is not about the input's form;
 * `NOT_BROKEN`: anything but a failure of the tool itself. */
export interface ContractCase { tool: string; title: string; kind: 'valid' | 'boundary' | 'invalid' | 'unauthorised'; role: ToolCaller['role']; input: unknown; code: 'INVALID_INPUT' | 'NOT_ALLOWED' | 'ANSWERED' | 'NOT_BROKEN' }
type Rule = (tool: Tool, names: Names) => ContractCase[];

/** Words that nobody means, each of which some careless reader falls over. */
const meaningless = [['means nothing', 'no such thing ’;--'], ['every object has by itself', 'constructor'], ['no calendar reaches', '+275760-09-13T00:00:00.000Z']] as const;
const deep: unknown = JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`);

const members = (tool: Tool): [string, Schema][] => Object.entries(firstShape(schemaOf(tool)).properties ?? {});
const made = (tool: Tool, kind: ContractCase['kind'], title: string, input: unknown, code: ContractCase['code'], role: ContractCase['role'] = 'owner'): ContractCase => ({ tool: tool.name, title: `${tool.name} ${title}`, kind, role, input, code });

/** The smallest input, and it with each optional member by itself. */
const valid: Rule = (tool, names) => {
  const smallest = smallestInput(tool, names);
  const optional = members(tool).filter(([name]) => !(name in smallest) && !standsAlone(tool, name));
  return [made(tool, 'valid', 'answers its smallest input', smallest, 'ANSWERED'), ...optional.map(([name, schema]) => made(tool, 'valid', `answers with ${name}`, { ...smallest, [name]: exampleOf(schema, names, name) }, 'ANSWERED'))];
};
/** Numbers at their bounds and one step beyond them, words of a list and one that is not on it, text that is too short or too long. */
const boundary: Rule = (tool, names) => members(tool).flatMap(([name, schema]) => {
  const here = firstShape(schema);
  const only = !schema.anyOf && !schema.oneOf;
  const withValue = (value: unknown): Record<string, unknown> => (standsAlone(tool, name) ? { [name]: value } : { ...smallestInput(tool, names), [name]: value });
  const cases: ContractCase[] = [];
  const number = (bound: number | undefined, step: number, word: string): void => {
    if (bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER) return;
    cases.push(made(tool, 'boundary', `answers the ${word} ${name}`, withValue(bound), 'ANSWERED'));
    if (only) cases.push(made(tool, 'boundary', `refuses ${name} beyond the ${word}`, withValue(bound + step), 'INVALID_INPUT'));
  };
  if (here.type === 'integer' || here.type === 'number') {
    number(here.minimum, -1, 'least');
    number(here.maximum, 1, 'most');
    // No bound of its own: a figure that no column holds is answered, not fallen over.
    if (here.exclusiveMaximum === undefined && (here.maximum === undefined || here.maximum >= Number.MAX_SAFE_INTEGER)) cases.push(made(tool, 'boundary', `answers a huge ${name}`, withValue(4_000_000_000_000), 'ANSWERED'));
    if (only && here.exclusiveMinimum !== undefined && here.exclusiveMinimum > Number.MIN_SAFE_INTEGER) cases.push(made(tool, 'boundary', `refuses ${name} at its open bound`, withValue(here.exclusiveMinimum), 'INVALID_INPUT'));
  }
  for (const word of here.enum ?? []) cases.push(made(tool, 'boundary', `answers ${name} ${String(word)}`, withValue(word), 'ANSWERED'));
  if (only && here.enum) cases.push(made(tool, 'boundary', `refuses ${name} that is on no list`, withValue('no such word'), 'INVALID_INPUT'));
  if (here.type === 'string' && !here.enum && here.pattern === undefined && here.const === undefined) cases.push(...meaningless.map(([word, text]) => made(tool, 'boundary', `answers ${name} that ${word}`, withValue(text), 'NOT_BROKEN')), made(tool, 'invalid', `refuses null characters in ${name}`, withValue('a\u0000b'), 'INVALID_INPUT'), made(tool, 'invalid', `refuses half a character in ${name}`, withValue('a\ud800b'), 'INVALID_INPUT'));
  if (only && here.type === 'string' && (here.minLength ?? 0) > 0) cases.push(made(tool, 'boundary', `refuses ${name} that is empty`, withValue(''), 'INVALID_INPUT'));
  if (only && here.type === 'string' && here.maxLength !== undefined) cases.push(made(tool, 'boundary', `refuses ${name} that is too long`, withValue('a'.repeat(here.maxLength + 1)), 'INVALID_INPUT'));
  return cases;
});
/** What is missing, no object at all, and a value of another kind for each member. */
const invalid: Rule = (tool, names) => {
  const schema = schemaOf(tool);
  const required = firstShape(schema).required ?? [];
  return [
    made(tool, 'invalid', 'refuses an input that is nested without end', { ...smallestInput(tool, names), more: deep }, 'INVALID_INPUT'),
    ...(required.length === 0 ? [] : [made(tool, 'invalid', `refuses an input without ${required.join(', ')}`, {}, 'INVALID_INPUT')]),
    ...(firstShape(schema).type === 'object' ? [made(tool, 'invalid', 'refuses an input that is no object', 'everything', 'INVALID_INPUT')] : []),
    ...members(tool).filter(([, member]) => typeof firstShape(member).type === 'string' && !member.anyOf && !member.oneOf).map(([name, member]) => made(tool, 'invalid', `refuses ${name} of another kind`, { ...smallestInput(tool, names), [name]: firstShape(member).type === 'object' ? 7 : { not: 'this' } }, 'INVALID_INPUT')),
  ];
};
/** A field that is none, on top and in each object within: what is misspelt must not be left aside, or the answer is to another question. */
const misspelt: Rule = (tool, names) => {
  const given = smallestInput(tool, names);
  const none = { 'no such field': 1 };
  const within = members(tool).flatMap(([name, schema]): [string, unknown][] => {
    const here = firstShape(schema);
    const each = here.items ? firstShape(here.items) : here;
    if (each.additionalProperties !== false) return [];
    const wrong = { ...(exampleOf(each, names) as object), ...none };
    return [[name, here.items ? [wrong] : wrong]];
  });
  return [made(tool, 'invalid', 'refuses a field that it does not have', { ...given, ...none }, 'INVALID_INPUT'), ...within.map(([name, wrong]) => made(tool, 'invalid', `refuses a field that ${name} does not have`, { ...given, [name]: wrong }, 'INVALID_INPUT'))];
};
/** A viewer may look and no more; only an owner administers. */
const unauthorised: Rule = (tool, names) => [
  ...(tool.permission === 'propose' || tool.permission === 'admin' ? [made(tool, 'unauthorised', 'refuses a viewer', smallestInput(tool, names), 'NOT_ALLOWED', 'viewer')] : []),
  ...(tool.permission === 'admin' ? [made(tool, 'unauthorised', 'refuses a trader', smallestInput(tool, names), 'NOT_ALLOWED', 'trader')] : []),
];

/** Cases for every tool, by its own definition. `names` are of things that exist where they are run. */
export const contractCases = (tools: Iterable<Tool>, names: Names): ContractCase[] => [...tools].flatMap((tool) => [valid, boundary, invalid, misspelt, unauthorised].flatMap((rule) => rule(tool, names)));
