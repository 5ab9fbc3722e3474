import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, parts, readRoute, stepTo, type Route, type Sheet } from '../../../../channels/web/app/route.ts';

const word = fc.string({ minLength: 1, maxLength: 12 });
const sheet: fc.Arbitrary<Sheet> = fc.oneof(
  fc.record({ kind: fc.constant('evidence' as const), ref: word }),
  fc.record({ kind: fc.constantFrom('story' as const, 'card' as const), actionId: word }),
  fc.record({ kind: fc.constantFrom('threads' as const, 'keys' as const, 'more' as const) }),
);
const route: fc.Arbitrary<Route> = fc.record({
  part: fc.constantFrom(...parts),
  id: fc.option(word),
  query: fc.dictionary(word.filter((name) => name !== 'show' && name !== '__proto__'), word, { maxKeys: 3, noNullPrototype: true }),
  sheets: fc.array(sheet, { maxLength: 3 }),
});
const split = (address: string): [string, string] => {
  const at = address.indexOf('?');
  return at === -1 ? [address, ''] : [address.slice(0, at), address.slice(at)];
};

describe('the address of a state', () => {
  it('brings back every state of the page, whatever is written in it', () => {
    fc.assert(
      fc.property(route, (state) => {
        // A dot alone is a path of its own to every browser; no id of the desk is one.
        fc.pre(state.id !== '.' && state.id !== '..');
        expect(readRoute(...split(addressOf(state)))).toEqual(state);
      }),
    );
  });
  it('is the chat for an address that nobody made, and never throws', () => {
    for (const path of ['/nothing', '//', '/desk%', '/thread/%E0%A4%A', '/__proto__', '/chat/x']) expect(readRoute(path, '').part, path).toBe('chat');
    expect(readRoute('/nothing', '?show=evil:1')).toEqual({ part: 'chat', id: null, query: {}, sheets: [] });
    expect(readRoute('/thread/%E0%A4%A', '').id).toBeNull();
    fc.assert(fc.property(fc.string(), fc.string(), (path, search) => { readRoute(`/${path}`, search); }));
  });
  it('takes the account along to another part, and nothing else', () => {
    const from = readRoute('/desk', '?account=SIP&symbol=INFY&show=keys');
    expect(addressOf(stepTo(from, { part: 'risk' }))).toBe('/risk?account=SIP');
    expect(addressOf(stepTo(from, { query: { symbol: 'TCS' } }))).toBe('/desk?account=SIP&symbol=TCS');
    expect(addressOf(stepTo(from, { query: { account: '' } }))).toBe('/desk?symbol=INFY');
  });
});
