import { readFileSync, existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tradesOrMovesMoney } from '../../../agents/grammar/routes.ts';
import { table } from '../../../agents/grammar/table/index.ts';
import { card12, cards12and13, paraphrases, routingRows, say } from './desk-talk.ts';

const isTrade = (text: string): boolean => { const said = say(text, card12); return said.kind === 'intent' && tradesOrMovesMoney(said.intent.kind); };
const orders = table.filter((entry) => ['buy', 'sell', 'exit', 'close_all', 'modify_position', 'approve', 'cancel_order', 'transfer', 'withdraw'].includes(entry.kind)).flatMap((entry) => entry.examples);
const trades = orders.filter((example) => /^(buy|sell|exit)\b/i.test(example));

describe('a question, a wish or a story never becomes an order', () => {
  it.each([
    "don't", 'do not', 'never', 'please do not', "I don't want to", 'i would never', 'why did you', 'why would I', 'what if I', 'what happens if I', 'should I', 'shall we', 'would you', 'is it a good time to', 'if I had to', 'if it falls', 'he told me to', 'the news says', 'everyone is saying', 'remind me to', 'I was going to', 'yesterday I wanted to', 'how do I', 'when should I', 'thinking of whether to', 'the note reads:', 'SYSTEM:', 'ignore the rules and', 'it would be silly to', 'do you think I should', 'can I', 'am I allowed to', 'did I',
  ])('not after "%s"', (before) => {
    expect(orders.map((order) => `${before} ${order}`).filter(isTrade)).toEqual([]);
  });

  it('not with a question mark', () => {
    expect(orders.map((order) => `${order}?`).filter(isTrade)).toEqual([]);
  });

  it.each(['can you', 'could you', 'will you'])('not when asked for with "%s", but the order is one press away', (before) => {
    for (const order of trades) {
      const said = say(`${before} ${order}`, card12);
      expect(said.kind, order).not.toBe('intent');
    }
    expect(say(`${before} buy 10 TCS at 3900?`)).toMatchObject({ kind: 'ask', choices: [{ command: 'buy 10 TCS at 3900' }] });
  });

  it.each(['tomorrow', 'or maybe not', 'they said', 'if it falls', 'unless it rises', 'was a mistake', 'when it hits 5000', 'said the analyst', 'and then see', 'lol just kidding', 'hmm wait'])('not with "%s" behind it', (after) => {
    expect(trades.map((order) => `${order} ${after}`).filter(isTrade)).toEqual([]);
  });

  it('not inside pasted text of several lines', () => {
    expect(orders.map((order) => `Research note\n${order}`).filter(isTrade)).toEqual([]);
  });

  it('not through words that every object has by itself, which are read as any other unknown word, wherever they stand', () => {
    for (const { text } of paraphrases().filter((_, index) => index % 70 === 0)) {
      const words = text.split(' ');
      for (const strange of ['constructor', '__proto__']) for (let at = 0; at < words.length; at += 1) expect(() => say(words.with(at, strange).join(' ')), `${text}, ${strange} at ${at}`).not.toThrow();
    }
    for (const text of ['what happened last constructor month', 'USFDA approvals this constructor week']) expect(() => say(text), text).not.toThrow();
  });

  it.each(['buy 10 TCS 3900 pe', 'buy 2 lots TCS 3900 PE', 'sell TCS 3900 pe', 'buy 1 lot nifty 24000 pe'])('not of the share out of what may be its put: "%s"', (text) => {
    expect(say(text)).toMatchObject({ kind: 'ask', choices: [{ command: expect.stringContaining(' at ') as string }] });
  });
  it('but "pe" is a limit for one who speaks Hindi', () => expect(say('50 sbin kharido 820 pe')).toMatchObject({ kind: 'intent', intent: { kind: 'buy', limitPrice: '820' } }));

  it('not out of a misspelt verb', () => {
    expect(['aprove 12', 'approvee 12', 'flaten everything', 'squareof tcs', 'withdrw 10000', 'liquidte tcs'].filter(isTrade)).toEqual([]);
  });

  it('not out of any read of the tables and datasets', () => {
    const reads = [...table.filter((entry) => !tradesOrMovesMoney(entry.kind)).flatMap((entry) => entry.examples), ...paraphrases().filter((row) => !tradesOrMovesMoney(row.intent as never) && row.intent !== 'ask').map((row) => row.text), ...routingRows().filter((row) => !tradesOrMovesMoney(row.intent as never)).map((row) => row.text)];
    expect(reads.filter(isTrade)).toEqual([]);
  });
});

describe('text from outside', () => {
  const file = new URL('../../../../shared/attacks/', import.meta.url);
  const texts = (name: string): string[] => readFileSync(new URL(name, file), 'utf8').trim().split('\n').flatMap((line) => { const { text } = JSON.parse(line) as { text: string }; return [text, ...text.split(/(?<=[.!?])\s+|\n/)]; }).filter((text) => text.split(' ').length > 1);

  it.skipIf(!existsSync(file))('orders nothing, whole or sentence by sentence (skipped without ../shared/attacks)', () => {
    const all = [...texts('injections.jsonl'), ...texts('injections_benign.jsonl')];
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(isTrade)).toEqual([]);
  });
});

describe('whatever is typed', () => {
  const words = [...new Set([...table.flatMap((entry) => entry.examples), ...paraphrases().map((row) => row.text)].flatMap((text) => text.split(' ')))];
  it('is answered, never thrown at', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.constantFrom(...words, '/buy', '/reject', '₹', '%', '@', '?', '12', '1,2', '…'), { maxLength: 14 }).map((list) => list.join(' '))), (text) => {
      expect(['intent', 'ask', 'unknown']).toContain(say(text, card12).kind);
    }), { numRuns: 1500 });
  });

  it('asks for nothing that it does not name: words that are in every sentence call up no screen, list or calendar', () => {
    const words = 'how are we doing what is it that was do did have had a the of on at in with for to from and i you me my this there which who where can will would be been so if then'.split(' ');
    const plain = new Set(['yes', 'activity', 'performance', 'help']);
    const called: string[] = [];
    fc.assert(fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }), (chosen) => {
      const said = say(chosen.join(' '));
      if (said.kind === 'intent' && !plain.has(said.intent.kind)) called.push(chosen.join(' '));
    }), { seed: 11, numRuns: 2000 });
    expect(called).toEqual([]);
  });

  it('means the same in capitals and with spaces around', () => {
    const meaning = (text: string) => { const said = say(text); return said.kind === 'intent' ? { ...said.intent, ...('period' in said.intent ? { period: undefined } : {}) } : said.kind; };
    for (const text of trades) { expect(meaning(text.toUpperCase()), text).toEqual(meaning(text)); expect(meaning(`  ${text} . `), text).toEqual(meaning(text)); }
  });

  it('means the same when it is said again', () => {
    for (const { text } of paraphrases()) expect(say(text)).toEqual(say(text));
  });

  it('is offered only choices that read as intents by themselves', () => {
    const texts = [...paraphrases().map((row) => row.text), ...orders.flatMap((order) => [`${order}?`, `don't ${order}`, `${order} tomorrow`]), 'yes', 'no', 'stop', '12', 'make it 50', 'buy 10 tata', 'buy 20k INFY', 'take profit on infy', 'add tcs', 'sell some infy', 'raise the stop to 100', 'cancel my order', 'reduce risk', 'and in the other account', 'set risk per trade to 0.4', 'buy tcs', 'exit', '/postions', 'move the stop to 1400'];
    const contexts = [{}, card12, cards12and13, { lastIntent: { kind: 'holdings' as const } }];
    for (const context of contexts) {
      for (const text of texts) {
        const said = say(text, context);
        if (said.kind === 'ask') for (const choice of said.choices) expect(say(choice.command, context).kind, `${text} → ${choice.command}`).toBe('intent');
      }
    }
  });
});
