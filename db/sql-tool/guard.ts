import { loadModule, parseSync, scanSync } from 'libpg-query';
import { deepestNesting, functions, longestSeries, longestText, mostColumns, mostNodes, mostReads, rowFunctions, types } from './allowed.ts';
import { views } from './catalogue.ts';
import { allowOperator, expressions } from './expressions.ts';
import { SqlRefused } from './refusal.ts';
import { isTree, kindOf, listOf, nameOfExpression, numberIn, only, stringsIn, textOf, type Tree } from './tree.ts';
import { boundGroupings, ValueSizes } from './value-size.ts';

/** A statement that may be run; `explain` wants the plan of `text`. `outsideText`: it may show text that came from outside. */
export interface GuardedStatement { kind: 'query' | 'explain'; text: string; views: string[]; outsideText: boolean }

type Columns = readonly string[];
/** A WITH: its columns, and the views that naming it once more reads once more. */
interface Named { columns: Columns; reads: number }
/** What names mean at one place: aliases of FROM, and those of the statements around it. */
interface Scope { aliases: Map<string, Columns>; /** Names of the columns that come out, which ORDER BY and GROUP BY may use. */ outputs: Columns; around: Scope | null }
interface Surroundings { ctes: ReadonlyMap<string, Named>; scope: Scope | null }

const outsideColumns = new Map(Object.entries(views).map(([name, view]) => [name, Object.entries(view.columns).filter(([, { outside }]) => outside).map(([column]) => column)]));

/** Once, before the first statement: the parser is WebAssembly. */
export const loadGuard = (): Promise<void> => loadModule();

/**
 * Reads a statement with PostgreSQL's own parser and lets through what is listed: one SELECT (VALUES, TABLE, WITH) or EXPLAIN of one, over
 * the views of `desk`, with known constructs, functions, operators and casts. Everything else is refused, above all what nobody thought
 * about. The database refuses on its own what slips through (docs/decisions/sql-tool-layers.md). @throws SqlRefused
 */
export function guardStatement(text: string): GuardedStatement {
  if (text.length > longestText) throw new SqlRefused('too_long', `a statement has at most ${longestText} characters`);
  if (text.includes('\u0000')) throw new SqlRefused('not_parsed', 'a statement has no null characters');
  let statements: Tree[];
  try { statements = listOf(parseSync(text).stmts); } catch (error) { throw new SqlRefused('not_parsed', error instanceof Error ? error.message.replaceAll('\n', ' ') : 'not understood'); }
  const [first] = statements;
  if (statements.length !== 1 || !isTree(first?.stmt)) throw new SqlRefused('one_statement', statements.length === 0 ? 'there is no statement' : 'one statement at a time');
  const [kind, fields] = kindOf(first.stmt);
  const guard = new Guard();
  if (kind === 'SelectStmt') guard.select(fields, { ctes: new Map(), scope: null });
  else if (kind === 'ExplainStmt') {
    const [inner, query] = isTree(fields.query) ? kindOf(fields.query) : ['nothing', {}];
    if (listOf(fields.options).length > 0) throw new SqlRefused('statement_kind', 'EXPLAIN stands without options');
    if (inner !== 'SelectStmt') throw new SqlRefused('statement_kind', 'only a SELECT may be explained');
    guard.select(query, { ctes: new Map(), scope: null });
  } else throw new SqlRefused('statement_kind', `only SELECT is run, not ${kind.replace(/Stmt$/, '')}`);
  return { kind: kind === 'ExplainStmt' ? 'explain' : 'query', text: kind === 'ExplainStmt' ? afterFirstWord(text) : text, views: [...guard.views], outsideText: guard.showsOutsideText() };
}

/** An EXPLAIN without options is its first word and the statement. */
function afterFirstWord(text: string): string {
  const end = scanSync(text).tokens.find((token) => token.text.toUpperCase() === 'EXPLAIN')?.end;
  if (end === undefined) throw new SqlRefused('statement_kind', 'EXPLAIN is not where it was expected');
  return Buffer.from(text, 'utf8').subarray(end).toString('utf8');
}

class Guard {
  readonly views = new Set<string>();
  readonly #columns = new Set<string>();
  readonly #sizes = new ValueSizes();
  #wholeRows = false;
  #nodes = 0;
  #reads = 0;
  #depth = 0;

  showsOutsideText(): boolean {
    return [...this.views].some((view) => { const outside = outsideColumns.get(view) ?? []; return outside.length > 0 && (this.#wholeRows || outside.some((column) => this.#columns.has(column))); });
  }

  /** Checks a SELECT with everything in it and gives the names of its columns. */
  select(fields: Tree, around: Surroundings): Columns {
    this.#enter();
    only('SELECT', fields, ['distinctClause', 'targetList', 'fromClause', 'whereClause', 'groupClause', 'groupDistinct', 'havingClause', 'windowClause', 'valuesLists', 'sortClause', 'limitOffset', 'limitCount', 'limitOption', 'withClause', 'op', 'all', 'larg', 'rarg']);
    const ctes = isTree(fields.withClause) ? this.#with(fields.withClause, around) : around.ctes;
    const scope: Scope = { aliases: new Map(), outputs: [], around: around.scope };
    const here: Surroundings = { ctes, scope };
    let columns: Columns;
    if (fields.op !== 'SETOP_NONE' && isTree(fields.larg) && isTree(fields.rarg)) {
      columns = this.select(fields.larg, { ctes, scope: around.scope });
      this.#sizes.renamed(this.select(fields.rarg, { ctes, scope: around.scope }), columns);
    } else {
      boundGroupings(fields.groupClause);
      for (const item of listOf(fields.fromClause)) this.#from(item, here);
      this.#all(fields.valuesLists, here);
      columns = fields.valuesLists === undefined ? joined(listOf(fields.targetList), (target) => this.#target(target, here)) : listOf(kindOf(listOf(fields.valuesLists)[0] ?? {})[1].items).map((_, place) => `column${place + 1}`);
      if (fields.valuesLists !== undefined) for (const [place, size] of this.#sizes.targets({ SelectStmt: fields }).entries()) this.#sizes.note(columns[place] ?? '', size);
    }
    scope.outputs = columns;
    for (const key of ['distinctClause', 'groupClause', 'sortClause']) this.#all(fields[key], here);
    for (const window of listOf(fields.windowClause)) this.#window(kindOf(window)[1], here);
    for (const key of ['whereClause', 'havingClause', 'limitOffset', 'limitCount']) this.#expression(fields[key], here);
    this.#depth -= 1;
    return columns;
  }

  #enter(): void {
    this.#nodes += 1;
    this.#depth += 1;
    if (this.#nodes > mostNodes || this.#depth > deepestNesting) throw new SqlRefused('too_complex', 'the statement is too long or too deeply nested');
  }

  #read(times: number): void {
    this.#reads += times;
    if (this.#reads > mostReads) throw new SqlRefused('too_complex', `the statement reads more than ${mostReads} views`);
  }

  #with(clause: Tree, around: Surroundings): ReadonlyMap<string, Named> {
    only('WITH', clause, ['ctes', 'recursive']);
    const ctes = new Map(around.ctes);
    for (const node of listOf(clause.ctes)) {
      const [kind, cte] = kindOf(node);
      only(kind, cte, ['ctename', 'aliascolnames', 'ctematerialized', 'ctequery']);
      const name = textOf(cte.ctename);
      const [inner, query] = isTree(cte.ctequery) ? kindOf(cte.ctequery) : ['nothing', {}];
      if (inner !== 'SelectStmt') throw new SqlRefused('statement_kind', `WITH holds SELECT only, not ${inner.replace(/Stmt$/, '')}`);
      const named = stringsIn(cte.aliascolnames);
      // A recursive one knows itself by its first half.
      if (clause.recursive === true) ctes.set(name, { columns: named.length > 0 ? named : isTree(query.larg) ? this.select(query.larg, { ctes, scope: around.scope }) : [], reads: 1 });
      if (clause.recursive === true && isTree(query.larg) && isTree(query.rarg)) this.#sizes.recursion(query, ctes.get(name)?.columns ?? []);
      const before = this.#reads;
      const columns = this.#sizes.renamed(this.select(query, { ctes, scope: around.scope }), named);
      ctes.set(name, { columns, reads: cte.ctematerialized === 'CTEMaterializeNever' ? Math.max(1, this.#reads - before) : 1 });
    }
    return ctes;
  }

  #from(item: Tree, here: Surroundings & { scope: Scope | null }): void {
    this.#enter();
    const [kind, fields] = kindOf(item);
    const scope = here.scope;
    if (!scope) throw new Error('FROM has a scope of its own');
    const alias = isTree(fields.alias) ? textOf(fields.alias.aliasname) : null;
    const named = isTree(fields.alias) ? stringsIn(fields.alias.colnames) : [];
    if (kind !== 'RangeVar' && alias !== null) this.#sizes.alias(alias, false);
    if (kind === 'RangeVar') {
      only(kind, fields, ['schemaname', 'relname', 'inh', 'relpersistence', 'alias']);
      const name = textOf(fields.relname);
      const known = fields.schemaname === undefined ? here.ctes.get(name) : undefined;
      const columns = known?.columns ?? this.#view(fields.schemaname, name);
      this.#read(known?.reads ?? 1);
      this.#sizes.alias(alias ?? name, known === undefined);
      // By a column's place, text from outside would go by any name.
      if (!known && named.length > 0 && outsideColumns.get(name)?.length) this.#wholeRows = true;
      scope.aliases.set(alias ?? name, this.#sizes.renamed(columns, named));
    } else if (kind === 'JoinExpr') {
      only(kind, fields, ['jointype', 'isNatural', 'larg', 'rarg', 'usingClause', 'join_using_alias', 'quals', 'alias', 'rtindex']);
      const before = new Set(scope.aliases.keys());
      for (const side of [fields.larg, fields.rarg]) if (isTree(side)) this.#from(side, here);
      this.#expression(fields.quals, here);
      if (alias !== null && named.length > 0) this.#wholeRows = true;
      if (alias !== null) scope.aliases.set(alias, this.#sizes.renamed(joined([...scope.aliases].filter(([key]) => !before.has(key)), ([, columns]) => columns), named));
      if (isTree(fields.join_using_alias)) scope.aliases.set(textOf(fields.join_using_alias.aliasname), stringsIn(fields.usingClause));
    } else if (kind === 'RangeSubselect') {
      only(kind, fields, ['lateral', 'subquery', 'alias']);
      const [inner, query] = isTree(fields.subquery) ? kindOf(fields.subquery) : ['nothing', {}];
      if (inner !== 'SelectStmt') throw new SqlRefused('statement_kind', 'FROM holds SELECT only');
      const columns = this.select(query, here);
      if (alias !== null) scope.aliases.set(alias, this.#sizes.renamed(columns, named));
    } else if (kind === 'RangeFunction') {
      only(kind, fields, ['lateral', 'ordinality', 'functions', 'alias']);
      const calls = listOf(fields.functions).map((each) => listOf(kindOf(each)[1].items)[0]).filter(isTree);
      for (const call of calls) {
        const name = stringsIn(kindOf(call)[1].funcname).at(-1) ?? '';
        if (kindOf(call)[0] !== 'FuncCall' || !rowFunctions.has(name)) throw new SqlRefused('function', `${name || kindOf(call)[0]} may not stand in FROM`);
        this.#expression(call, here);
        for (const each of [...named, alias ?? name, 'value']) this.#sizes.note(each, this.#sizes.of(call));
        scope.aliases.set(alias ?? name, [...named, alias ?? name, 'key', 'value', 'ordinality']);
      }
    } else throw new SqlRefused('construct', `${kind} may not stand in FROM`);
    this.#depth -= 1;
  }

  #view(schema: unknown, name: string): Columns {
    const view = (schema === undefined || schema === 'desk') && Object.hasOwn(views, name) ? views[name] : undefined;
    if (!view) throw new SqlRefused('relation', `there is no ${schema === undefined ? '' : `${String(schema)}.`}${name}; there are ${Object.keys(views).join(', ')}`);
    this.views.add(name);
    return Object.keys(view.columns);
  }

  #target(target: Tree, here: Surroundings): Columns {
    const [kind, fields] = kindOf(target);
    only(kind, fields, ['name', 'val']);
    this.#expression(fields.val, here);
    const parts = isTree(fields.val) && isTree(fields.val.ColumnRef) ? listOf(fields.val.ColumnRef.fields) : [];
    if (!parts.some((part) => isTree(part.A_Star))) { const name = nameOfExpression(target); this.#sizes.note(name, this.#sizes.of(fields.val)); return [name]; }
    const alias = stringsIn(parts).at(-2);
    return alias === undefined ? joined([...(here.scope?.aliases.values() ?? [])], (columns) => columns) : (this.#aliased(alias, here.scope) ?? []);
  }

  #aliased(alias: string, scope: Scope | null): Columns | undefined {
    for (let each = scope; each; each = each.around) { const columns = each.aliases.get(alias); if (columns) return columns; }
    return undefined;
  }

  /** `a.b` is a column of what `a` stands for, or nothing: PostgreSQL would take it for the call of a function b with the row a. */
  #column(fields: Tree, here: Surroundings): void {
    only('a column', fields, ['fields']);
    const parts = listOf(fields.fields);
    const names = stringsIn(parts);
    if (parts.some((part) => isTree(part.A_Star))) this.#wholeRows = true;
    const last = names.at(-1) ?? '';
    if (names.length === 1) {
      const row = this.#aliased(last, here.scope);
      // What has a column of its own name means that column, as `unnest(symbols) AS symbol` does.
      if (row && !row.includes(last)) { this.#wholeRows = true; this.#sizes.noteRow(last, row); }
      else if (row === undefined && last !== '*' && !isColumn(last, here.scope)) throw new SqlRefused('column', `there is no column ${last}`);
      this.#columns.add(last);
      return;
    }
    const [alias, schema] = [names.at(-2) ?? '', names.at(-3)];
    const columns = names.length > 3 || (schema !== undefined && schema !== 'desk') ? undefined : this.#aliased(alias, here.scope);
    if (!columns || (last !== '*' && !columns.includes(last))) throw new SqlRefused('column', `there is no column ${names.join('.')}`);
    this.#columns.add(last);
    if (last === '*') this.#sizes.noteRow(last, columns);
  }

  #all(nodes: unknown, here: Surroundings): void { for (const node of listOf(nodes)) this.#expression(node, here); }

  #expression(node: unknown, here: Surroundings): void {
    if (node === undefined || (isTree(node) && Object.keys(node).length === 0)) return;
    if (!isTree(node)) throw new SqlRefused('construct', 'the statement has a part that is not understood');
    this.#enter();
    const [kind, fields] = kindOf(node);
    const check = expressions[kind];
    if (kind === 'ColumnRef') this.#column(fields, here);
    else if (kind === 'SubLink') this.#subquery(fields, here);
    else if (kind === 'FuncCall') this.#call(fields, here);
    else if (kind === 'TypeCast') { only(kind, fields, ['arg', 'typeName']); this.#type(fields.typeName); this.#expression(fields.arg, here); }
    else if (kind === 'A_Indirection') {
      if (listOf(fields.indirection).some((step) => kindOf(step)[0] !== 'A_Indices')) throw new SqlRefused('column', 'fields of a row are named by its alias, not by parentheses');
      only(kind, fields, ['arg', 'indirection']);
      this.#expression(fields.arg, here);
      this.#all(fields.indirection, here);
    } else if (check) {
      only(kind, fields, [...check.plain, ...check.parts]);
      check.rule?.(fields);
      for (const part of check.parts) if (Array.isArray(fields[part])) this.#all(fields[part], here); else this.#expression(fields[part], here);
      if (kind === 'A_Expr') this.#sizes.boundSearch(stringsIn(fields.name).at(-1) ?? '', [fields.lexpr, fields.rexpr]);
    } else throw new SqlRefused('construct', `${kind} is not among what a question may use`);
    this.#depth -= 1;
  }

  #subquery(fields: Tree, here: Surroundings): void {
    only('a subquery', fields, ['subLinkType', 'testexpr', 'operName', 'subselect']);
    if (!['EXISTS_SUBLINK', 'ALL_SUBLINK', 'ANY_SUBLINK', 'EXPR_SUBLINK', 'ARRAY_SUBLINK'].includes(textOf(fields.subLinkType))) throw new SqlRefused('construct', 'a subquery of an unknown kind');
    if (fields.operName !== undefined) allowOperator(fields.operName);
    this.#expression(fields.testexpr, here);
    const [inner, query] = isTree(fields.subselect) ? kindOf(fields.subselect) : ['nothing', {}];
    if (inner !== 'SelectStmt') throw new SqlRefused('statement_kind', 'a subquery is a SELECT');
    this.select(query, here);
    if (fields.operName !== undefined) this.#sizes.boundSearch(stringsIn(fields.operName).at(-1) ?? '', [fields.testexpr, { SubLink: { ...fields, subLinkType: 'EXPR_SUBLINK' } }]);
  }

  #call(fields: Tree, here: Surroundings): void {
    only('a function', fields, ['funcname', 'args', 'agg_order', 'agg_filter', 'over', 'agg_within_group', 'agg_star', 'agg_distinct', 'funcformat']);
    const names = stringsIn(fields.funcname);
    const name = names.at(-1) ?? '';
    if (names.length > 2 || (names.length === 2 && names[0] !== 'pg_catalog') || !functions.has(name)) throw new SqlRefused('function', `the function ${names.join('.')} is not among what a question may use`);
    const args = listOf(fields.args);
    if (name === 'generate_series') boundSeries(args);
    this.#all(args, here);
    this.#sizes.boundSearch(name, args);
    this.#all(fields.agg_order, here);
    this.#expression(fields.agg_filter, here);
    if (isTree(fields.over)) this.#window(fields.over, here);
  }

  #window(fields: Tree, here: Surroundings): void {
    only('a window', fields, ['name', 'refname', 'partitionClause', 'orderClause', 'frameOptions', 'startOffset', 'endOffset']);
    this.#all(fields.partitionClause, here);
    this.#all(fields.orderClause, here);
    this.#expression(fields.startOffset, here);
    this.#expression(fields.endOffset, here);
  }

  #type(type: unknown): void {
    if (!isTree(type)) throw new SqlRefused('type', 'a cast names a type');
    only('a type', type, ['names', 'typmods', 'typemod', 'arrayBounds']);
    const names = stringsIn(type.names);
    const name = names.at(-1) ?? '';
    if (names.length > 2 || (names.length === 2 && names[0] !== 'pg_catalog') || !types.has(name)) throw new SqlRefused('type', `the type ${names.join('.')} is not among what a question may cast to`);
    for (const size of listOf(type.typmods)) { const number = numberIn(size); if (number === null || Math.abs(number) > 65_535) throw new SqlRefused('type', 'a type of that size'); }
  }
}

function isColumn(name: string, scope: Scope | null): boolean {
  for (let each = scope; each; each = each.around) if (each.outputs.includes(name) || [...each.aliases.values()].some((columns) => columns.includes(name))) return true;
  return false;
}
/** The columns of several parts, side by side. */
function joined<T>(parts: readonly T[], columnsOf: (part: T) => Columns): Columns {
  const all: string[] = [];
  for (const part of parts) {
    const columns = columnsOf(part);
    if (all.length + columns.length > mostColumns) throw new SqlRefused('too_complex', `a row has at most ${mostColumns} columns`);
    all.push(...columns);
  }
  return all;
}

function boundSeries(args: readonly Tree[]): void {
  const [from, to, step] = args.map(numberIn);
  if (typeof from === 'number' && typeof to === 'number' && (to - from) / (step || 1) > longestSeries) throw new SqlRefused('too_expensive', `a series has at most ${longestSeries} steps`);
}

