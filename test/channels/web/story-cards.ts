import type { Card, CardCheck, PriceChart } from '../../../channels/vocabulary.ts';

/** The pieces of the scripted story: one proposal, its gates, its chart. Figures are the story's, not a market's. */
const check = (input: Partial<CardCheck> & { id: string; message: string }): CardCheck => ({
  severity: 'INFO',
  passed: true,
  measured: null,
  limit: null,
  unit: '',
  headroom: null,
  ...input,
});
const measured = (id: string, value: number, limit: number, unit: string, message: string, more: Partial<CardCheck> = {}): CardCheck =>
  check({ id, measured: value, limit, unit, headroom: Number((limit - value).toFixed(4)), message, ...more });

const checks: CardCheck[] = [
  check({ id: 'identity', message: 'You may propose and confirm on SIP.' }),
  check({ id: 'market_hours', message: 'NSE is open until 15:30.' }),
  check({ id: 'kill_switch', message: 'No switch is set.' }),
  measured('risk_per_trade', 838, 850, 'INR', 'Loss at the stop, charges included, against the mandate.'),
  measured('position_size', 4.77, 10, 'percent', 'Share of the account’s equity.'),
  measured('sector_exposure', 22, 30, 'percent', 'Energy after this trade.'),
  measured('open_positions', 4, 12, 'positions', 'Positions after this trade.'),
  measured('liquidity', 62, 41_20_000, 'shares', 'Against 1 % of the 20-day average daily volume.'),
  measured('spread', 0.06, 0.25, 'percent', 'Spread is modelled from bars; no depth in this feed.', { severity: 'WARN', passed: false }),
  measured('daily_loss', 0.12, 2, 'percent', 'Lost today in this account.'),
  measured('data_age', 1, 5, 'minutes', 'Age of the newest bar.'),
  measured('cash', 23_839, 2_58_700, 'INR', 'Needed, against cash after reserves.'),
  check({ id: 'event_window', message: 'No results within 2 trading days.' }),
  check({ id: 'duplicate', message: 'No other order for COALINDIA is open.' }),
  measured('order_rate', 1, 10, 'orders/min', 'Orders sent in the last minute.'),
];

export function proposal(input: {
  actionId: string;
  cardNumber: number;
  confirmationId: string;
  expiresAt: string;
  marketTime: string;
}): Card {
  return {
    cardNumber: input.cardNumber,
    actionId: input.actionId,
    state: 'PENDING',
    headline: 'BUY 62 COALINDIA at ≤ ₹384.50 · stop ₹371.20 · target ₹411.10 · horizon 5 days',
    worstLoss: 'Most you can lose: ₹838 (0.17 % of equity) incl. charges ₹13. Reward : risk 2.0.',
    account: 'SIP',
    exchange: 'NSE',
    symbol: 'COALINDIA',
    entry: 384.5,
    stop: 371.2,
    target: 411.1,
    last: 383.9,
    why: [
      {
        text: 'Interim dividend announced today 11:42',
        evidenceId: 'event:coalindia-dividend',
        evidenceKind: 'event',
        url: 'https://nsearchives.nseindia.com/corporate/filing.pdf',
      },
      { text: 'Above its 20-day high on 1.9 × usual volume', evidenceId: 'bars:coalindia', evidenceKind: 'bars', url: null },
      { text: '31 similar set-ups: 58 % hit the target first (40–74 %)', evidenceId: 'outcome:setups', evidenceKind: 'outcome', url: null },
    ],
    against: ['Energy at 22 % of a 30 % limit after this'],
    gates: { passed: 14, warnings: 1, blocks: 0, checks },
    counterfactuals: [],
    confirmation: { id: input.confirmationId, digest: '9c1f…e07a', expiresAt: input.expiresAt, driftPercent: 0.5 },
    outcome: null,
    world: 'SIMULATED',
    marketTime: input.marketTime,
    choices: [{ label: 'Why not bigger?', command: 'Why not bigger?', style: 'plain' }],
  };
}

export function blocked(input: { actionId: string; cardNumber: number; marketTime: string }): Card {
  const refused = measured('sector_exposure', 46, 30, 'percent', 'Energy would be 46 % of equity; the limit is 30 %.', {
    severity: 'BLOCK',
    passed: false,
  });
  return {
    ...proposal({ ...input, confirmationId: '', expiresAt: input.marketTime }),
    state: 'BLOCKED',
    headline: 'BUY 500 COALINDIA at ≤ ₹384.60 · stop ₹371.20 · target ₹411.10',
    worstLoss: 'Would have risked ₹6,748 (1.35 % of equity).',
    why: [],
    against: [],
    last: 384.6,
    gates: { passed: 13, warnings: 1, blocks: 1, checks: checks.map((each) => (each.id === refused.id ? refused : each)) },
    counterfactuals: ['190 shares would pass now: energy at 29.9 % of 30 %.'],
    confirmation: null,
    outcome: 'Energy would be 46 % of equity; the limit is 30 %.',
    choices: [
      { label: 'Propose 190', command: 'buy 190 COALINDIA', style: 'primary' },
      { label: 'Show the limits', command: '/limits', style: 'plain' },
    ],
  };
}

/** A walk that looks like a morning: 5-minute bars from 09:15 in Kolkata, drawn from a fixed recurrence. */
export function morning(): PriceChart {
  let state = 7;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  let close = 379.4;
  const bars: PriceChart['bars'] = [];
  for (let index = 0; index < 44; index += 1) {
    const open = close;
    const lift = index >= 29 ? 0.62 : 0.06;
    close = Number((open + next() * 1.7 + lift).toFixed(2));
    const high = Number((Math.max(open, close) + Math.abs(next()) * 0.8).toFixed(2));
    const low = Number((Math.min(open, close) - Math.abs(next()) * 0.8).toFixed(2));
    const time = new Date(Date.parse('2024-06-03T03:45:00.000Z') + index * 300_000).toISOString();
    bars.push({
      time,
      open,
      high,
      low,
      close,
      volume: Math.round(22_000 + Math.abs(next()) * 60_000 + (index >= 29 ? 70_000 * Math.abs(next()) : 0)),
    });
  }
  return {
    symbol: 'COALINDIA',
    bars,
    lines: [
      { name: 'entry', price: 384.5 },
      { name: 'stop', price: 371.2 },
      { name: 'target', price: 411.1 },
      { name: 'last', price: close },
    ],
    pins: [{ time: '2024-06-03T06:12:00.000Z', title: 'Interim dividend announced', eventId: 'event:coalindia-dividend' }],
  };
}
