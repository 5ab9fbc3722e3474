import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { slotsOfLabel } from '../../../agents/grammar/likeness/by-likeness.ts';
import { featuresOf } from '../../../agents/grammar/likeness/features.ts';
import { guess } from '../../../agents/grammar/likeness/guess.ts';
import { fittedOn, readWeights, shippedWeights } from '../../../agents/grammar/likeness/weights.ts';
import { Intent } from '../../../agents/grammar/intents.ts';
import { changesSomething } from '../../../agents/grammar/routes.ts';
import { read, understand } from '../../../agents/grammar/understand.ts';
import { fittedTo } from '../../../scripts/likeness/fit.ts';
import { sentenceOf, sentencesDigest, utteranceOf } from '../../../scripts/likeness/labelled-sentences.ts';
import { has } from './desk-talk.ts';

const Row = z.strictObject({ id: z.string(), text: z.string(), intent: z.string(), slots: z.record(z.string(), z.json()) });
const unseen = readFileSync(new URL('../../../evals/datasets/unseen.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => Row.parse(JSON.parse(line)));
const meaning = (text: string) => understand(utteranceOf(text));
const like = (text: string) => guess(sentenceOf(text), shippedWeights());

describe('likeness to sentences that people said', () => {
  it('knows nothing of the name, the figure or the day: only of what is asked', () => {
    expect(featuresOf(sentenceOf('highest close of TCS since 3 June 2024'))).toEqual(featuresOf(sentenceOf('highest close of Infosys since 1 May 2024')));
    expect(featuresOf(sentenceOf('RSI of TCS'))).not.toEqual(featuresOf(sentenceOf('RSI of NIFTY')));
  });

  it('is fitted on the sentences as they lie in scripts/likeness/sentences (npm run likeness)', () => { expect(fittedOn).toBe(sentencesDigest()); });

  it('has labels that the intents know', () => {
    const kinds = new Set<string>(Intent.options.map((option) => option.shape.kind.value));
    expect(shippedWeights().labels.filter((label) => label !== 'ask' && !kinds.has(slotsOfLabel(label).kind))).toEqual([]);
  });

  it('learns which words part two labels, the same from the same sentences', () => {
    const examples = [['cash', 'money left to spend'], ['cash', 'spendable money in hand'], ['cash', 'how much money is left'], ['orders', 'orders still open'], ['orders', 'open orders with the broker'], ['orders', 'which orders are open']].map(([label = '', text = '']) => ({ label, sentence: sentenceOf(text) }));
    const stored = fittedTo(examples);
    expect(fittedTo(examples)).toEqual(stored);
    const weights = readWeights(stored);
    expect(guess(sentenceOf('is any money left'), weights).label).toBe('cash');
    expect(guess(sentenceOf('are orders open'), weights)).toMatchObject({ label: 'orders', next: 'cash' });
  });

  it.each([
    ['accha sun, SIP account mein abhi kitna paisa pada hai jo invest nahi hua', { kind: 'cash', account: 'SIP' }],
    ['ek lot nifty mein kitni quantity hoti hai', { kind: 'symbol_facts', symbol: 'NIFTY', fact: 'lotSize' }],
    ['hcl tech, tech mahindra and l&t, who ran the most over three months', { kind: 'compare', symbols: ['HCLTECH', 'TECHM', 'LT'] }],
    ['suppose market 7 percent gir gaya, mera kitna jayega', { kind: 'scenario', movePercent: -7 }],
    ['full story of the card after 23', { kind: 'audit_story', card: 23, step: 'AFTER' }],
    ['95% var on the portfolio', { kind: 'risk_metrics', measure: 'valueAtRisk' }],
  ])('reads “%s”', (text, wanted) => { const said = meaning(text); expect(said.kind === 'intent' && said.intent).toMatchObject(wanted); });

  it.each([
    ['median volume of tcs 20d', { kind: 'price_stat', measure: 'medianVolume', span: { count: 20, unit: 'SESSION' } }],
    ['kal market band hai kya, chhutti hai?', { kind: 'market_hours', date: '2024-07-04' }],
    ['P&L FY', { kind: 'performance', period: { from: '2024-04-01', to: '2024-07-03', label: 'fy' } }],
    ['win rate by account', { kind: 'performance', measure: 'winRate', by: 'account' }],
  ])('loses nothing of “%s”', (text, wanted) => { const said = meaning(text); expect(said.kind === 'intent' && said.intent).toMatchObject(wanted); });

  it('asks about an account that nobody has, and takes “it” for no share beside a charge', () => {
    for (const text of ['cash in tac', 'hw much cash in tac']) expect(meaning(text).kind, text).not.toBe('intent');
    const charged = meaning('Has the stamp duty for June been booked, and how much was it?');
    expect(charged.kind === 'intent' && charged.intent).not.toHaveProperty('symbol');
  });

  it('says that it was read so, and is never explicit', () => {
    expect(meaning('ek lot nifty mein kitni quantity hoti hai')).toMatchObject({ confidence: 'pattern', explicit: false, assumed: ['read by its likeness to other questions'] });
  });

  it('takes no question whose names and figures have no place in it', () => {
    // A card is named, and cash has no card; a second company, and a price has one.
    for (const text of ['paisa kitna pada hai card 22 mein', 'abhi kya bhav chal raha hai tcs aur wipro ka']) expect(meaning(text).kind, text).not.toBe('intent');
  });

  it.each([
    ['the order in reliance, pull it back', 'cancel the RELIANCE order'], ['titan ke 8 share utha lo sip account mein', 'buy 8 TITAN in SIP'], ['grasim se bahar nikal do mujhe poori tarah', 'exit GRASIM'], ['Please fix the stop loss for ONGC in Tactical at 262.', 'move the ONGC stop to 262 in Tactical'],
  ])('puts “%s” as “%s”, which is still to be pressed', (text, command) => { expect(meaning(text)).toMatchObject({ kind: 'ask', choices: [{ label: command, command }] }); });

  it('offers no order that was denied, wished for, told, made to depend, or of other terms', () => {
    for (const text of ['grasim se bahar mat nikalo mujhe', 'kaash grasim se bahar nikal jata main', 'my uncle grasim se bahar nikal gaya poori tarah', 'agar gire to grasim se bahar nikal do mujhe', 'grasim aur titan se bahar nikal do mujhe poori tarah', 'grasim se bahar nikal do mujhe poori tarah?', 'keep a trailing stop of 200 points on grasim']) {
      const said = meaning(text);
      expect(said.kind === 'ask' ? said.choices.filter(({ command }) => /^(?:exit|move the) GRASIM/.test(command)) : [], text).toEqual([]);
    }
  });

  it('never reads what would change something: that takes a sentence of the rules', () => {
    const changed = unseen.filter(({ text }) => { const said = meaning(text); const rules = read(utteranceOf(text)).understanding; return said.kind === 'intent' && changesSomething(said.intent.kind) && JSON.stringify(rules) !== JSON.stringify(said); });
    expect(changed.map(({ text }) => text)).toEqual([]);
    expect(like('kindly dispose of my entire holding of tata steel at once')).toMatchObject({ label: 'exit' });
  });
});

describe('sentences that neither the rules nor the weights were made by', () => {
  it('are 800, of at least 90 intents, and none of them is among the sentences of the fit', () => {
    expect(unseen.length).toBeGreaterThan(800);
    expect(new Set(unseen.map(({ intent }) => intent)).size).toBeGreaterThanOrEqual(90);
  });

  it('are understood in seven of ten and wrong in at most 3 %; the rest is asked about', () => {
    const results = unseen.map((row) => {
      const said = meaning(row.text);
      const wants = row.intent !== 'ask';
      if (said.kind === 'intent' ? wants && said.intent.kind === row.intent && has(said.intent, row.slots) : !wants) return 'right';
      return said.kind === 'intent' ? `${row.text} (${JSON.stringify(said.intent)})` : 'asked';
    });
    const right = results.filter((result) => result === 'right').length;
    const wrong = results.filter((result) => result !== 'right' && result !== 'asked');
    console.info(`unseen: ${right} of ${unseen.length} understood (${((100 * right) / unseen.length).toFixed(1)} %), ${wrong.length} wrong (${((100 * wrong.length) / unseen.length).toFixed(1)} %)`);
    expect(wrong.length / unseen.length, wrong.join('; ')).toBeLessThanOrEqual(0.03);
    expect(right / unseen.length).toBeGreaterThanOrEqual(0.7);
  });
});
