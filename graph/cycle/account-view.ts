import { listAccounts, type Account } from '../../db/stores/accounts.ts';
import { listActions, type StoredAction } from '../../db/stores/actions.ts';
import type { Executor } from '../../db/client.ts';
import type { AccountBook, Exposure } from '../../desk/allocation/account-book.ts';
import { heldAlready } from '../../desk/allocation/mandate-filter.ts';
import { costMinor } from '../../desk/gates/figures.ts';
import { dateIn, type Instant } from '../../desk/time.ts';
import { accountFacts } from '../action/account-facts.ts';
import type { CycleRequest, CycleServices } from './services.ts';

/** An account that the cycle may propose for, or why not. */
export type AccountView = { account: Account; book: AccountBook; /** Entries that were carried out on an event, oldest first, in market time. */ entriesByEvent: ReadonlyMap<string, { at: Instant }[]>; /** Entries that wait and that a cycle drew up at this very moment, where the cycle is run anew. */ standing: readonly StoredAction[] } | { account: Account; closed: string };

/** Stands for "no action" where facts leave out the action that is judged. */
const NO_ACTION = '00000000-0000-0000-0000-000000000000';
const DUPLICATE_WINDOW_SECONDS = 60;
const MOST_ACTIONS = 500;

/** The accounts that were asked for, or all of them, each as it stands now. */
export async function accountViews(services: CycleServices, request: Pick<CycleRequest, 'accountIds' | 'requestedBy' | 'anew'>): Promise<AccountView[]> {
  const accounts = await listAccounts(services.database.orm, request.accountIds);
  const views: AccountView[] = [];
  for (const account of accounts) if (account.status !== 'CLOSED' || request.accountIds) views.push(await viewOf(services, account, { byDesk: request.requestedBy.kind === 'desk', anew: request.anew ?? false }));
  return views;
}

async function viewOf(services: CycleServices, account: Account, { byDesk, anew }: { byDesk: boolean; anew: boolean }): Promise<AccountView> {
  const { database, market } = services;
  const { orm } = database;
  const facts = await database.reading((tx) => accountFacts(tx, { accountId: account.id, actionId: NO_ACTION, market, now: services.wallNow(), duplicateWindowSeconds: DUPLICATE_WINDOW_SECONDS }));
  const closed = stoppedBy(services, account, facts.switches);
  if (closed !== null) return { account, closed };
  const { mandate, balances, positions, openOrders } = facts;
  for (const fact of [mandate, balances, positions, openOrders]) if (!fact.known) return { account, closed: fact.reason };
  if (!mandate.known || !balances.known || !positions.known || !openOrders.known) return { account, closed: 'its facts are not known' };

  const entries = await waitingEntries(orm, account.id);
  const standing = entries.filter(({ marketTime, proposer }) => anew && proposer.kind !== 'person' && marketTime === market.now());
  const waiting = entries.filter((entry) => !standing.includes(entry)).flatMap(({ action }) => (action.kind === 'enter' ? [{ symbol: action.symbol, valueMinor: costMinor(action.limitPrice ?? action.bracket.stop, action.quantity) }] : []));
  const waitingMinor = waiting.reduce((sum, { valueMinor }) => sum + valueMinor, 0);
  const onOrder = openOrders.value.filter(({ category }) => category === 'ENTRY').flatMap(({ symbol, sector, price, remainingQuantity }) => (price === null ? [] : [{ symbol, sector: sector ?? null, valueMinor: costMinor(price, remainingQuantity) }]));
  const held = positions.value.map(({ symbol, sector, last, quantity }) => ({ symbol, sector, valueMinor: costMinor(last ?? 0, quantity) }));
  const unavailable = new Map<string, string>([
    ...(await turnedDownToday(services, account.id, byDesk)),
    ...[...waiting, ...facts.committed].map(({ symbol }): [string, string] => [symbol, 'is on a card already']),
    ...onOrder.map(({ symbol }): [string, string] => [symbol, 'is on order already']), ...held.map(({ symbol }): [string, string] => [symbol, heldAlready]),
  ]);
  const sectorOf = (symbol: string): string | null => market.symbols().get(symbol)?.sector ?? null;
  const exposures: Exposure[] = [...held, ...onOrder, ...facts.committed.filter(({ exitQuantity }) => exitQuantity === undefined), ...waiting.map((each) => ({ ...each, sector: sectorOf(each.symbol) }))];
  const { version: _version, ...terms } = mandate.value;
  return {
    account, entriesByEvent: await entriesByEvent(orm, account.id), standing,
    book: {
      accountId: account.id, name: account.name, currency: account.baseCurrency, mandate: terms, equityMinor: balances.value.equityMinor, exposures, unavailable,
      // What is cleared is taken off already; a card that waits will need its cash when it is confirmed.
      deployableMinor: balances.value.deployableMinor - waitingMinor,
    },
  };
}

function stoppedBy(services: CycleServices, account: Account, switches: Awaited<ReturnType<typeof accountFacts>>['switches']): string | null {
  const killFile = services.killFile?.() ?? { state: 'ABSENT' as const };
  if (killFile.state === 'HALTED') return `the kill file stops new entries: ${killFile.reason}`;
  if (killFile.state === 'MALFORMED') return 'the kill file stops new entries: it cannot be read';
  if (account.status !== 'ACTIVE') return `the account is ${account.status.toLowerCase()}`;
  const because = (reason: string | null): string => (reason ? `: ${reason}` : '');
  if (switches.desk !== 'ACTIVE') return `new entries are stopped in every account${because(switches.deskReason)}`;
  if (switches.account !== 'ACTIVE') return `new entries are stopped in ${account.name}${because(switches.accountReason)}`;
  return null;
}

/** Entries on cards that nobody has answered yet. */
async function waitingEntries(executor: Executor, accountId: string): Promise<StoredAction[]> {
  const open = await listActions(executor, { states: ['proposed', 'gated', 'awaiting_confirmation'], accountIds: [accountId], limit: MOST_ACTIONS });
  return open.filter(({ accountId: of, action }) => of === accountId && action.kind === 'enter');
}

/** What the account has entered on each event: a playbook's plan goes on from there. */
async function entriesByEvent(executor: Executor, accountId: string): Promise<Map<string, { at: Instant }[]>> {
  const done = await listActions(executor, { states: ['done'], accountIds: [accountId], limit: MOST_ACTIONS });
  const found = new Map<string, { at: Instant }[]>();
  for (const { accountId: of, action, marketTime } of done.toSorted((a, b) => (a.marketTime < b.marketTime ? -1 : 1))) {
    if (of === accountId && action.kind === 'enter' && action.eventId !== undefined) found.set(action.eventId, [...(found.get(action.eventId) ?? []), { at: marketTime }]);
  }
  return found;
}

/** What a person rejected today is not brought again; nor, by the desk on its own, what the gates blocked. */
async function turnedDownToday({ database, market }: CycleServices, accountId: string, byDesk: boolean): Promise<[string, string][]> {
  const ended = await listActions(database.orm, { states: byDesk ? ['rejected', 'blocked'] : ['rejected'], accountIds: [accountId], limit: MOST_ACTIONS });
  const today = market.today();
  return ended.flatMap(({ accountId: of, action, state, proposer, marketTime }): [string, string][] => {
    const counts = of === accountId && action.kind === 'enter' && dateIn(marketTime, market.zone) === today && (state === 'rejected' || proposer.kind !== 'person');
    return counts && action.kind === 'enter' ? [[action.symbol, `was ${state} today`]] : [];
  });
}
