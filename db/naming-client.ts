import pg from 'pg';

/** More different statements than the desk has; what somebody makes up beyond that stays unnamed. */
const mostNames = 500;
const keepsItsShape = /^\s*(?:select|with|insert|update|delete)\b/i;

/**
 * A client that gives each statement with values a name of its own, so that a connection parses and plans it once and not each
 * time: for the desk's small statements that is most of their work. Not for connections on which `discard all` is said: it takes the names away.
 */
export class NamingClient extends pg.Client {
  private readonly names = new Map<string, string>();
  /** Every form that `pg.Client` takes. */
  override query(first: unknown, ...rest: unknown[]): never {
    return (super.query as (...all: unknown[]) => never).call(this, this.named(first, rest[0]), ...rest);
  }
  private named(first: unknown, second: unknown): unknown {
    const statement = typeof first === 'string' ? { text: first } : (first as { text?: unknown; name?: unknown; submit?: unknown; values?: unknown });
    if (typeof statement.text !== 'string' || 'submit' in statement || ('name' in statement && statement.name !== undefined)) return first;
    const values = Array.isArray(second) ? second : 'values' in statement ? statement.values : undefined;
    if (!Array.isArray(values) || values.length === 0 || !keepsItsShape.test(statement.text)) return first;
    const name = this.nameOf(statement.text);
    return name === null ? first : { ...statement, name };
  }
  private nameOf(text: string): string | null {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (this.names.size >= mostNames) return null;
    const name = `desk_${this.names.size}`;
    this.names.set(text, name);
    return name;
  }
}
