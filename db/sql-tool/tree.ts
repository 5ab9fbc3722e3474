import { SqlRefused } from './refusal.ts';

/** A node of the parse tree: one key that names its kind, and its fields. */
export type Tree = Record<string, unknown>;
export const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): Tree[] => (Array.isArray(value) ? value.filter(isTree) : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Kind and fields of a node. */
export function kindOf(node: Tree): [string, Tree] {
  const [entry] = Object.entries(node);
  return entry && isTree(entry[1]) ? [entry[0], entry[1]] : ['nothing', {}];
}
/** The text of a String node. */
export const stringIn = (node: Tree | undefined): string | null => (node && isTree(node.String) ? textOf(node.String.sval) : null);
export const stringsIn = (nodes: unknown): string[] => listOf(nodes).map((node) => stringIn(node) ?? '*');

const places = new Set(['location', 'list_start', 'list_end', 'rexpr_list_start', 'rexpr_list_end']);
/** Refuses a node with a field that nobody has thought about. */
export function only(kind: string, fields: Tree, known: readonly string[]): void {
  for (const key of Object.keys(fields)) if (!known.includes(key) && !places.has(key)) throw new SqlRefused('construct', `${kind} with ${key} is not among what a question may use`);
}

/** The number that a constant is written as; null for anything else. */
export function numberIn(node: unknown): number | null {
  if (!isTree(node)) return null;
  const [kind, fields] = kindOf(node);
  if (kind === 'A_Const') {
    if (isTree(fields.ival)) return typeof fields.ival.ival === 'number' ? fields.ival.ival : 0;
    return isTree(fields.fval) ? Number(fields.fval.fval) : null;
  }
  if (kind === 'A_Expr' && stringsIn(fields.name).join('') === '-' && fields.lexpr === undefined) { const value = numberIn(fields.rexpr); return value === null ? null : -value; }
  return kind === 'TypeCast' ? numberIn(fields.arg) : null;
}

/** The name that PostgreSQL gives an expression without one. */
export function nameOfExpression(node: unknown): string {
  if (!isTree(node)) return '?column?';
  const [kind, fields] = kindOf(node);
  switch (kind) {
    case 'ColumnRef': return stringsIn(fields.fields).at(-1) ?? '?column?';
    case 'FuncCall': return stringsIn(fields.funcname).at(-1) ?? '?column?';
    case 'TypeCast': { const inner = nameOfExpression(fields.arg); return inner === '?column?' && isTree(fields.typeName) ? (stringsIn(fields.typeName.names).at(-1) ?? inner) : inner; }
    case 'CoalesceExpr': return 'coalesce';
    case 'MinMaxExpr': return fields.op === 'IS_LEAST' ? 'least' : 'greatest';
    case 'CaseExpr': { const inner = nameOfExpression(fields.defresult); return inner === '?column?' ? 'case' : inner; }
    case 'A_ArrayExpr': return 'array';
    case 'RowExpr': return 'row';
    case 'GroupingFunc': return 'grouping';
    case 'A_Indirection': return nameOfExpression(fields.arg);
    case 'SQLValueFunction': return textOf(fields.op).replace('SVFOP_', '').toLowerCase();
    case 'SubLink': return fields.subLinkType === 'EXISTS_SUBLINK' ? 'exists' : fields.subLinkType === 'ARRAY_SUBLINK' ? 'array' : nameOfExpression(firstTarget(fields.subselect));
    case 'ResTarget': return typeof fields.name === 'string' ? fields.name : nameOfExpression(fields.val);
    default: return '?column?';
  }
}
const firstTarget = (select: unknown): unknown => (isTree(select) && isTree(select.SelectStmt) ? listOf(select.SelectStmt.targetList)[0] : undefined);
