import { listAccounts, writeTradingState } from '../../db/stores/accounts.ts';
import { listOrders } from '../../db/stores/execution.ts';
import { openPositions } from '../../db/stores/positions.ts';
import { insertRiskSnapshot } from '../../db/stores/risk-snapshots.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { at, type Instant } from '../../desk/time.ts';
import { readRisk } from '../../jobs/risk-reading.ts';
import { tripSwitches } from '../../jobs/risk-snapshots.ts';
import type { JobServices } from '../../jobs/services.ts';
import { writeBook } from '../../test/helpers/written-book.ts';
import { openToolBench } from '../../test/tools/made-market.ts';
import type { RiskCase } from '../suites/risk-management.ts';
import { type MadeDesk, now, openMadeDesk, sessionsBefore, shippedLimits, today, tradingDayFrom, zone } from './made-desk.ts';
import { riskMarketFacts, riskQuotes } from './risk-market.ts';

export interface RiskBench {
  desk: MadeDesk;
  /** Where transfers go. */
  otherAccountId: string;
  /** Opens the case's account as it stands, with the quotes and files that it says. */
  setUp(risk: Pick<RiskCase, 'id' | 'account' | 'quotes' | 'killFile'>): Promise<string>;
  positionIn(accountId: string, symbol: string): Promise<string>;
  entryIn(accountId: string, symbol: string): Promise<string>;
  /** Switches that the next reading trips in the account. */
  tripped(accountId: string): Promise<string[]>;
  /** A read tool's answer, as the owner. */
  ask(tool: string, input: object): Promise<unknown>;
}

const morning = (sessionsAgo: number): Instant => at(tradingDayFrom(today, -sessionsAgo), '10:00', zone);

/** A made market whose figures are known by construction, with the desk's own gates, switches and tools over it. */
export async function openRiskBench(): Promise<RiskBench> {
  const desk = await openMadeDesk({ facts: riskMarketFacts() });
  const { database } = desk;
  const tools = await openToolBench(database, { at: now });
  const other = (await listAccounts(database.orm)).find(({ name }) => name === 'LumpSum');
  const jobs: JobServices = {
    database, market: desk.market, wallNow: desk.gates.wallNow, feedHealth: async () => [], limits: () => shippedLimits, killFile: () => desk.killFile.state, ordersPerSecond: shippedLimits.ordersPerSecond, autoClawBack: false,
    propose: async () => ({ actionId: '', state: 'gated', gateReport: { verdict: 'PASS' } as never, cardNumber: null, message: null }), runCycle: () => Promise.reject(new Error('a reading runs no cycle')),
  };
  return {
    desk, otherAccountId: other?.id ?? '',
    async setUp({ id, account, quotes, killFile }) {
      for (const map of [desk.quotes, tools.quotes]) { map.clear(); for (const [symbol, quote] of riskQuotes(quotes)) map.set(symbol, quote); }
      desk.killFile.state = killFile === undefined ? { state: 'ABSENT' } : killFile === 'HALTED' ? { state: 'HALTED', reason: 'told so' } : { state: 'MALFORMED' };
      const accountId = await desk.openAccount({ name: id, cashMinor: account.cash * 100, mandate: account.mandate, bufferPercent: account.bufferPercent });
      await writeBook(database, now, async (book) => {
        for (const [n, result] of account.closed.entries()) {
          const days = 20 - 2 * n;
          await book.trade({ accountId, symbol: 'RKFMCG', qty: 100, strategy: 'manual', confidence: null, opened: { at: morning(days + 1), price: 400, fee: 0 }, closed: { at: morning(days), price: 400 + result / 100, fee: 0 } });
        }
        for (const { symbol, quantity, price, stop } of account.holds) await book.trade({ accountId, symbol, qty: quantity, strategy: 'manual', confidence: null, opened: { at: morning(5), price, fee: 0 }, closed: null, stop });
        for (const { symbol, quantity, price } of account.orders) await book.order({ accountId, symbol, side: 'BUY', qty: quantity, price, status: 'OPEN', message: null, category: 'ENTRY', cardId: null, at: at(today, '10:00', zone) });
      });
      if (account.state !== 'ACTIVE') await writeTradingState(database.orm, { accountId, state: account.state, reason: 'for the case', actionId: null });
      if (account.before) await snapshotBefore(accountId, account.before);
      return accountId;
    },
    async positionIn(accountId, symbol) {
      const found = (await openPositions(database.orm, [accountId])).find((position) => position.symbol === symbol);
      if (!found) throw new Error(`${symbol} is not held`);
      return found.id;
    },
    async entryIn(accountId, symbol) {
      const found = (await listOrders(database.orm, { accountIds: [accountId], symbol, limit: 10 })).find((order) => order.symbol === symbol);
      if (!found) throw new Error(`no entry in ${symbol} waits`);
      return found.id;
    },
    async tripped(accountId) {
      const readings = (await readRisk(jobs, new Map())).filter(({ account }) => account?.id === accountId);
      return (await tripSwitches(jobs, readings)).map((line) => line.split(' ').at(-1) ?? line);
    },
    async ask(tool, input) {
      tools.caller = { personId: desk.ownerId, role: 'owner', channel: 'evals', viewableAccountIds: (await listAccounts(database.orm)).map(({ id }) => id) };
      return tools.call<unknown>(tool, input);
    },
  };

  /** The evening before: what was made since the account began, and the most that ever was. */
  async function snapshotBefore(accountId: string, { pnl, peak }: { pnl: number; peak: number }): Promise<void> {
    const [day = today] = sessionsBefore(1);
    const pnlMinor = pnl * 100;
    await insertRiskSnapshot(database.orm, {
      id: uuidv7(Date.now()), accountId, marketTime: at(day, '15:29', zone), day, currency: 'INR', equityMinor: null, pnlMinor, dayStartPnlMinor: pnlMinor, dayStartEquityMinor: null, peakPnlMinor: peak * 100, totalOpenRiskMinor: null, unrealisedMinor: null, openPositions: 0,
      dailyNewRiskMinor: null, dailyRealisedMinor: 0, drawdownMinor: null, drawdownPercent: null, dailyMaxDrawdownMinor: null, volatilityPercent: null, volatilityTargetPercent: null, sectorExposures: {}, switchesActive: [], missing: [],
    });
  }
}
