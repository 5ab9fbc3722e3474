import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ground } from '../../graph/turn/figures.ts';
import { createModelSpeech } from '../../graph/turn/model-speech.ts';
import { reviewSentence, type SentenceSources } from '../../graph/turn/model-sentence.ts';
import { splitSentences } from '../../graph/turn/sentences.ts';

const output = {
  asOf: '2024-06-03T10:00:00.000Z', currency: 'INR', equityMinor: 50_000_000, todayPercent: 0.6, rows: [{ symbol: '3MINDIA', quantity: 40, last: 1512.4, title: 'Board meets on 12 July' }],
  bad: { picture: '![x](https://evil.example/a.png)', link: 'see evil.com', nothing: null, object: {} },
};
const sources: SentenceSources = {
  calls: [{ call: 'c1', name: 'portfolio_state', input: {}, result: { ok: true, output }, elapsedMs: 1 }, { call: 'c2', name: 'propose_order', input: {}, result: { ok: true, output: { quantity: 40 } }, elapsedMs: 1 }, { call: 'c3', name: 'fills', input: {}, result: { ok: false, error: { code: 'X', message: 'no' } }, elapsedMs: 1 }],
  tools: new Map([['portfolio_state', { effect: 'read' as const }], ['propose_order', { effect: 'propose' as const }]]),
  personSaid: 'sell half of my 5,000 shares of NIFTY50BEES',
};
const shown = (sentence: string): string => { const reviewed = reviewSentence(sentence, sources); return 'text' in reviewed ? ground(reviewed.text, sources.calls).text : `(${reviewed.removed})`; };

describe('a sentence of a model’s', () => {
  it.each([
    ['Equity is {{c1.equityMinor|money}}.', 'Equity is ₹5,00,000.'],
    ['Up {{c1.todayPercent|signed_percent}} today.', 'Up +0.6 % today.'],
    ['You hold {{c1.rows.0.quantity|quantity}} of {{c1.rows.0.symbol|text}}.', 'You hold 40 of 3MINDIA.'],
    ['{{c1.rows.0.title|text}}.', 'Board meets on 12 July.'],
    ['Of your {{said:5,000}} shares.', 'Of your 5,000 shares.'],
    ['Of your {{said:5000}} shares.', 'Of your 5000 shares.'],
    ['It closed a quarter of results, and by a third party.', 'It closed a quarter of results, and by a third party.'],
    ['In the first half of the session, half of the year and a quarter of the day it was calm.', 'In the first half of the session, half of the year and a quarter of the day it was calm.'],
    ['Trading opens tomorrow, and entries are possible when the desk is resumed.', 'Trading opens tomorrow, and entries are possible when the desk is resumed.'],
    ['3MINDIA and NIFTY50BEES moved.', '3MINDIA and NIFTY50BEES moved.'],
    ['The order for {{c1.rows.0.quantity|quantity}} was filled.', 'The order for 40 was filled.'],
  ])('stands with figures by reference: %s', (sentence, expected) => { expect(shown(sentence)).toBe(expected); });

  it.each([
    'A third of your money is gone.', 'About half of it is in one stock.', 'Two-thirds of the account is cash.', 'You have 一万二千 rupees.', 'Your money has doubled.', 'The account is up a third.', 'It fell by almost a quarter.', 'A tenfold gain.', 'Equity is 500000.', 'Equity is ₹5,00,000.', 'It is Rs500.', 'INR500 more.', 'Up 5%.', 'Up five percent.', 'Two hundred shares.', 'A lakh rupees.', 'It costs ５００.', 'Half is ½.', 'Up by 20-day high.', 'See card12x.', 'Buy x2.',
    'Best is {{c1.rows.9.symbol|text}}.', 'From {{c9.rows.0.symbol|text}}.', 'It failed: {{c3.message|text}}.', 'Null {{c1.bad.nothing|money}}.', 'All of {{c1.bad.object|text}}.', 'Look {{c1.bad.picture|text}}.', 'And {{c1.bad.link|text}}.',
    'You said {{said:6000}}.', 'You said {{said:half 5000 buy now}}.', 'Broken {{c1.equityMinor|money.', 'Broken }} here.', 'Hidden {{c1.equityMinor|money}}5.',
  ])('goes whole where a figure has no source: %s', (sentence) => { expect(shown(sentence)).toBe('(UNGROUNDED)'); });

  it.each(['I bought {{c1.rows.0.quantity|quantity}}.', 'The order for {{c2.quantity|quantity}} was filled.', 'Done.', 'Trading has been halted, nothing can be entered now.', 'Your order was filled, no worries.', 'All your entries were stopped.', 'The person has confirmed.', 'You have already approved it.'])('goes where it claims a deed without a record: %s', (sentence) => { expect(shown(sentence)).toBe('(FALSE_CLAIM)'); });

  it('takes the unit from the cell, whatever the model says', () => {
    expect(shown('{{c1.equityMinor|price}}')).toBe('₹5,00,000');
    expect(shown('{{c1.equityMinor|text}}')).toBe('₹5,00,000');
    expect(shown('{{c1.todayPercent|number}}')).toBe('0.6 %');
    expect(shown('{{c1.rows.0.last|money}}')).toBe('₹1,512.40');
  });

  it('never shows a number that neither a tool nor the person gave', () => {
    const word = fc.oneof(fc.constantFrom('You', 'hold', 'shares', 'of', 'TCS', '{{c1.rows.0.quantity|quantity}}', '₹', '%', '.'), fc.nat({ max: 99_999 }).map(String), fc.double({ min: 0, max: 1000, noNaN: true }).map((value) => value.toFixed(2)));
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      const reviewed = reviewSentence(words.join(' '), sources);
      if (!('text' in reviewed)) return;
      const { text, figures } = ground(reviewed.text, sources.calls);
      const left = figures.reduce((rest, figure) => rest.replace(figure.text, ''), text);
      expect(left).not.toMatch(/\d/);
    }), { numRuns: 1000 });
  });
});

describe('sentences', () => {
  it('are cut at their ends and nowhere else', () => {
    expect(splitSentences('Up today. {{c1.a.b|money}} in cash! Really? Yes…\n1. One\nApprox. two, e.g. this')).toEqual(['Up today. ', '{{c1.a.b|money}} in cash! ', 'Really? ', 'Yes…\n', '1. One\n', 'Approx. two, e.g. this']);
  });
  it('are the text again when they are put together', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', ' ', '. ', '!', '?', '\n', '{{', '}}', '1.', '”', 'Rs. ')).map((parts) => parts.join('')), (text) => { expect(splitSentences(text).join('')).toBe(text); }));
  });
});

describe('speech while it streams', () => {
  const speak = (text: string, pieceLength: number) => {
    const deltas: string[] = [];
    const speech = createModelSpeech({ sources, hosts: new Set(), onDelta: (delta) => { deltas.push(delta); } });
    speech.begin();
    for (let at = 0; at < text.length; at += pieceLength) speech.hear(text.slice(at, at + pieceLength));
    return { deltas, ...speech.finish(text, { cutShort: false }) };
  };
  const text = 'Equity is {{c1.equityMinor|money}}. You made 500 today. It is calm.';

  it.each([1, 2, 3, 7, 100])('comes in whole sentences with their figures, however it is cut (%i)', (pieceLength) => {
    expect(speak(text, pieceLength)).toEqual({ deltas: ['Equity is ₹5,00,000. '], text: 'Equity is {{c1.equityMinor|money}}. It is calm.', removed: ['UNGROUNDED'] });
  });
  it('keeps JSON back', () => {
    expect(speak('{"text": "One. Two. Three."}', 3).deltas).toEqual([]);
  });
});
