import { listTalkKinds } from '../../../agents/grammar/nth-of-list.ts';
import { optionTalkKinds } from '../../../agents/grammar/options-talk.ts';
import { describe, expect, it } from 'vitest';
import { Intent } from '../../../agents/grammar/intents.ts';
import { parsePattern, type PatternNode } from '../../../agents/grammar/pattern.ts';
import { slashCommands } from '../../../agents/grammar/slash-commands.ts';
import { table } from '../../../agents/grammar/table/index.ts';
import { macros } from '../../../agents/grammar/table/macros.ts';
import { topics } from '../../../agents/grammar/table/topics.ts';
import { card12, say } from './desk-talk.ts';

const context = { ...card12, lastSymbol: 'INFY' };
const slotsOf = (kind: string): Set<string> => new Set(Object.keys(Intent.options.find((option) => option.shape.kind.value === kind)?.shape ?? {}));
const captured = (node: PatternNode): string[] => {
  switch (node.is) {
    case 'slot': return [node.name];
    case 'sequence': return node.parts.flatMap(captured);
    case 'choice': return node.options.flatMap(captured);
    case 'maybe': case 'many': return captured(node.part);
    case 'word': case 'gap': return [];
  }
};

describe('the phrase table', () => {
  it('shows at least 200 phrasings of at least 40 intents', () => {
    expect(table.flatMap((entry) => entry.examples).length).toBeGreaterThanOrEqual(200);
    expect(new Set(table.map((entry) => entry.kind)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(table.flatMap((entry) => entry.examples.map((example) => [example, entry.kind] as const)))('reads "%s" as %s, whole', (example, kind) => {
    expect(say(example, context)).toMatchObject({ kind: 'intent', confidence: 'exact', intent: { kind } });
  });

  it('captures only slots that its intents have', () => {
    const strangers = table.flatMap((entry) => entry.phrases.flatMap((phrase) => captured(parsePattern(phrase, macros)))
      .filter((name) => name !== '_' && name !== 'rest' && !slotsOf(entry.kind).has(name)).map((name) => `${entry.kind}.${name}`));
    expect(strangers).toEqual([]);
  });

  it('has a phrase or a topic for every intent there is', () => {
    const covered = new Set([...table.map((entry) => entry.kind), ...topics.map((topic) => topic.kind), ...optionTalkKinds, ...listTalkKinds]);
    expect(Intent.options.map((option) => option.shape.kind.value).filter((kind) => !covered.has(kind))).toEqual([]);
  });

  it('reads nothing that changes anything from a topic alone', () => {
    const changing = ['buy', 'sell', 'exit', 'approve', 'reject', 'yes', 'no', 'amend_proposal', 'modify_position', 'cancel_order', 'close_all', 'pause', 'resume', 'kill', 'transfer', 'deposit', 'withdraw', 'mandate_change', 'watchlist_edit', 'switch_account', 'run_cycle', 'evals_run'];
    expect(topics.filter((topic) => changing.includes(topic.kind))).toEqual([]);
  });
});

describe('slash commands', () => {
  it.each(slashCommands.map((command) => [command.example, command.kind] as const))('%s is %s and explicit', (example, kind) => {
    const said = say(example);
    expect(said).toMatchObject({ kind: 'intent', confidence: 'exact', intent: { kind } });
  });

  it('has one owner for every name', () => {
    const names = slashCommands.flatMap((command) => [command.name, ...(command.aliases ?? [])]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['/approve', '/approve CARD'], ['/reject', '/reject CARD [REASON]'], ['/buy TCS', '/buy QUANTITY SYMBOL'], ['/buy ten of', '/buy QUANTITY SYMBOL'], ['/card twelve-ish', '/card CARD'], ['/transfer SIP', '/transfer AMOUNT'], ['/kill', '/kill [ACCOUNT] REASON'], ['/positions Moon', '/positions [ACCOUNT]'],
  ])('answers bad usage %s with one sentence that shows how', (text, usage) => {
    const said = say(text);
    expect(said).toMatchObject({ kind: 'ask' });
    expect(said.kind === 'ask' && said.question).toContain(usage);
  });

  it('takes arguments of every kind', () => {
    expect(say('/buy 10 TCS @3900 stop 3820 target 4100 in Tactical')).toMatchObject({ explicit: true, intent: { kind: 'buy', symbol: 'TCS', quantity: { kind: 'shares', shares: 10 }, limitPrice: '3900', stop: '3820', target: '4100', account: 'Tactical' } });
    expect(say('/reject 12 too big')).toMatchObject({ explicit: true, intent: { kind: 'reject', card: 12, reason: 'too big' } });
    expect(say('/idea SIP')).toMatchObject({ explicit: true, intent: { kind: 'find_idea', account: 'SIP' } });
    expect(say('/pnl SIP last month')).toMatchObject({ explicit: true, intent: { kind: 'performance', account: 'SIP', period: { from: '2024-06-01', to: '2024-06-30' } } });
    expect(say('/kill Tactical wrong prices')).toMatchObject({ explicit: true, intent: { kind: 'kill', account: 'Tactical', reason: 'wrong prices' } });
    expect(say('/scenario NIFTY -5%')).toMatchObject({ intent: { kind: 'scenario', symbol: 'NIFTY', movePercent: -5 } });
    expect(say('/watch infy wipro')).toMatchObject({ intent: { kind: 'watchlist_edit', add: ['INFY', 'WIPRO'], remove: [] } });
    expect(say('/cancel 4417')).toMatchObject({ intent: { kind: 'cancel_order', order: '4417' } });
  });

  it('answers an unknown command with near ones', () => {
    expect(say('/postions')).toMatchObject({ kind: 'ask', choices: [{ command: '/positions' }] });
    expect(say('/qqq')).toMatchObject({ kind: 'ask', choices: [{ command: '/help' }] });
  });

  it('asks about an unknown or shared symbol with the whole command as the choice', () => {
    expect(say('/buy 10 tata @900')).toMatchObject({ kind: 'ask', choices: expect.arrayContaining([expect.objectContaining({ command: '/buy 10 TATAMOTORS @900' })]) });
    expect(say('/chart zorbix')).toMatchObject({ kind: 'ask', question: 'I know no symbol or company "zorbix". Nearest names: none close enough to guess.' });
  });
});
