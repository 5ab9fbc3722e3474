import type { Database } from '../../db/client.ts';
import { listAccounts, tradingStates } from '../../db/stores/accounts.ts';
import { listAlerts } from '../../db/stores/alerts.ts';
import { actionById, listActions } from '../../db/stores/actions.ts';
import { pendingConfirmations } from '../../db/stores/confirmations.ts';
import { adjustmentsOf } from '../../db/stores/holding-adjustments.ts';
import { expectedShares, partedSharesOf } from '../../db/stores/parted-shares.ts';
import { balances } from '../../db/stores/ledger.ts';
import { rightsOf } from '../../db/stores/people.ts';
import { openPositions, type StoredPosition } from '../../db/stores/positions.ts';
import { minorToDecimal, valueMinor } from '../../desk/decimal.ts';
import { lastFromWords } from '../../desk/market/last-price.ts';
import { dateIn, timeIn } from '../../desk/time.ts';
import { sumKnown, todayPnl } from '../../tools/book/account-book.ts';
import { type Mark, marksOf } from '../../tools/book/marks.ts';
import { bookTrades } from '../../tools/book/trades.ts';
import type { MarketView, ToolServices } from '../../tools/services.ts';
import { findTrade } from '../../tools/story/find-trade.ts';
import { tradeStory } from '../../tools/story/trade-story.ts';
import { commandOffers } from '../../agents/grammar/offers.ts';
import { isUuid } from '../../db/uuid.ts';
import { ConversationRefusal, type ConversationService, type DeskState, type Person } from '../conversation-service.ts';
import { evidenceOf } from '../story/evidence.ts';
import { renderCard } from '../turn/render-card.ts';

const alertsShown = 20;

export interface Views extends Pick<ConversationService, 'deskState' | 'subscribeDesk' | 'cardStory' | 'evidence'> { deskChanged(): void }

/** What people see of the desk beside the conversation; everything is read when asked, nothing is kept. */
export function createViews({ services }: { services: ToolServices }): Views {
  const { database, market, wallNow } = services;
  const listeners = new Set<() => void>();
  const viewable = async (person: Person): Promise<string[]> => (await rightsOf(database.orm, person.id)).filter((row) => row.canView).map((row) => row.accountId);
  const maySee = async (person: Person, actionId: string): Promise<void> => {
    const stored = isUuid(actionId) ? await actionById(database.orm, actionId) : null;
    const seen = stored && (stored.accountId === null ? person.role === 'owner' : (await viewable(person)).includes(stored.accountId));
    if (!seen) throw new ConversationRefusal('NOT_FOUND', 'There is no such trade.');
  };
  return {
    deskChanged: () => { for (const listener of listeners) listener(); },
    subscribeDesk(listener) { listeners.add(listener); return () => listeners.delete(listener); },
    async cardStory({ actionId, person }) {
      await maySee(person, actionId);
      const context = { services, caller: { personId: person.id, role: person.role, channel: 'web', viewableAccountIds: await viewable(person) } };
      const { subject, entries } = await tradeStory(context, await findTrade(context, { actionId }));
      return { title: subject, entries: entries.map(({ at, text, kind, ref }) => ({ at, text, kind, ref })) };
    },
    async evidence({ ref, person }) { return evidenceOf({ executor: database.orm, market, ref, viewableAccountIds: await viewable(person) }); },
    async deskState(person) {
      const ids = await viewable(person);
      const states = await tradingStates(database.orm);
      const desk = states.find((state) => state.scope === 'desk');
      const ledger = await balances(database.orm, { accountIds: ids });
      const positions = await openPositions(database.orm, ids);
      const accounts = await listAccounts(database.orm, ids);
      const today = market.calendar().session(market.today());
      const fills = today ? await bookTrades(database.orm, { accountIds: ids, from: today.open }) : [];
      const expected = await expectedShares(database.orm, { accountIds: ids });
      const adjusted = await adjustmentsOf(database.orm, { accountIds: ids, exDate: market.today() });
      const credited = (await partedSharesOf(database.orm, { accountIds: ids })).filter(({ happenedAt }) => dateIn(happenedAt, market.zone) === market.today());
      const marks = await marksOf(services, { symbols: [...new Set([...positions, ...fills].map(({ symbol }) => symbol))], moment: { asOf: market.now(), date: market.today(), now: true } });
      const pending = await pendingConfirmations(database.orm, { personId: person.id });
      const approvals: DeskState['approvals'] = [];
      for (const confirmation of pending) {
        const card = await renderCard({ executor: database.orm, market, actionId: confirmation.actionId });
        if (card) approvals.push({ card, shownAt: confirmation.shownAt, threadId: confirmation.threadId });
      }
      return {
        person, world: { kind: market.kind, label: market.label() }, mode: accounts.some((account) => account.mode === 'live') ? 'LIVE' : 'PAPER',
        marketTime: market.now(), zone: market.zone, wallTime: wallNow(), session: sessionOf(market), switchState: desk?.state ?? 'ACTIVE', switchReason: desk?.reason ?? null,
        accounts: accounts.map((account) => {
          const own = states.find((state) => state.accountId === account.id);
          const held = positions.filter((position) => position.accountId === account.id);
          const cash = ledger.get(account.id)?.cash ?? null;
          const value = sumKnown(held.map(({ symbol, quantity }) => { const mark = marks.get(symbol); return mark ? valueMinor(mark.last, quantity) : null; }));
          const equity = cash === null || value === null ? null : cash + value + expected.reduce((sum, each) => (each.accountId === account.id ? sum + each.worthMinor : sum), 0);
          const traded = fills.filter((fill) => fill.accountId === account.id);
          const credits = credited.filter((row) => row.accountId === account.id);
          const symbolsOf = [...new Set([...[...held, ...traded].map(({ symbol }) => symbol), ...credits.map(({ symbol, into }) => into ?? symbol)])];
          const pnl = sumKnown(symbolsOf.map((symbol) => todayPnl(symbol, { held: held.filter((position) => position.symbol === symbol).reduce((sum, { quantity }) => sum + quantity, 0), fills: traded, adjusted: adjusted.filter((row) => row.accountId === account.id), credits, mark: marks.get(symbol) ?? null })));
          return {
            accountId: account.id, name: account.name, mode: account.mode === 'live' ? 'LIVE' as const : 'PAPER' as const, currency: account.baseCurrency, equity: major(equity), cash: major(cash),
            todayPnl: major(pnl), todayPercent: pnl === null || !equity ? null : (pnl / (equity - pnl)) * 100, switchState: own?.state ?? 'ACTIVE', switchReason: own?.reason ?? null,
          };
        }),
        positions: positions.map((position) => positionState(position, marks.get(position.symbol) ?? null)), approvals,
        changes: await recentChanges(database, ids), notices: haltsIn(states, accounts), alerts: (await listAlerts(database.orm, { accountIds: ids, limit: alertsShown })).map(({ id, lastAt, kind, severity, title, body, count, acknowledgedAt }) => ({ id, at: lastAt, kind, severity, title, body, count, open: acknowledgedAt === null })), commands: commandOffers(),
      };
    },
  };
}

/** Why entries are halted, one sentence each: after a discrepancy with the broker this is where a person sees it. */
const haltsIn = (states: readonly { accountId: string | null; state: string; reason: string | null }[], accounts: readonly { id: string; name: string }[]): string[] => states.filter(({ state }) => state === 'HALTED').flatMap(({ accountId, reason }) => {
  const where = accountId === null ? 'The desk' : accounts.find(({ id }) => id === accountId)?.name;
  return where ? [`${where} takes no entries: ${reason ?? 'no reason was given'}.`] : [];
});

const major = (minor: number | null): number | null => (minor === null ? null : Number(minorToDecimal(minor)));

function sessionOf(market: MarketView): DeskState['session'] {
  const now = market.now();
  const calendar = market.calendar();
  const session = calendar.session(market.today());
  if (session && now >= session.open && now < session.close) return { exchange: calendar.exchange, state: 'OPEN', text: `open until ${timeIn(session.close, market.zone)}` };
  if (session && now < session.open) return { exchange: calendar.exchange, state: 'PRE_OPEN', text: `opens at ${timeIn(session.open, market.zone)}` };
  const holiday = calendar.holidayName(market.today());
  return { exchange: calendar.exchange, state: 'CLOSED', text: holiday ? `closed: ${holiday}` : 'closed' };
}

function positionState(position: StoredPosition, mark: Mark | null): DeskState['positions'][number] {
  const pnl = mark ? valueMinor(mark.last, position.quantity) - position.costMinor : null;
  const stop = position.stopLoss === null ? null : Number(position.stopLoss);
  return {
    positionId: position.id, accountId: position.accountId, symbol: position.symbol, quantity: position.quantity, averagePrice: Number(Number(position.averagePrice).toFixed(2)), last: mark?.last ?? null, ...(mark?.lastFrom ? { lastNote: lastFromWords[mark.lastFrom] } : {}),
    pnl: major(pnl), pnlPercent: pnl === null || position.costMinor === 0 ? null : (pnl / Math.abs(position.costMinor)) * 100, stop, target: position.takeProfit === null ? null : Number(position.takeProfit),
    riskLeft: stop === null || !mark ? null : major(Math.max(0, valueMinor(mark.last - stop, position.quantity))), actionId: position.actionId,
  };
}

async function recentChanges(database: Database, accountIds: readonly string[]): Promise<DeskState['changes']> {
  const actions = await listActions(database.orm, { accountIds, limit: 6 });
  return actions.map((action) => ({ at: action.updatedAt, text: action.reason ?? action.state.replaceAll('_', ' '), kind: action.action.kind, actionId: action.id }));
}
