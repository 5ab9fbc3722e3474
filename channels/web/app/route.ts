/** Every state of the page has an address: the part, what is open in it, what it is asked for, and what lies over it. */
export const parts = [
  'chat', 'desk', 'approvals', 'portfolio', 'discover', 'options', 'risk', 'treasury', 'learning', 'audit', 'monitoring', 'settings',
] as const;
export type Part = (typeof parts)[number];

/** What can lie over the page. The last opened is on top; back returns to the one below. */
export type Sheet =
  | { kind: 'evidence'; ref: string }
  | { kind: 'story'; actionId: string }
  | { kind: 'card'; actionId: string }
  | { kind: 'threads' }
  | { kind: 'keys' }
  | { kind: 'more' };

export interface Route {
  part: Part;
  /** The conversation on the chat, the action on approvals and audit. */
  id: string | null;
  /** `account` stays with the person from part to part; the rest belongs to its part. */
  query: Readonly<Record<string, string>>;
  sheets: readonly Sheet[];
}

function sheetOf(text: string): Sheet | null {
  const at = text.indexOf(':');
  const [kind, rest] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  if (kind === 'threads' || kind === 'keys' || kind === 'more') return { kind };
  if (rest === '') return null;
  if (kind === 'evidence') return { kind, ref: rest };
  return kind === 'story' || kind === 'card' ? { kind, actionId: rest } : null;
}
const textOf = (sheet: Sheet): string =>
  sheet.kind === 'evidence' ? `evidence:${sheet.ref}` : 'actionId' in sheet ? `${sheet.kind}:${sheet.actionId}` : sheet.kind;

/** An address that nobody made is the chat. */
export function readRoute(pathname: string, search: string): Route {
  const params = new URLSearchParams(search);
  const sheets = params.getAll('show').flatMap((text) => sheetOf(text) ?? []);
  params.delete('show');
  const query = Object.fromEntries(params);
  const [first = '', second] = pathname.split('/').filter((piece) => piece !== '');
  const id = second === undefined ? null : decodedOr(second);
  if (first === 'thread') return { part: 'chat', id, query, sheets };
  const part = parts.find((each) => each === first && each !== 'chat');
  return part === undefined ? { part: 'chat', id: null, query, sheets } : { part, id, query, sheets };
}
function decodedOr(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

export function addressOf({ part, id, query, sheets }: Route): string {
  const params = new URLSearchParams(query);
  for (const sheet of sheets) params.append('show', textOf(sheet));
  const name = part === 'chat' ? (id === null ? '' : 'thread') : part;
  const text = params.toString().replaceAll('%3A', ':');
  return `/${name}${id === null ? '' : `/${encodeURIComponent(id)}`}${text === '' ? '' : `?${text}`}`;
}

/** Where a step leads: to another part only the account comes along. */
export function stepTo(from: Route, to: Partial<Route>): Route {
  const leaves = to.part !== undefined && to.part !== from.part;
  const kept: Record<string, string> = leaves ? (from.query.account === undefined ? {} : { account: from.query.account }) : { ...from.query };
  return {
    part: to.part ?? from.part,
    id: to.id === undefined ? (leaves ? null : from.id) : to.id,
    query: Object.fromEntries(Object.entries({ ...kept, ...to.query }).filter(([, value]) => value !== '')),
    sheets: to.sheets ?? [],
  };
}
