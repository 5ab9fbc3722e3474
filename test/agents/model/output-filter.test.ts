import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedDeed, hadMarkup, plainReply } from '../../../agents/model/output-filter.ts';

const hosts = new Set(['www.nseindia.com']);

describe('a model’s text on its way to a person', () => {
  it.each([
    ['an inline picture', 'Up. ![x](https://evil.example/a.png?cash=5)'],
    ['a picture by reference', 'Up. ![x][1]\n\n[1]: https://evil.example/a.png'],
    ['a link', 'Up. [here](https://evil.example/login)'],
    ['a link by reference', 'Up. [here][a]\n[a]: https://evil.example'],
    ['a bare link', 'Up, see https://evil.example/x?y=1.'],
    ['a link without its scheme', 'Up, see evil.example/login or www.evil.example or evil.com.'],
    ['a link in pieces', 'Up, log in at h t t p s : / / evil . example / login'],
    ['a link that is put together by hand', 'Up, see hxxps://evil.example/x, evil[.]example/login, evil (dot) example, evil dot com slash login or evil . example / login'],
    ['a link of a messenger', 'Up, see tg://resolve?domain=evil'],
    ['a script address', 'Up, [x](javascript:alert(1))'],
    ['markup', 'Up. <img src=x onerror=alert(1)><script>steal()</script> <a href="https://evil.example">x</a>'],
    ['markup that is not closed', 'Up. <img src="https://evil.example/'],
    ['a comment', 'Up. <!-- evil --> '],
    ['a link with a person before the host', 'Up, see https://www.nseindia.com@evil.example/'],
  ])('loses %s', (_what, text) => {
    const plain = plainReply(text, hosts);
    expect(plain).toMatch(/^Up/);
    expect(plain).not.toMatch(/evil|https?:|javascript:|tg:|<|>|!\[|\]\(/);
    expect(hadMarkup(text, plain)).toBe(true);
  });

  it('keeps links to allowed hosts, without what follows their path', () => {
    expect(plainReply('See https://www.nseindia.com/report?cash=12 now.', hosts)).toBe('See https://www.nseindia.com/report now.');
    expect(plainReply('See [the report](https://www.nseindia.com/report#x).', hosts)).toBe('See the report https://www.nseindia.com/report.');
  });

  it.each(['You hold INFY. M&M fell; P/E is high.', 'Stop and target work… e.g. at the close (IST).', 'Ask “why not bigger?” — it says.', 'One\n\nTwo\nThree'])('leaves plain words alone: %s', (text) => {
    expect(plainReply(text, hosts)).toBe(text);
  });

  it('takes layout off without a word about it', () => {
    const text = '## Holdings\n- **INFY** first\n1. `TCS` second';
    const plain = plainReply(text);
    expect(plain).toBe('Holdings\n• INFY first\n• TCS second');
    expect(hadMarkup(text, plain)).toBe(false);
  });

  it('leaves references to figures as they are', () => {
    expect(plainReply('You have {{c1.accounts.0.cashMinor|money}} in {{c1.accounts.0.name|text}}.')).toBe('You have {{c1.accounts.0.cashMinor|money}} in {{c1.accounts.0.name|text}}.');
  });

  it('takes out what nobody sees', () => {
    expect(plainReply('Up\u200b\u202e to\u00ad day\u2066\ue0000\ue001')).toBe('Up to day0');
  });

  it('is done after one pass: nothing new appears when it runs again', () => {
    const pieces = fc.constantFrom('<', '>', '<b', '![', '](', ')', '[', ']', 'https://', 'evil.com', '/x', '{{', '}}', 'c1.a|text', ' ', '\n', 'word', '<!--', '-->', '.', 'www.', '[1]: ');
    fc.assert(fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      expect(plainReply(parts.join(''))).not.toMatch(/:\/\/|<[a-z]+|!\[[^\]]*\]\(|evil\.com(?!\w)/i);
    }), { numRuns: 2000 });
  });
});

describe('a claim that something was done', () => {
  it.each([
    'I have bought 50 shares.', 'I’ve placed the order.', 'We just sold it.', 'I will confirm it for you.', 'I bought INFY after you asked.',
  ])('of the speaker’s own is seen: %s', (text) => { expect(claimedDeed(text)).toBe('own'); });
  it.each([
    'Done.', 'Your order has been placed.', 'The order was automatically filled.', 'Order placed.', 'It is now confirmed.', 'Both cards were approved.', 'Filled at the open.', 'The transfer has already been sent.',
  ])('about the desk’s work is seen: %s', (text) => { expect(claimedDeed(text)).toBe('reported'); });
  it.each([
    'Nothing was sent.', 'The order has not been filled.', 'It will be sent once you confirm.', 'Should I place it?', 'The card waits for you.', 'A stop could be moved up.', 'You can confirm it below.', 'If the order is filled, the stop goes in.',
  ])('is not seen where nothing is claimed: %s', (text) => { expect(claimedDeed(text)).toBeNull(); });
});
