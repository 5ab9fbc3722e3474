import { actionDigest } from '../../../desk/actions/digest.ts';
import { Action, type ActionOf, type MandateTerms } from '../../../desk/actions/types.ts';
import { digestOf } from '../../../desk/canonical.ts';
import { decimal } from '../../../desk/decimal.ts';
import type { Check, CheckResult, GateReport } from '../../../desk/gates/define.ts';
import { evaluateGates } from '../../../desk/gates/evaluate.ts';
import { type GateSnapshot, type InstrumentFacts, known, type OpenOrderFacts, type PositionFacts, type QuoteFact } from '../../../desk/gates/snapshot.ts';
import { instant, tradingDate } from '../../../desk/time.ts';

/**
 * A desk on which everything passes: ₹5,00,000 of equity, one account, INFY at ₹1,500, an open session. Tests change one
 * thing at a time. Money in paise.
 */
export const accountId = '01900000-0000-7000-8000-000000000001';
export const otherAccountId = '01900000-0000-7000-8000-000000000002';
export const personId = '01900000-0000-7000-8000-0000000000aa';
export const positionId = '01900000-0000-7000-8000-0000000000b1';
export const orderId = '01900000-0000-7000-8000-0000000000c1';
export const eventId = '01900000-0000-7000-8000-0000000000e1';
export const now = instant('2024-06-03T05:00:00.000Z');
export const today = tradingDate('2024-06-03');
export const tradingDays = ['2024-06-03', '2024-06-04', '2024-06-05', '2024-06-06', '2024-06-07', '2024-06-10', '2024-06-11', '2024-06-12'].map(tradingDate);

export const fact = <T>(value: T) => known(value, 'test', now);
export const quote = (last: number, overrides: Partial<QuoteFact> = {}): QuoteFact => ({ last, bid: last, ask: last, previousClose: last, spreadFrom: 'book', ...overrides });

export function instrument(symbol: string, overrides: Partial<InstrumentFacts> = {}): InstrumentFacts {
  return {
    symbol, lotSize: 1, tickSize: decimal('0.05'), freezeQuantity: null,
    priceBand: fact({ low: 1_200, high: 1_800 }), sector: fact('Software'), marketCap: fact(6_000_000_000_000),
    quote: fact(quote(1_500)), averageDailyVolume20: fact(1_000_000), regime: fact({ volatility: 'LOW_VOL', liquidity: 'HIGH' }),
    scheduledEvents: { covered: true, coverageNote: '', events: [] }, banned: fact(false), ...overrides,
  };
}

export const mandateTerms = (overrides: Partial<MandateTerms> = {}): MandateTerms => ({
  objective: 'BALANCED', riskPerTradePercent: 1, maxPositions: 5, maxSectorExposurePercent: 40, maxPositionPercent: 25, targetBeta: 1,
  horizonMinDays: 1, horizonMaxDays: 30, bannedSectors: [], bannedSymbols: [], earningsBlackoutDays: 2, liquidityFloorAdv: 10_000, minMarketCap: null,
  allowedStrategies: ['*'], slMultiplier: 2, tpMultiplier: 3, trailingStopEnabled: true, ...overrides,
});

export function passingSnapshot(overrides: Partial<GateSnapshot> = {}): GateSnapshot {
  return {
    schema: 1, takenAt: now, marketTime: now, marketDate: today, world: { kind: 'sim', label: 'SIMULATED' }, policyVersion: 'test-1',
    person: fact({ personId, role: 'owner', canView: true, canPropose: true, canConfirm: true }),
    account: fact({ accountId, name: 'SIP', type: 'SIP', status: 'ACTIVE', mode: 'paper', broker: 'paper', baseCurrency: 'INR', liveArmedUntil: null }),
    balances: fact({ cashMinor: 50_000_000, reservedMinor: 0, deployableMinor: 45_000_000, equityMinor: 50_000_000 }),
    mandate: fact({ ...mandateTerms(), version: 1 }),
    limits: {
      advLookbackDays: 20, advMaxRatio: 0.05, maxSpreadPercent: 0.5, eventBlackoutDays: 2, catalystFreshnessHours: 24, maxSectorExposure: 0.3,
      maxSingleNamePercent: 20, maxGrossPercent: 100, maxNetPercent: 100, maxClusterPercent: 50, fatFingerPercent: 5, quoteMaxAgeSeconds: 60, duplicateWindowSeconds: 30,
      ordersPerSecond: 9, ordersPerMinute: 30, optionsTradingEnabled: true, optionsMaxRiskMinor: 1_000_000, liveTrading: false, fourEyesMinor: null,
    },
    switches: { desk: 'ACTIVE', account: 'ACTIVE', deskReason: null, accountReason: null, killFile: { state: 'ABSENT' }, tripped: [] },
    session: fact({ open: true, tradingDay: true, opensAt: instant('2024-06-03T03:45:00Z'), closesAt: instant('2024-06-03T10:00:00Z'), nextOpen: instant('2024-06-04T03:45:00Z'), reason: 'session' }),
    instruments: { INFY: instrument('INFY') },
    positions: fact([]), openOrders: fact([]), correlatedWith: fact([]), committed: [], recentActions: [],
    orderRate: fact({ lastSecond: 0, lastMinute: 0 }), brokerReachable: fact(true), catalyst: null, similarSetups: fact({ count: 0, lost: 0 }),
    estimatedChargesMinor: fact(1_300), tradingDays, ...overrides,
  };
}

/** The snapshot with other facts about one instrument. */
export const withInstrument = (overrides: Partial<InstrumentFacts>, snapshot: GateSnapshot = passingSnapshot(), symbol = 'INFY'): GateSnapshot =>
  ({ ...snapshot, instruments: { ...snapshot.instruments, [symbol]: { ...(snapshot.instruments[symbol] ?? instrument(symbol)), ...overrides } } });
export const withLimits = (overrides: Partial<GateSnapshot['limits']>, snapshot: GateSnapshot = passingSnapshot()): GateSnapshot => ({ ...snapshot, limits: { ...snapshot.limits, ...overrides } });
export const withMandate = (overrides: Partial<MandateTerms>, snapshot: GateSnapshot = passingSnapshot()): GateSnapshot => ({ ...snapshot, mandate: fact({ ...mandateTerms(overrides), version: 1 }) });
export const withSwitches = (overrides: Partial<GateSnapshot['switches']>, snapshot: GateSnapshot = passingSnapshot()): GateSnapshot => ({ ...snapshot, switches: { ...snapshot.switches, ...overrides } });

export const position = (overrides: Partial<PositionFacts> = {}): PositionFacts => ({
  positionId, accountId, symbol: 'INFY', sector: 'Software', quantity: 40, averagePrice: 1_450, last: 1_500, stop: 1_440, openRiskMinor: 240_000, trailDistance: null, ...overrides,
});
export const openOrder = (overrides: Partial<OpenOrderFacts> = {}): OpenOrderFacts => ({
  orderId, accountId, symbol: 'INFY', side: 'BUY', remainingQuantity: 10, price: 1_490, category: 'ENTRY', clientOrderId: 'abc', ...overrides,
});
/** Holding 40 INFY with its stop at ₹1,440. */
export const holding = (overrides: Partial<PositionFacts> = {}, snapshot: GateSnapshot = passingSnapshot()): GateSnapshot => ({ ...snapshot, positions: fact([position(overrides)]) });

const parse = <K extends Action['kind']>(value: unknown): ActionOf<K> => Action.parse(value) as ActionOf<K>;
/** BUY 20 INFY at ≤ ₹1,500, stop ₹1,450, target ₹1,600: risks ₹1,000 and charges ₹13 of ₹5,000. */
export const enterAction = (overrides: Record<string, unknown> = {}): ActionOf<'enter'> => parse({
  kind: 'enter', accountId, symbol: 'INFY', exchange: 'NSE', side: 'BUY', quantity: 20, orderType: 'LIMIT', limitPrice: '1500', bracket: { stop: '1450', target: '1600' },
  strategy: 'momentum', horizonDays: 5, ...overrides,
});
export const exitAction = (overrides: Record<string, unknown> = {}): ActionOf<'exit'> => parse({ kind: 'exit', accountId, symbol: 'INFY', exchange: 'NSE', positionId, orderType: 'MARKET', ...overrides });
export const reduceAction = (overrides: Record<string, unknown> = {}): ActionOf<'reduce'> => parse({ kind: 'reduce', accountId, symbol: 'INFY', exchange: 'NSE', positionId, quantity: 10, orderType: 'MARKET', ...overrides });
export const cancelAction = (overrides: Record<string, unknown> = {}): ActionOf<'cancel'> => parse({ kind: 'cancel', accountId, orderId, ...overrides });
export const modifyAction = (overrides: Record<string, unknown> = {}): ActionOf<'modify'> => parse({ kind: 'modify', accountId, positionId, stop: '1460', ...overrides });
export const closeAllAction = (overrides: Record<string, unknown> = {}): ActionOf<'close_all'> => parse({ kind: 'close_all', accountId, haltEntries: true, ...overrides });
const leg = { expiry: '2024-06-27', lots: 1, lotSize: 25 };
/** Bull put spread on NIFTY: receives 40 a unit, can lose 60 a unit of 25: ₹1,500. */
export const structureAction = (overrides: Record<string, unknown> = {}): ActionOf<'option_structure'> => parse({
  kind: 'option_structure', accountId, underlying: 'NIFTY', structure: 'bull_put', maxLossMinor: 150_000, marginMinor: 300_000,
  legs: [{ ...leg, symbol: 'NIFTY27JUN24P22900', right: 'PUT', strike: '22900', side: 'BUY', limitPrice: '100' }, { ...leg, symbol: 'NIFTY27JUN24P23000', right: 'PUT', strike: '23000', side: 'SELL', limitPrice: '140' }], ...overrides,
});
export const structureSnapshot = (overrides: Partial<GateSnapshot> = {}): GateSnapshot => passingSnapshot({
  instruments: { NIFTY: instrument('NIFTY', { quote: fact(quote(23_200)) }), NIFTY27JUN24P22900: instrument('NIFTY27JUN24P22900', { lotSize: 25, freezeQuantity: 1_800, quote: fact(quote(100)) }), NIFTY27JUN24P23000: instrument('NIFTY27JUN24P23000', { lotSize: 25, freezeQuantity: 1_800, quote: fact(quote(140)) }) }, ...overrides,
});
export const anyAction = <K extends Action['kind']>(value: { kind: K } & Record<string, unknown>): ActionOf<K> => parse(value);

export const judge = (action: Action, snapshot: GateSnapshot = passingSnapshot(), checks?: readonly Check[]): GateReport =>
  evaluateGates({ action, actionDigest: actionDigest(action), snapshot, snapshotDigest: digestOf(snapshot), ...(checks ? { checks } : {}) });
export const lineOf = (report: GateReport, id: string): CheckResult => {
  const line = report.checks.find((check) => check.id === id);
  if (!line) throw new Error(`the report has no line ${id}`);
  return line;
};
export const blockedBy = (report: GateReport): string[] => report.checks.filter(({ severity, passed }) => severity === 'BLOCK' && !passed).map(({ id }) => id);
