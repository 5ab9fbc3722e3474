/** Which rule refused a statement. */
export type SqlRule =
  | 'too_long' | 'not_parsed' | 'one_statement' | 'statement_kind' | 'construct' | 'relation' | 'column' | 'function' | 'operator' | 'type' | 'too_complex' | 'outside_text'
  | 'privileges' | 'too_expensive' | 'time' | 'memory' | 'bytes';

/** A statement that will not be run, or was ended: the rule and one sentence. */
export class SqlRefused extends Error {
  readonly rule: SqlRule;
  constructor(rule: SqlRule, message: string) { super(message); this.name = 'SqlRefused'; this.rule = rule; }
}
/** What PostgreSQL itself says against a statement that may run: a wrong column, a division by zero. */
export class SqlFailed extends Error {
  readonly code: string;
  constructor(code: string, message: string) { super(message); this.name = 'SqlFailed'; this.code = code; }
}
