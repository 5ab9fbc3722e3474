import { parseSync, Visitor } from 'oxc-parser';
import type { Ambient } from './rooms.ts';

export interface ModuleImport { specifier: string; names: string[]; typeOnly: boolean; line: number }
export interface Mention<Kind> { kind: Kind; text: string; line: number }
export interface ModuleReading {
  imports: ModuleImport[];
  ambients: Mention<Ambient>[];
  /** SQL text handed to a method that runs it, or tagged as SQL. */
  statements: Mention<'sql'>[];
  /** Every identifier, types included, with the line it first stands on. */
  identifiers: Map<string, number>;
  syntaxErrors: string[];
}

interface Node { type: string; start: number; [member: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const named = (value: unknown): string | null => (isNode(value) && value.type === 'Identifier' ? String(value.name) : null);

const CALLED: Record<string, Ambient> = {
  Date: 'wall clock', setTimeout: 'timer', setInterval: 'timer', setImmediate: 'timer', fetch: 'network',
};
const CONSTRUCTED: Record<string, Ambient> = { WebSocket: 'network', EventSource: 'network', XMLHttpRequest: 'network' };
const MEMBER: Record<string, Ambient> = {
  'Date.now': 'wall clock', 'performance.now': 'stopwatch', 'performance.timeOrigin': 'wall clock',
  'Math.random': 'randomness', 'process.env': 'environment', 'crypto.randomUUID': 'randomness', 'crypto.getRandomValues': 'randomness',
};
const TIMER_MODULES = /^(node:)?timers(\/promises)?$/;
const NETWORK_MODULES = /^(node:)?(https?|net|tls|dgram|http2)$/;

const RUNS_SQL = new Set(['query', 'execute', 'exec', 'unsafe', 'raw', 'callAs']);
const LOOKS_LIKE_SQL = /^\s*(select|insert\s+into|update|delete\s+from|with|create|alter|drop|set|begin|commit|rollback|truncate|copy|listen|notify|lock|grant|revoke|call|explain|vacuum|reset)\s/i;
function firstWords(value: unknown): string | null {
  if (!isNode(value)) return null;
  if (value.type === 'Literal') return typeof value.value === 'string' ? value.value : null;
  if (value.type !== 'TemplateLiteral') return null;
  const [quasi] = value.quasis as { value: { cooked: string | null } }[];
  return quasi?.value.cooked ?? null;
}

/** What one file imports, reaches for and says, read from its syntax tree. */
export function readModule(path: string, source: string): ModuleReading {
  const { program, module, errors } = parseSync(path, source);
  const lineStarts = [0];
  for (let i = 0; i < source.length; i++) if (source[i] === '\n') lineStarts.push(i + 1);
  const lineAt = (offset: number): number => {
    const after = lineStarts.findIndex((start) => start > offset);
    return after === -1 ? lineStarts.length : after;
  };
  const reading: ModuleReading = { imports: [], ambients: [], statements: [], identifiers: new Map(), syntaxErrors: errors.map((error) => error.message) };

  for (const { moduleRequest, entries, start, end } of module.staticImports) {
    // `import type {…}` marks every entry; `import {}` and `import './x.ts'` have none and run the module.
    const typeOnly = entries.length > 0 ? entries.every((entry) => entry.isType) : /^import\s+type\b/.test(source.slice(start, end));
    const names = entries.filter((entry) => !entry.isType).map((entry) => entry.importName.name ?? '*');
    reading.imports.push({ specifier: moduleRequest.value, names, typeOnly, line: lineAt(start) });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType, importName, start } of entries) {
      if (moduleRequest) reading.imports.push({ specifier: moduleRequest.value, names: [importName.name ?? '*'], typeOnly: isType, line: lineAt(start) });
    }
  }

  const ambient = (kind: Ambient, text: string, node: Node): void => { reading.ambients.push({ kind, text, line: lineAt(node.start) }); };
  const statement = (text: string, node: Node): void => { reading.statements.push({ kind: 'sql', text: text.trim().replace(/\s+/g, ' ').slice(0, 40), line: lineAt(node.start) }); };
  const nodes = {
    ImportExpression: (node: Node) => {
      const specifier = firstWords(node.source);
      if (specifier !== null) reading.imports.push({ specifier, names: ['*'], typeOnly: false, line: lineAt(node.start) });
    },
    TSImportType: (node: Node) => {
      const specifier = firstWords(node.source ?? node.argument);
      if (specifier !== null) reading.imports.push({ specifier, names: [], typeOnly: true, line: lineAt(node.start) });
    },
    Identifier: (node: Node) => {
      const name = String(node.name);
      if (!reading.identifiers.has(name)) reading.identifiers.set(name, lineAt(node.start));
    },
    NewExpression: (node: Node) => {
      const name = named(node.callee);
      if (name === null) return;
      if (name === 'Date' && (node.arguments as unknown[]).length === 0) ambient('wall clock', 'new Date()', node);
      if (Object.hasOwn(CONSTRUCTED, name)) ambient(CONSTRUCTED[name] as Ambient, `new ${name}()`, node);
    },
    MemberExpression: (node: Node) => {
      const object = named(node.object);
      const outer = object === 'globalThis' ? named(node.property) : null;
      if (outer !== null && Object.hasOwn(CALLED, outer)) ambient(CALLED[outer] as Ambient, `globalThis.${outer}`, node);
      if (object === null) return;
      const text = `${object}.${named(node.property) ?? '[…]'}`;
      if (Object.hasOwn(MEMBER, text)) ambient(MEMBER[text] as Ambient, text, node);
      else if (object === 'process') ambient('process', text, node);
    },
    CallExpression: (node: Node) => {
      const name = named(node.callee);
      if (name !== null && Object.hasOwn(CALLED, name)) ambient(CALLED[name] as Ambient, `${name}()`, node);
      const method = isNode(node.callee) && node.callee.type === 'MemberExpression' ? named(node.callee.property) : null;
      if (method === null || !RUNS_SQL.has(method)) return;
      for (const argument of node.arguments as unknown[]) {
        const text = firstWords(argument);
        if (text !== null && LOOKS_LIKE_SQL.test(text)) statement(text, node);
      }
    },
    TaggedTemplateExpression: (node: Node) => {
      const tag = isNode(node.tag) && node.tag.type === 'MemberExpression' ? named(node.tag.object) : named(node.tag);
      if (tag === 'sql') statement(firstWords(node.quasi) ?? 'sql`…`', node);
    },
  };
  new Visitor(nodes as unknown as ConstructorParameters<typeof Visitor>[0]).visit(program);

  for (const { specifier, typeOnly, line } of reading.imports) {
    if (typeOnly) continue;
    if (TIMER_MODULES.test(specifier)) reading.ambients.push({ kind: 'timer', text: specifier, line });
    if (NETWORK_MODULES.test(specifier)) reading.ambients.push({ kind: 'network', text: specifier, line });
  }
  return reading;
}
