import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalsNeeded, type Confirmation, expiryOf, isEligible, judgePress, type Press, type PressVerdict } from '../../../desk/actions/confirmation.ts';
import { driftBetween, driftBoundPercent } from '../../../desk/actions/drift.ts';
import { bindFreeTextYes, whichOne } from '../../../desk/actions/free-text-yes.ts';
import { type Refusal, refusalSentence } from '../../../desk/actions/refusals.ts';
import { decimal } from '../../../desk/decimal.ts';
import { instant, plusMinutes } from '../../../desk/time.ts';

const shownAt = instant('2024-06-03T06:18:00Z');
const confirmation = (overrides: Partial<Confirmation> = {}): Confirmation => ({
  id: 'c12', actionKind: 'enter', actionDigest: 'd1', eligible: ['me', 'partner'], approvalsNeeded: 1, approvedBy: [], shownAt, expiresAt: expiryOf('enter', shownAt), status: 'pending',
  decidedBy: null, decidedAt: null, decidedIn: null, price: { symbol: 'COALINDIA', shown: decimal('384.50'), boundPercent: 0.5 }, ...overrides,
});
const yes = (overrides: Partial<Press> = {}): Press => ({ choice: 'confirm', digest: 'd1', person: { personId: 'me', canView: true, canConfirm: true }, ...overrides });
const press = (given: Confirmation | null, how: Press = yes(), minutes = 1, priceNow: number | null = 384.5): PressVerdict =>
  judgePress({ confirmation: given, press: how, now: plusMinutes(shownAt, minutes), priceNow, accountName: 'SIP', names: (id) => (id === 'partner' ? 'Asha' : null) });
const said = (verdict: PressVerdict): string => (verdict.kind === 'refused' ? refusalSentence(verdict.refusal, { subject: 'card 12', zone: 'Asia/Kolkata', currency: 'INR' }) : verdict.kind);

describe('a press', () => {
  it('wins', () => {
    expect(press(confirmation())).toEqual({ kind: 'won' });
  });
  it('finds nothing where nothing waits', () => {
    expect(said(press(null))).toBe('Nothing is waiting under this number. Nothing was sent.');
  });
  it('of somebody else in the group does nothing, and says so', () => {
    expect(said(press(confirmation(), yes({ person: { personId: 'guest', canView: true, canConfirm: true } })))).toBe('You can see this card but not confirm on SIP. Nothing was sent.');
    expect(said(press(confirmation(), yes({ person: { personId: 'guest', canView: false, canConfirm: false } })))).toBe('This is not yours to decide. Nothing was sent.');
  });
  it('of somebody who has lost the right since does nothing', () => {
    expect(press(confirmation(), yes({ person: { personId: 'me', canView: true, canConfirm: false } }))).toMatchObject({ refusal: { code: 'NOT_ELIGIBLE' } });
  });
  it('of somebody who has gained the right since does nothing', () => {
    expect(isEligible(confirmation(), { personId: 'late', canView: true, canConfirm: true })).toBe(false);
  });
  it('comes too late on the second at which it expires', () => {
    expect(press(confirmation(), yes(), 9.999)).toEqual({ kind: 'won' });
    expect(said(press(confirmation(), yes(), 10, 389.1))).toBe('Not sent: card 12 expired at 11:58. The price is now ₹389.10, 1.2 % above.');
    expect(said(press(confirmation(), yes(), 14, null))).toBe('Not sent: card 12 expired at 11:58.');
  });
  it('is told who decided already, where and when', () => {
    const decided = { status: 'confirmed', decidedAt: instant('2024-06-03T06:19:00Z'), decidedIn: 'telegram' } as const;
    expect(said(press(confirmation({ ...decided, decidedBy: 'me' })))).toBe('Already confirmed by you in Telegram at 11:49.');
    expect(said(press(confirmation({ ...decided, decidedBy: 'partner', status: 'rejected' })))).toBe('Already rejected by Asha in Telegram at 11:49.');
    expect(said(press(confirmation({ status: 'superseded' })))).toBe('Replaced by a newer one.');
  });
  it('on other content than was shown does nothing', () => {
    expect(said(press(confirmation(), yes({ digest: 'd2' })))).toBe('Not sent: card 12 has changed since it was shown. Nothing was sent.');
  });
  it('does nothing once the price has moved too far, either way', () => {
    expect(said(press(confirmation(), yes(), 1, 389.1))).toBe('Not sent: COALINDIA is now ₹389.10, 1.2 % above what card 12 showed; a yes holds within 0.5 %.');
    expect(press(confirmation(), yes(), 1, 380)).toMatchObject({ refusal: { code: 'DRIFTED' } });
    expect(press(confirmation(), yes(), 1, 386.4)).toEqual({ kind: 'won' });
  });
  it('does nothing while nobody knows the price', () => {
    expect(said(press(confirmation(), yes(), 1, null))).toBe('Not sent: the price of COALINDIA is not known now, so nobody can say whether card 12 still holds.');
    expect(press(confirmation(), yes(), 1, 0)).toMatchObject({ refusal: { code: 'PRICE_UNKNOWN' } });
  });
  it('holds for an exit whatever the price does', () => {
    expect(press(confirmation({ actionKind: 'exit' }), yes(), 1, 100)).toEqual({ kind: 'won' });
    expect(press(confirmation({ actionKind: 'exit' }), yes(), 1, null)).toEqual({ kind: 'won' });
  });
  it('that says no is taken whatever the price does', () => {
    expect(press(confirmation(), yes({ choice: 'reject' }), 1, 100)).toEqual({ kind: 'rejected' });
  });
  it('of one out of two waits for the other, who must be somebody else', () => {
    expect(press(confirmation({ approvalsNeeded: 2 }))).toEqual({ kind: 'needs_another', approvalsLeft: 1 });
    expect(said(press(confirmation({ approvalsNeeded: 2, approvedBy: ['me'] })))).toBe('You have said yes already; it needs 2 people.');
    expect(press(confirmation({ approvalsNeeded: 2, approvedBy: ['partner'] }))).toEqual({ kind: 'won' });
  });
  it('wins in no other case', () => {
    const cases = fc.record({
      status: fc.constantFrom('pending' as const, 'confirmed' as const, 'rejected' as const, 'expired' as const), personId: fc.constantFrom('me', 'guest'), canConfirm: fc.boolean(), digest: fc.constantFrom('d1', 'd2'),
      minutes: fc.integer({ min: 0, max: 20 }), priceNow: fc.option(fc.integer({ min: 380, max: 390 })), approvedBy: fc.subarray(['me', 'partner']), approvalsNeeded: fc.constantFrom(1, 2),
    });
    fc.assert(fc.property(cases, ({ status, personId, canConfirm, digest, minutes, priceNow, approvedBy, approvalsNeeded: needed }) => {
      const verdict = press(confirmation({ status, approvedBy, approvalsNeeded: needed }), yes({ digest, person: { personId, canView: true, canConfirm } }), minutes, priceNow);
      const may = status === 'pending' && personId === 'me' && canConfirm && digest === 'd1' && minutes < 10 && priceNow !== null && Math.abs(priceNow / 384.5 - 1) <= 0.005
        && !approvedBy.includes('me') && new Set([...approvedBy, 'me']).size >= needed;
      expect(verdict.kind === 'won').toBe(may);
    }), { numRuns: 2_000 });
  });
});

describe('drift', () => {
  it('may be half a percent, or half the way to the stop when that is less', () => {
    expect(driftBoundPercent({ reference: 100, stop: 90 })).toBe(0.5);
    expect(driftBoundPercent({ reference: 100, stop: decimal('99.4') })).toBeCloseTo(0.3, 9);
    expect(driftBoundPercent({ reference: 100, stop: 100.4 })).toBeCloseTo(0.2, 9);
    expect(driftBoundPercent({ reference: 100, stop: null })).toBe(0.5);
    expect(driftBoundPercent({ reference: 0, stop: 1 })).toBe(0);
  });
  it('is measured from the price that was shown, and counts what is no price as too far', () => {
    expect(driftBetween({ shown: 200, now: 201, boundPercent: 0.5 })).toEqual({ percent: 0.5, boundPercent: 0.5, within: true });
    expect(driftBetween({ shown: 200, now: 198.99, boundPercent: 0.5 }).within).toBe(false);
    for (const now of [0, -1, Number.NaN, Infinity]) expect(driftBetween({ shown: 200, now, boundPercent: 0.5 }).within).toBe(false);
  });
});

describe('how many people', () => {
  it.each([
    ['enter', 999_999, 1_000_000, 1], ['enter', 1_000_000, 1_000_000, 2], ['enter', null, 1_000_000, 2], ['enter', 1_000_000, null, 1], ['exit', 9_999_999, 1, 1], ['withdrawal', 5, 5, 2],
  ] as const)('%s of %s from %s on: %s', (kind, valueMinor, fourEyesMinor, people) => {
    expect(approvalsNeeded({ kind, valueMinor, fourEyesMinor })).toBe(people);
  });
});

describe('a bare yes', () => {
  const waiting = (number: number, overrides: object = {}) => ({ confirmationId: `c${number}`, label: `card ${number} (BUY COALINDIA)`, shownHere: true, expiresAt: plusMinutes(shownAt, 10), ...overrides });
  const bind = (pending: ReturnType<typeof waiting>[], lastShown: string | null) => bindFreeTextYes({ pending, lastShown, now: shownAt });
  it('is a yes to the one card that waits and was shown last', () => {
    expect(bind([waiting(12)], 'c12')).toEqual({ kind: 'bound', confirmationId: 'c12' });
  });
  it('is not held up by what waits in another conversation, and never means it', () => {
    expect(bind([waiting(12), waiting(13, { shownHere: false })], 'c12')).toEqual({ kind: 'bound', confirmationId: 'c12' });
    expect(bind([waiting(12, { shownHere: false }), waiting(13, { shownHere: false })], 'c12')).toMatchObject({ kind: 'ask' });
  });
  it('is a yes to nothing when nothing waits, or only what has expired', () => {
    expect(bind([], 'c12')).toEqual({ kind: 'none' });
    expect(bind([waiting(12, { expiresAt: shownAt })], 'c12')).toEqual({ kind: 'none' });
  });
  it.each([
    ['two wait', [waiting(12), waiting(13)], 'c13'], ['something else was shown since', [waiting(12)], 'c99'], ['nothing was shown here', [waiting(12)], null], ['it was shown in another conversation', [waiting(12, { shownHere: false })], 'c12'],
  ] as const)('asks when %s', (_why, pending, lastShown) => {
    expect(bind([...pending], lastShown)).toMatchObject({ kind: 'ask', among: pending });
  });
  it('never binds when more than one could be meant', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 5 }), (numbers) => {
      expect(bind(numbers.map((number) => waiting(number)), `c${numbers.at(-1)}`).kind).toBe('ask');
    }));
  });
  it('asks in the words of the desk', () => {
    expect(whichOne([waiting(12), { ...waiting(13), label: 'card 13 (SELL INFY)' }])).toBe('Two are waiting: card 12 (BUY COALINDIA) and card 13 (SELL INFY). Which one?');
    expect(whichOne([waiting(12)])).toBe('Do you mean card 12 (BUY COALINDIA)?');
    expect(whichOne(Array.from({ length: 11 }, (_, index) => waiting(index)))).toMatch(/^11 are waiting: card 0 .* and card 10 \(BUY COALINDIA\)\. Which one\?$/);
  });
});

describe('refusals', () => {
  it('all say that nothing was sent, or what happened instead', () => {
    const all: Refusal[] = [{ code: 'NOT_FOUND' }, { code: 'OTHER_CONTENT' }, { code: 'NOT_ELIGIBLE', canView: true, accountName: null }, { code: 'PRICE_UNKNOWN', symbol: 'TCS' }];
    for (const refusal of all) expect(refusalSentence(refusal, { subject: 'card 1', zone: 'Asia/Kolkata', currency: 'INR' })).toMatch(/Nothing was sent|Not sent/);
  });
});
