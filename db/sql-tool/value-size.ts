import { longestSearch, mostGroupings } from './allowed.ts';
import { SqlRefused } from './refusal.ts';
import { isTree, kindOf, listOf, stringsIn, textOf, type Tree } from './tree.ts';

/** Characters that a column of a view is taken to hold: its texts are as long as the world wrote them, and nobody makes them longer. */
const ofColumn = 100;
/** A number or a time, whatever it is worked out of. */
const ofNumber = 40;
const collectors = new Set(['string_agg', 'array_agg', 'jsonb_agg', 'json_agg', 'jsonb_object_agg', 'json_object_agg']);
const multipliers = new Set(['replace', 'regexp_replace']);
const numbers = new Set(['sum', 'avg', 'round', 'floor', 'ceil', 'ceiling', 'trunc', 'abs', 'sign', 'mod', 'div', 'power', 'sqrt', 'cbrt', 'exp', 'ln', 'log', 'stddev', 'variance', 'count', 'length', 'char_length', 'character_length', 'octet_length', 'row_number', 'rank', 'dense_rank', 'ntile', 'cardinality', 'array_length', 'now', 'extract', 'date_part', 'date_trunc', 'md5', 'generate_series', 'position', 'strpos', 'jsonb_array_length']);
const arithmetic = new Set(['+', '-', '*', '/', '%', '^', '<', '>', '=', '<=', '>=', '<>', '!=']);
/** Those that go through one argument for each part of another: they look for it at every place. PostgreSQL ends none of them before its time, whatever is asked of it. */
const searches: Readonly<Record<string, readonly [number, number]>> = { translate: [0, 1], btrim: [0, 1], ltrim: [0, 1], rtrim: [0, 1], position: [0, 1], strpos: [0, 1], replace: [0, 1], split_part: [0, 1], string_to_array: [0, 1] };
const searchOperators = new Set(['~~', '~~*', '!~~', '!~~*', '@>', '<@', '&&', '?|', '?&', '-']);

/** About how long the values of a statement can get, by what it makes them of: unbounded where rows are collected into one. */
export class ValueSizes {
  readonly #named = new Map<string, number>();
  readonly #aliases = new Map<string, boolean>();
  /** A column of that name comes out of some part of the statement; of several, the longest counts. */
  note(name: string, size: number): void { this.#named.set(name, Math.max(size, this.#named.get(name) ?? 0)); }
  /** An alias in FROM; only one that never stands for anything but a view says whose column it is. */
  alias(alias: string, ofView: boolean): void { this.#aliases.set(alias, ofView && this.#aliases.get(alias) !== false); }
  /** The same columns under other names. */
  renamed(columns: readonly string[], names: readonly string[]): string[] {
    for (const [place, name] of names.entries()) this.note(name, this.named(columns[place] ?? ''));
    return [...names, ...columns.slice(names.length)];
  }
  /** A whole row, under its alias or as `*`. */
  noteRow(alias: string, columns: readonly string[]): void { this.note(alias, columns.reduce((sum, name) => sum + this.named(name), 0)); }
  named(name: string): number { return this.#named.get(name) ?? ofColumn; }

  of(node: unknown): number {
    if (!isTree(node)) return 0;
    const [kind, fields] = kindOf(node);
    const all = (parts: unknown): number => listOf(parts).reduce((sum, part) => sum + this.of(part), 0);
    switch (kind) {
      case 'ColumnRef': { const [last = '', alias] = stringsIn(fields.fields).reverse(); return alias !== undefined && last !== '*' && this.#aliases.get(alias) === true ? ofColumn : this.named(last); }
      case 'A_Const': return isTree(fields.sval) ? textOf(fields.sval.sval).length : ofNumber;
      case 'TypeCast': return this.of(fields.arg);
      case 'A_Expr': return arithmetic.has(stringsIn(fields.name).at(-1) ?? '') ? Math.max(this.of(fields.lexpr), this.of(fields.rexpr)) : this.of(fields.lexpr) + this.of(fields.rexpr);
      case 'FuncCall': {
        const name = stringsIn(fields.funcname).at(-1) ?? '';
        if (collectors.has(name)) return Number.POSITIVE_INFINITY;
        if (numbers.has(name)) return ofNumber;
        const [text = 0, ...rest] = listOf(fields.args).map((each) => this.of(each));
        return multipliers.has(name) ? text * Math.max(1, rest.at(name === 'replace' ? -1 : 1) ?? 1) : rest.reduce((sum, each) => sum + each, text);
      }
      case 'SubLink': return fields.subLinkType === 'ARRAY_SUBLINK' ? Number.POSITIVE_INFINITY : fields.subLinkType === 'EXPR_SUBLINK' ? Math.max(0, ...this.targets(fields.subselect)) : 1;
      case 'A_Indirection': return this.of(fields.arg);
      case 'CoalesceExpr': case 'MinMaxExpr': return Math.max(0, ...listOf(fields.args).map((each) => this.of(each)));
      case 'CaseExpr': return Math.max(this.of(fields.defresult), ...listOf(fields.args).map((each) => this.of(kindOf(each)[1].result)));
      default: return Object.values(fields).reduce<number>((sum, part) => sum + (Array.isArray(part) ? all(part) : isTree(part) ? this.of(part) : 0), 0);
    }
  }
  /** The sizes of what a SELECT gives, of both halves where it has two. */
  targets(select: unknown): number[] {
    const [, fields] = isTree(select) ? kindOf(select) : ['', {} as Tree];
    if (isTree(fields.larg) && isTree(fields.rarg)) { const right = this.targets({ SelectStmt: fields.rarg }); return this.targets({ SelectStmt: fields.larg }).map((size, place) => Math.max(size, right[place] ?? 0)); }
    if (fields.valuesLists !== undefined) return listOf(kindOf(listOf(fields.valuesLists)[0] ?? {})[1].items).map((_, place) => Math.max(0, ...listOf(fields.valuesLists).map((row) => this.of(listOf(kindOf(row)[1].items)[place]))));
    return listOf(fields.targetList).map((target) => this.of(kindOf(target)[1].val));
  }
  /** What a WITH that goes on from itself makes longer each time has no bound. */
  recursion(query: Tree, names: readonly string[]): void {
    const from = this.targets({ SelectStmt: query.larg });
    for (const [place, name] of names.entries()) this.note(name, from[place] ?? ofColumn);
    const next = this.targets({ SelectStmt: query.rarg });
    for (const [place, name] of names.entries()) if ((next[place] ?? 0) > this.named(name)) this.note(name, Number.POSITIVE_INFINITY);
  }

  /** @throws SqlRefused where a long value is looked for in a long one. */
  boundSearch(name: string, parts: readonly unknown[]): void {
    const [at, what] = searches[name] ?? [0, 1];
    if (parts.length < 2 || !(Object.hasOwn(searches, name) || searchOperators.has(name))) return;
    if (Math.min(this.of(parts[at]), this.of(parts[what])) > longestSearch) throw new SqlRefused('too_expensive', `${name} between two values that are made longer than ${longestSearch} characters takes too long`);
  }
}

const groupingsIn = (item: Tree): number => {
  const [kind, fields] = kindOf(item);
  const content = listOf(fields.content);
  if (kind !== 'GroupingSet') return 1;
  if (fields.kind === 'GROUPING_SET_CUBE') return 2 ** content.length;
  return fields.kind === 'GROUPING_SET_ROLLUP' ? content.length + 1 : Math.max(1, content.reduce((sum, each) => sum + groupingsIn(each), 0));
};
/** Grouping sets are multiplied out before a plan is there, which nothing ends. */
export function boundGroupings(clause: unknown): void {
  if (listOf(clause).reduce((product, item) => product * groupingsIn(item), 1) > mostGroupings) throw new SqlRefused('too_complex', `a statement groups in at most ${mostGroupings} ways`);
}
