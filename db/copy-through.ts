import pg from 'pg';

/** Many rows at once, through a table of the session that is made like `like` and empty again after the transaction. */
export interface CopiedRows {
  /** Of the session's table, which `statement` reads as `pg_temp.<name>`. */
  name: string;
  like: string; columns: string;
  /** One a row, in COPY's text format (`copyLine`). */
  lines: readonly string[];
  /** What is done with them. */
  statement: string;
}
/**
 * Copies rows and gives what the statement returns. Everything is sent in one go, so that a busy machine waits for the server once and not three times.
 * @throws pg.DatabaseError when a row cannot be kept; the transaction is over then.
 */
export type CopyThrough = <R extends pg.QueryResultRow>(rows: CopiedRows) => Promise<R[]>;

const special = /[\\\t\n\r]/g;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
/** A text in a line of COPY's text format. */
export const copyText = (text: string): string => text.replace(special, (found) => escapes[found] as string);
/** A number, date or moment in such a line; NULL where there is none. */
export const copyPlain = (value: number | string | null | undefined): number | string => value ?? '\\N';

/** The protocol's CopyData with all rows, and its CopyDone: written by hand, since the driver would copy them twice more. */
function copyMessages(lines: readonly string[]): Buffer {
  const text = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  const length = Buffer.byteLength(text);
  const messages = Buffer.allocUnsafe(5 + length + 5);
  messages.write('d', 0, 'latin1');
  messages.writeInt32BE(4 + length, 1);
  messages.write(text, 5);
  messages.write('c', 5 + length, 'latin1');
  messages.writeInt32BE(4, 6 + length);
  return messages;
}

/**
 * Statement and rows leave in one piece, without waiting for the server to ask for the rows: the embedded engine reads nothing more once it
 * has begun, and a server that refuses the statement skips them, as the protocol says. Like any simple statement it keeps no portal open, so it
 * may stand among others that are sent ahead.
 */
class CopyStatement extends pg.Query {
  readonly #text: string;
  readonly #messages: Buffer;
  constructor(text: string, lines: readonly string[], ended: (error: Error | undefined) => void) { super(text, ended); this.#text = text; this.#messages = copyMessages(lines); }
  override submit = (connection: pg.Connection): null => {
    const { stream } = connection;
    stream.cork();
    connection.query(this.#text);
    if (stream.writable) stream.write(this.#messages);
    stream.uncork();
    return null;
  };
  /** Asked of by `pg`; the rows are on their way already. */
  handleCopyInResponse(): void { /* nothing to send */ }
}

/** On a connection that is in a transaction. */
export const copyThrough = (client: pg.ClientBase): CopyThrough => async <R extends pg.QueryResultRow>({ name, like, columns, lines, statement }: CopiedRows) => {
  const [, , done] = await Promise.all([
    client.query(`create temporary table if not exists ${name} (like ${like}) on commit delete rows`),
    new Promise<void>((resolve, reject) => { client.query(new CopyStatement(`copy pg_temp.${name} (${columns}) from stdin`, lines, (error) => { if (error) reject(error); else resolve(); })); }),
    client.query<R>(statement),
  ]);
  return done.rows;
};
