import { createHmac } from 'node:crypto';
import pg from 'pg';

/**
 * The desk's database roles: `app` owns nothing; `press` alone may decide confirmations; `gate` alone may issue clearances; `sql` reads the
 * views of the schema `desk` and nothing else, for the person that `ask` wrote down.
 */
export type Role = 'parapet_app' | 'parapet_press' | 'parapet_gate' | 'parapet_sql' | 'parapet_ask';
export type RaisedRole = 'parapet_press' | 'parapet_gate';

/** The addresses by which the desk's own logins reach the server. */
export interface LoginUrls { app: string; press: string; gate: string; sql: string }

const nameIn = (url: string): string => decodeURIComponent(new URL(url).username);
const passwordIn = (url: string): string => decodeURIComponent(new URL(url).password);

/**
 * Press, gate and the sql tool log in by names that follow the application's. Their passwords follow from the owner's address, so that
 * every worker that was given it finds the same ones, and nobody who only knows the application's can work them out.
 */
export function loginUrls({ url, appUrl }: { url: string; appUrl: string }): LoginUrls {
  const other = (suffix: string): string => {
    const made = new URL(appUrl);
    made.username = encodeURIComponent(`${nameIn(appUrl)}_${suffix}`);
    made.password = createHmac('sha256', `${nameIn(url)}:${passwordIn(url)}`).update(`parapet ${nameIn(appUrl)} ${suffix}`).digest('hex');
    return made.toString();
  };
  return { app: appUrl, press: other('press'), gate: other('gate'), sql: other('sql') };
}

/**
 * Makes the logins that the desk works by, or checks those that are there: each may become exactly the role that it is for (the sql
 * tool's two: one to write down who asks, one to read) and has no right of its own, so that leaving the role (`reset role`) leaves it with nothing.
 * @param owner a connection that may create roles. @throws Error when the application's login could do more than the application.
 */
export async function ensureLogins(owner: pg.ClientBase, urls: LoginUrls): Promise<void> {
  const logins: [string, Role[]][] = [[urls.app, ['parapet_app']], [urls.press, ['parapet_press']], [urls.gate, ['parapet_gate']], [urls.sql, ['parapet_ask', 'parapet_sql']]];
  for (const [url, roles] of logins) {
    const name = nameIn(url);
    if (name === '') throw new Error('DATABASE_APP_URL names no login');
    const found = (await owner.query<{ powers: boolean; inherits: boolean }>('select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as powers, rolinherit as inherits from pg_roles where rolname = $1', [name])).rows[0];
    if (found && (found.powers || (await owner.query('select 1 from pg_class where relowner = (select oid from pg_roles where rolname = $1) limit 1', [name])).rowCount)) {
      throw new Error(`the login ${name} owns or may do more than the desk's own; name another one in DATABASE_APP_URL`);
    }
    const id = pg.escapeIdentifier(name);
    if (!found) await unlessThere(owner, `create role ${id} login noinherit`);
    // Setting what is set already would only make several workers that start at once trip over one another.
    if (!found || found.inherits) await withoutCollision(owner, `alter role ${id} login noinherit`);
    if (!found || url !== urls.app) await withoutCollision(owner, `alter role ${id} password ${passwordIn(url) === '' ? 'null' : pg.escapeLiteral(passwordIn(url))}`);
    const member = (await owner.query<{ role: string }>('select g.rolname as role from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles l on l.oid = m.member where l.rolname = $1', [name])).rows.map((row) => row.role);
    const stray = member.filter((each) => !(roles as string[]).includes(each));
    if (stray.length > 0) throw new Error(`the login ${name} is also a member of ${stray.join(', ')}; it may be one of ${roles.join(', ')} only`);
    for (const role of roles) if (!member.includes(role)) await withoutCollision(owner, `grant ${role} to ${id}`);
  }
  // A right on the database itself does not come along when it is copied. The application's serves imports (`copy-through.ts`).
  const { name } = (await owner.query<{ name: string }>('select current_database() as name')).rows[0] ?? {};
  if (name === undefined) return;
  await withoutCollision(owner, `revoke temporary on database ${pg.escapeIdentifier(name)} from public`);
  await withoutCollision(owner, `grant temporary on database ${pg.escapeIdentifier(name)} to parapet_app`);
}

async function unlessThere(owner: pg.ClientBase, statement: string): Promise<void> {
  try { await owner.query(statement); } catch (error) {
    if (!['42710', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  }
}

/** Two workers that change the same role at the same moment: one of them is told so and only has to ask again. */
async function withoutCollision(owner: pg.ClientBase, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try { await owner.query(statement); return; } catch (error) {
      if (attempt === 20 || !/tuple concurrently updated/.test(String(error))) throw error;
    }
  }
}
