import type { DeskState, Evidence, Person, PositionState } from '../../../channels/conversation-service.ts';
import { actionId } from './story.ts';

const accounts: DeskState['accounts'] = [
  {
    accountId: 'a-sip',
    name: 'SIP',
    mode: 'PAPER',
    currency: 'INR',
    equity: 5_00_000,
    cash: 2_58_700,
    todayPnl: 3_120,
    todayPercent: 0.63,
    switchState: 'ACTIVE',
    switchReason: null,
  },
  {
    accountId: 'a-lump',
    name: 'LumpSum',
    mode: 'PAPER',
    currency: 'INR',
    equity: 10_04_210,
    cash: 6_80_000,
    todayPnl: -1_240,
    todayPercent: -0.12,
    switchState: 'ACTIVE',
    switchReason: null,
  },
  {
    accountId: 'a-tact',
    name: 'Tactical',
    mode: 'PAPER',
    currency: 'INR',
    equity: 2_98_455,
    cash: 2_98_455,
    todayPnl: 0,
    todayPercent: 0,
    switchState: 'REDUCING',
    switchReason: 'Paused by you at 11:02',
  },
];
const position = (input: Partial<PositionState> & { symbol: string }): PositionState => ({
  positionId: `p-${input.symbol}`,
  accountId: 'a-sip',
  quantity: 0,
  averagePrice: null,
  last: null,
  pnl: null,
  pnlPercent: null,
  stop: null,
  target: null,
  riskLeft: null,
  actionId: null,
  ...input,
});
const positions: PositionState[] = [
  position({
    symbol: 'INFY',
    quantity: 40,
    averagePrice: 1_465.9,
    last: 1_512.4,
    pnl: 1_860,
    pnlPercent: 3.17,
    stop: 1_440,
    target: 1_580,
    riskLeft: 2_896,
    actionId,
  }),
  position({
    symbol: 'TCS',
    quantity: 30,
    averagePrice: 3_812.5,
    last: 3_870.1,
    pnl: 1_728,
    pnlPercent: 1.51,
    stop: 3_700,
    target: 4_050,
    riskLeft: 5_103,
    actionId,
  }),
  position({ symbol: 'ITC', quantity: 150, averagePrice: 430.2, last: 427.1, pnl: -465, pnlPercent: -0.72, actionId }),
  position({
    symbol: 'HDFCBANK',
    accountId: 'a-lump',
    quantity: 200,
    averagePrice: 1_550,
    last: 1_543.8,
    pnl: -1_240,
    pnlPercent: -0.4,
    stop: 1_498,
    target: 1_660,
    riskLeft: 9_160,
    actionId,
  }),
];

export function deskBefore(input: { person: Person; wallTime: string; marketTime: string }): DeskState {
  return {
    person: input.person,
    world: { kind: 'sim', label: 'SIMULATED' },
    mode: 'PAPER',
    marketTime: input.marketTime,
    zone: 'Asia/Kolkata',
    wallTime: input.wallTime,
    session: { exchange: 'NSE', state: 'OPEN', text: 'open until 15:30' },
    switchState: 'ACTIVE',
    switchReason: null,
    accounts,
    positions,
    approvals: [],
    changes: [
      { at: '2024-06-03T06:05:00.000Z', text: 'INFY stop raised to ₹1,440.00', kind: 'stop', actionId },
      { at: '2024-06-03T05:32:00.000Z', text: 'Tactical paused by you', kind: 'pause', actionId: null },
      { at: '2024-06-03T04:11:00.000Z', text: 'TCS filled 30 at ₹3,812.50', kind: 'filled', actionId },
    ],
    alerts: [], notices: [],
    commands: [
      { command: '/idea', title: 'Find a trade', example: 'Find me a trade in the SIP account', starter: true },
      { command: '/positions', title: 'What you hold', example: 'What do I hold?', starter: true },
      { command: '/chart', title: 'A chart', example: '/chart COALINDIA', starter: true },
      { command: '/pause', title: 'No new entries', example: '/pause', starter: false },
      { command: '/resume', title: 'Take entries again', example: '/resume', starter: false },
      { command: '/limits', title: 'The limits and what is used of them', example: '/limits', starter: false },
      { command: '/audit', title: 'The story of a card', example: '/audit 12', starter: true },
    ],
  };
}

export const positionAfterFill: Pick<DeskState, 'positions' | 'changes'> = {
  positions: [
    position({
      symbol: 'COALINDIA',
      quantity: 62,
      averagePrice: 384.35,
      last: 384.35,
      pnl: 0,
      pnlPercent: 0,
      stop: 371.2,
      target: 411.1,
      riskLeft: 815,
      actionId,
    }),
    ...positions,
  ],
  changes: [{ at: '2024-06-03T06:19:11.000Z', text: 'COALINDIA filled 62 at ₹384.35', kind: 'filled', actionId }],
};

const records: Record<string, Evidence> = {
  'event:coalindia-dividend': {
    title: 'Coal India Limited has informed the Exchange about a board meeting outcome: interim dividend',
    body: 'The Board of Directors of Coal India Limited at its meeting held today has declared an interim dividend of Rs. 4.00 per equity share of face value Rs. 10 each.\n\nRecord date: 14 June 2024. The dividend will be paid on or before 3 July 2024.',
    source: 'NSE announcements',
    url: 'https://nsearchives.nseindia.com/corporate/filing.pdf',
    happenedAt: '2024-06-03T06:11:31.000Z',
    knownAt: '2024-06-03T06:12:00.000Z',
    fields: [
      { name: 'Symbol', value: 'COALINDIA' },
      { name: 'Kind', value: 'Dividend' },
      { name: 'Amount', value: '₹4.00 a share' },
    ],
  },
};
export function evidenceByRef(ref: string): Evidence | null {
  const found = records[ref];
  if (found) return found;
  if (!/^[a-z]+:[\w-]+$/.test(ref)) return null;
  return {
    title: `Record ${ref}`,
    body: 'As written at the time.',
    source: 'audit log',
    url: null,
    happenedAt: '2024-06-03T06:12:02.000Z',
    knownAt: null,
    fields: [
      { name: 'Entry', value: '4,182' },
      { name: 'Digest', value: '9c1f47d2…e07a' },
    ],
  };
}
