import { describe, expect, it } from 'vitest';
import type { AnswerContext } from '../../../agents/answers/define.ts';
import { whyAnswers } from '../../../agents/answers/why.ts';
import { ground } from '../../../graph/turn/figures.ts';

const shares = [{ cardNumber: 14, symbol: 'TCS', status: 'PENDING' }, { cardNumber: 12, symbol: 'INFY', status: 'FILLED' }, { cardNumber: 9, symbol: 'INFY', status: 'BLOCKED' }];
const results: Record<string, (input: { card?: number; symbol?: string }) => unknown> = {
  card: ({ card }) => ({
    cardNumber: card, actionId: `a-${card}`, symbol: 'INFY', status: card === 7 ? 'REJECTED' : card === 9 ? 'BLOCKED' : 'FILLED', reason: card === 7 ? 'too stretched' : null, judge: card === 9 ? null : { text: 'Ranked 1 by expected gain.' },
    what: 'BUY 10 TCS', account: 'SIP', when: '3 June 09:20', confirmation: card === 7 ? { status: 'rejected', decidedBy: 'Ravi', decidedWhen: '3 June 09:31', decidedIn: 'web' } : null, evidence: [{ text: 'above the high of 20 days' }, { text: 'Ordered by you.' }], risks: [{ text: 'spread modelled from bars' }], gates: { blocks: card === 9 ? 1 : 0 },
  }),
  cards: () => ({ cards: shares }),
  audit_story: ({ symbol }) => ({ cardNumber: shares.find((each) => each.symbol === symbol)?.cardNumber ?? null }),
  guardrails: ({ card }) => ({ card, words: card === 9 ? 'Blocked: the most this can lose is ₹900; risk per trade is ₹500.' : 'Passed. Gates: 33 passed.' }),
};
async function said(kind: 'why' | 'explain_block', intent: { card?: number; symbol?: string }, memory: { lastCard?: number } = {}): Promise<string> {
  const recorded: { call: string; name: string; result: { ok: true; output: unknown } }[] = [];
  const context = {
    intent: { kind, ...intent }, memory, remember: () => undefined,
    tools: { call: async (name: string, input: object) => { const output = results[name]!(input); recorded.push({ call: `c${recorded.length + 1}`, name, result: { ok: true, output } }); return { ok: true, call: `c${recorded.length}`, name, output }; } },
  } as unknown as AnswerContext<'why'> & AnswerContext<'explain_block'>;
  return ground((await whyAnswers[kind]!(context)).text, recorded as never).text;
}

describe('why a card was drawn up', () => {
  it('tells the reasons, what the judge made of them and what speaks against it, and not the gates', async () => {
    expect(await said('why', { card: 12 })).toBe('Card 12, INFY. above the high of 20 days; Ordered by you.\nThe judge: Ranked 1 by expected gain.\nAgainst: spread modelled from bars.');
  });
  it('means the trade in the share that was named, whatever card was shown last', async () => {
    expect(await said('why', { symbol: 'INFY' }, { lastCard: 3 })).toMatch(/^Card 12, INFY\./);
    expect(await said('why', { symbol: 'RELIANCE' }, { lastCard: 3 })).toBe('Which card? Say its number.');
  });
  it('adds by whom a card was turned down, or what the gates said of it', async () => {
    expect(await said('why', { card: 7 })).toMatch(/Rejected: too stretched$/);
    expect(await said('why', { card: 9 })).toMatch(/Blocked: the most this can lose/);
  });
});

describe('why a card was refused', () => {
  it('means the card of the share that was refused, not its latest trade nor the card shown last', async () => {
    expect(await said('explain_block', { symbol: 'INFY' }, { lastCard: 14 })).toMatch(/^Card 9\. Blocked: /);
    expect(await said('explain_block', { symbol: 'TCS' })).toBe('No card in TCS was refused.');
    expect(await said('explain_block', { card: 7 })).toBe('Card 7 (BUY 10 TCS in SIP, of 3 June 09:20) was rejected by Ravi on 3 June 09:31 in web: too stretched.');
    expect(await said('explain_block', { symbol: 'SBIN' }, { lastCard: 14 })).toBe('There has been no proposal in SBIN.');
  });
  it('is the one shown last where none was named', async () => expect(await said('explain_block', {}, { lastCard: 9 })).toMatch(/^Card 9\. Blocked: /));
});
