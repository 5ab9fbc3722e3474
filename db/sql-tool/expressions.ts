import { operators } from './allowed.ts';
import { SqlRefused } from './refusal.ts';
import { stringsIn, textOf, type Tree } from './tree.ts';

export function allowOperator(name: unknown): void {
  const names = stringsIn(name);
  const last = names.at(-1) ?? '';
  if (names.length > 2 || (names.length === 2 && names[0] !== 'pg_catalog') || !operators.has(last)) throw new SqlRefused('operator', `the operator ${names.join('.')} is not among what a question may use`);
}

const betweens = new Set(['AEXPR_BETWEEN', 'AEXPR_NOT_BETWEEN', 'AEXPR_BETWEEN_SYM', 'AEXPR_NOT_BETWEEN_SYM']);
const comparisons = new Set(['AEXPR_OP', 'AEXPR_OP_ANY', 'AEXPR_OP_ALL', 'AEXPR_DISTINCT', 'AEXPR_NOT_DISTINCT', 'AEXPR_NULLIF', 'AEXPR_IN', 'AEXPR_LIKE', 'AEXPR_ILIKE', 'AEXPR_SIMILAR']);
const clockValues = new Set(['SVFOP_CURRENT_DATE', 'SVFOP_CURRENT_TIME', 'SVFOP_CURRENT_TIMESTAMP', 'SVFOP_LOCALTIME', 'SVFOP_LOCALTIMESTAMP', 'SVFOP_CURRENT_TIMESTAMP_N', 'SVFOP_LOCALTIMESTAMP_N']);

/** Expressions that may stand in a statement: fields that are plain values, and those that are expressions again. */
export const expressions: Record<string, { plain: readonly string[]; parts: readonly string[]; rule?: (fields: Tree) => void }> = {
  A_Const: { plain: ['ival', 'fval', 'boolval', 'sval', 'isnull'], parts: [] },
  Integer: { plain: ['ival'], parts: [] },
  String: { plain: ['sval'], parts: [] },
  A_Expr: {
    plain: ['kind', 'name'], parts: ['lexpr', 'rexpr'],
    rule: ({ kind, name }) => {
      if (betweens.has(textOf(kind))) return;
      if (!comparisons.has(textOf(kind))) throw new SqlRefused('construct', `${String(kind)} is not among what a question may use`);
      allowOperator(name);
    },
  },
  BoolExpr: { plain: ['boolop'], parts: ['args'] },
  NullTest: { plain: ['nulltesttype'], parts: ['arg'] },
  BooleanTest: { plain: ['booltesttype'], parts: ['arg'] },
  CaseExpr: { plain: [], parts: ['arg', 'args', 'defresult'] },
  CaseWhen: { plain: [], parts: ['expr', 'result'] },
  CoalesceExpr: { plain: [], parts: ['args'] },
  MinMaxExpr: { plain: ['op'], parts: ['args'] },
  RowExpr: { plain: ['row_format'], parts: ['args'] },
  List: { plain: [], parts: ['items'] },
  A_ArrayExpr: { plain: [], parts: ['elements'] },
  A_Indices: { plain: ['is_slice'], parts: ['lidx', 'uidx'] },
  SortBy: { plain: ['sortby_dir', 'sortby_nulls'], parts: ['node'] },
  GroupingSet: { plain: ['kind'], parts: ['content'] },
  GroupingFunc: { plain: [], parts: ['args'] },
  NamedArgExpr: { plain: ['name', 'argnumber'], parts: ['arg'] },
  SQLValueFunction: { plain: ['op', 'typmod'], parts: [], rule: ({ op }) => { if (!clockValues.has(textOf(op))) throw new SqlRefused('function', `${String(op).replace('SVFOP_', '')} is not among what a question may use`); } },
};
