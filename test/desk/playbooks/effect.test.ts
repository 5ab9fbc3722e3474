import { describe, expect, it } from 'vitest';
import { PlaybookTerms } from '../../../desk/actions/types.ts';
import { allocate } from '../../../desk/allocation/allocate.ts';
import type { Offer } from '../../../desk/allocation/offer.ts';
import { type EffectContext, effectOn, runningPlaybooks } from '../../../desk/playbooks/effect.ts';
import { freshHoursFor, playbookFor } from '../../../desk/playbooks/match.ts';
import type { Playbook, PlaybookTerms as Terms } from '../../../desk/playbooks/playbook.ts';
import { plainTerms, shippedPlaybooks } from '../../../desk/playbooks/shipped.ts';
import type { SignalEvent } from '../../../desk/signals/define.ts';
import { plusMs } from '../../../desk/time.ts';
import { mandateTerms } from '../gates/fixtures.ts';
import { asOf, bookOf, featuresOf, limits, offerOf, quoteAt, today } from '../allocation/fixtures.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const plain: Terms = { ...plainTerms, name: 'Order win', eventType: 'ORDER_WIN' };
const playbook = (terms: Partial<Terms> = {}, id = 'order_win'): Playbook => ({ id, version: 1, terms: { ...plain, ...terms } });
const event = (overrides: Partial<SignalEvent> = {}): SignalEvent => ({
  id: '01900000-0000-7000-8000-0000000000e1',
  source: 'nse',
  eventType: 'ORDER_WIN',
  priority: 'HIGH',
  stance: 'BULLISH',
  symbols: ['AAA'],
  knownAt: plusMs(asOf, -2 * HOUR),
  ...overrides,
});
const context = (overrides: Partial<EffectContext> = {}): EffectContext => ({
  playbooks: [playbook()],
  running: [],
  asOf,
  firstOpenAfter: () => plusMs(asOf, -HOUR),
  entriesOn: () => [],
  ...overrides,
});
const newsOffer = (overrides: Partial<Offer> = {}): Offer =>
  offerOf({ strategy: 'event_driven', event: event(), expiresAt: plusMs(asOf, HOUR) }, overrides);
/** The entry, or the sentence, that an account gets under these terms. */
function outcome(terms: Partial<Terms>, { offer = newsOffer(), more = {} }: { offer?: Offer; more?: Partial<EffectContext> } = {}) {
  const effect = effectOn(offer, context({ playbooks: [playbook(terms)], ...more }));
  const {
    candidates: [candidate],
    rejections: [rejection],
  } = allocate({
    book: bookOf({ mandate: mandateTerms({ objective: 'MAX_PROFIT' }) }),
    offers: [{ ...offer, playbook: effect }],
    limits,
    asOf,
    today,
    atMost: 2,
    movesTogether: () => false,
  });
  return { effect, quantity: candidate?.action.quantity ?? 0, score: candidate?.score ?? 0, reason: rejection?.reason ?? null };
}
const running = (terms: Partial<Terms>, of: Partial<SignalEvent>, sector = 'Energy') =>
  runningPlaybooks({
    playbooks: [playbook(terms)],
    events: [event(of)],
    asOf,
    featuresOf,
    sectorOf: () => sector,
  });

describe('every override changes the outcome', () => {
  const usual = outcome({});
  it('without any, the playbook is named and nothing else differs', () => {
    expect(usual).toMatchObject({ reason: null, effect: { label: 'order_win v1', refusal: null, boost: 0, part: 1 } });
    expect(usual.quantity).toBe(
      allocate({ book: bookOf(), offers: [newsOffer()], limits, asOf, today, atMost: 1, movesTogether: () => false }).candidates[0]?.action
        .quantity,
    );
  });
  it('priorityBoost ranks it higher', () => {
    expect(outcome({ priorityBoost: 0.5 }).score).toBeCloseTo(1.5 * usual.score, 9);
  });
  it('tranchePlan enters the first part now, and the card says so', () => {
    const first = outcome({
      tranchePlan: [
        { percent: 60, delayMinutes: 0 },
        { percent: 40, delayMinutes: 60 },
      ],
    });
    expect(first.quantity).toBe(Math.floor(usual.quantity * 0.6));
    expect(first.effect.note).toBe('Playbook: Order win, part 1 of 2, 60 % of the size.');
  });
  it('tranchePlan brings the next part after its delay and not before, to what is held, and then no more', () => {
    const plan = [
      { percent: 60, delayMinutes: 0 },
      { percent: 40, delayMinutes: 60 },
    ];
    const after = (minutes: number, entries = 1) =>
      outcome(
        { tranchePlan: plan },
        { more: { entriesOn: () => Array.from({ length: entries }, () => ({ at: plusMs(asOf, -minutes * MINUTE) })) } },
      );
    expect(after(59).reason).toMatch(/next part of the playbook “Order win” comes 60 minutes after the first/);
    expect(after(60)).toMatchObject({ quantity: Math.floor(usual.quantity * 0.4), effect: { joinsHeld: true } });
    expect(after(120, 2).reason).toBe('every part of the playbook “Order win” is entered');
  });
  it('gapChaseMaxPercent lets a price go that has run away, and takes it at the limit', () => {
    const at = (last: number) => outcome({ gapChaseMaxPercent: 3 }, { offer: newsOffer({ quote: quoteAt(last) }) });
    expect(at(103).reason).toBeNull();
    expect(at(103.1).reason).toBe('it is up 3.1 % since the news; the playbook “Order win” chases 3 %');
  });
  it('staleMinutes ends the news', () => {
    const aged = (minutes: number) =>
      outcome(
        { staleMinutes: 120 },
        {
          offer: offerOf({
            strategy: 'event_driven',
            event: event({ knownAt: plusMs(asOf, -minutes * MINUTE) }),
            expiresAt: plusMs(asOf, HOUR),
          }),
        },
      );
    expect(aged(120).reason).toBeNull();
    expect(aged(126).reason).toBe('its news is 2.10 h old; the playbook “Order win” counts it for 2');
    expect(freshHoursFor([playbook({ staleMinutes: 2880 })], event(), 24)).toBe(48);
    expect(freshHoursFor([playbook()], event(), 24)).toBe(24);
  });
  it('executionWindowHours counts from the first open after the news', () => {
    const opened = (hours: number) => outcome({ executionWindowHours: 4 }, { more: { firstOpenAfter: () => plusMs(asOf, -hours * HOUR) } });
    expect(opened(4).reason).toBeNull();
    expect(opened(4.1).reason).toMatch(/enters within 4 h of the first open/);
  });
  it('pauseDurationHours keeps a share out after bad news, whatever the strategy, and ends', () => {
    const paused = (hours: number) =>
      outcome(
        {},
        {
          offer: offerOf(),
          more: {
            running: running({ stance: 'BEARISH', pauseDurationHours: 48 }, { stance: 'BEARISH', knownAt: plusMs(asOf, -hours * HOUR) }),
          },
        },
      );
    expect(paused(10).reason).toBe('the playbook “Order win” pauses entries in it for another 38 h');
    expect(paused(48).reason).toBeNull();
  });
  it('pauseSmallcap keeps small companies of the sector out, and large ones not', () => {
    const of = {
      running: running({ stance: 'BEARISH', pauseSmallcap: true, pauseDurationHours: 24 }, { stance: 'BEARISH', symbols: ['ZZZ'] }),
    };
    const small = offerOf({ features: { ...featuresOf('AAA'), liquidityRegime: 'LOW' } });
    expect(outcome({}, { offer: small, more: of }).reason).toMatch(/pauses small companies of Energy/);
    expect(outcome({}, { offer: offerOf(), more: of }).reason).toBeNull();
    expect(outcome({}, { offer: offerOf({}, { marketCap: 49_000_000_000 }), more: of }).reason).toMatch(/small companies/);
    expect(
      outcome({}, { offer: offerOf({ sector: 'Metals', features: { ...featuresOf('AAA'), liquidityRegime: 'LOW' } }), more: of }).reason,
    ).toBeNull();
  });
  it('rotateExposureSectors lifts other shares of the sectors that it names', () => {
    const rotated = (sectors: string[]) =>
      outcome(
        {},
        { offer: offerOf(), more: { running: running({ priorityBoost: 0.3, rotateExposureSectors: sectors }, { symbols: ['ZZZ'] }) } },
      );
    expect(rotated(['Energy']).score).toBeCloseTo(1.3 * rotated(['Metals']).score, 9);
  });
});

describe('a playbook', () => {
  it('is meant for its type, stance and regime, and the narrower one goes first', () => {
    const regime = { volatilityRegime: 'LOW_VOL' as const, liquidityRegime: 'HIGH' as const };
    const narrow = playbook({ regimeMatch: { volatility: ['LOW_VOL'], liquidity: [] } }, 'z_narrow');
    expect(playbookFor([playbook(), narrow], event(), regime)?.id).toBe('z_narrow');
    expect(playbookFor([narrow], event(), { ...regime, volatilityRegime: 'HIGH_VOL' })).toBeNull();
    expect(playbookFor([narrow], event(), { ...regime, volatilityRegime: null })).toBeNull();
    expect(playbookFor([playbook()], event({ stance: 'BEARISH' }), regime)).toBeNull();
    expect(playbookFor([playbook()], event({ eventType: 'BUYBACK' }), regime)).toBeNull();
  });
  it('is not read from news that nobody knew yet', () => {
    expect(running({ stance: 'BEARISH', pauseDurationHours: 48 }, { stance: 'BEARISH', knownAt: plusMs(asOf, 1) })).toEqual([]);
  });
  it('takes no terms that make no sense', () => {
    expect(
      PlaybookTerms.safeParse({
        ...plain,
        tranchePlan: [
          { percent: 70, delayMinutes: 0 },
          { percent: 40, delayMinutes: 0 },
        ],
      }).success,
    ).toBe(false);
    expect(PlaybookTerms.safeParse({ ...plain, slMultiplier: 0 }).success).toBe(false);
    expect(PlaybookTerms.safeParse({ ...plain, unheardOf: 1 }).success).toBe(false);
  });
  it('ships six times, each with sound terms', () => {
    expect(Object.keys(shippedPlaybooks)).toEqual([
      'earnings_beat',
      'earnings_miss',
      'buyback',
      'order_win',
      'regulatory_penalty',
      'policy_change',
    ]);
    for (const terms of Object.values(shippedPlaybooks)) expect(PlaybookTerms.parse(terms)).toEqual(terms);
  });
});
