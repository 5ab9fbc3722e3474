import type { IconName } from '../icons.tsx';
import type { Part } from '../route.ts';

/** The parts as the rail names them, in its order. The first four and the rest in a sheet are a phone's bar. */
export const partsOfDesk: readonly { part: Part; name: string; icon: IconName; what: string }[] = [
  { part: 'chat', name: 'Chat', icon: 'chat', what: 'The conversation with the desk' },
  { part: 'desk', name: 'Desk', icon: 'candles', what: 'Prices, positions and signals of now' },
  { part: 'approvals', name: 'Approvals', icon: 'bell', what: 'What waits for your yes' },
  { part: 'portfolio', name: 'Portfolio', icon: 'book', what: 'Exposures, value at risk, performance' },
  { part: 'discover', name: 'Discover', icon: 'lens', what: 'Watchlist, movers, news, what is ahead' },
  { part: 'options', name: 'Options', icon: 'fan', what: 'Chain, structures, payoff, scenarios' },
  { part: 'risk', name: 'Risk', icon: 'shield', what: 'Limits, switches, gates, replay' },
  { part: 'treasury', name: 'Treasury', icon: 'coins', what: 'Cash, funding plans, transfers' },
  { part: 'learning', name: 'Learning', icon: 'bulb', what: 'What closed trades teach' },
  { part: 'audit', name: 'Audit', icon: 'list', what: 'The story of every trade' },
  { part: 'monitoring', name: 'Monitoring', icon: 'pulse', what: 'Feeds and the state of the desk' },
  { part: 'settings', name: 'Settings', icon: 'sliders', what: 'Accounts, mandates, how the page looks' },
];
export const partName = (part: Part): string => partsOfDesk.find((each) => each.part === part)?.name ?? '';
