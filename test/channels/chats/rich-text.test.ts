import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, italic, type Line, line, plainText, pre, splitLines } from '../../../channels/chats/rich-text.ts';
import { telegramHtml } from '../../../channels/telegram/markup.ts';
import { readTelegramHtml } from '../../helpers/telegram-server.ts';

const nasty = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.stringMatching(/^[<>&;#a-z0-9"'_*`[\]()~|{}=+.!\\-]{0,60}$/), fc.constantFrom('&amp;', '<b>', '</pre>', '&#x3c;', '<script>', '&&lt', '😀'.repeat(20), 'https://example.com/?a=1&b=<2>'));
const oneLine = nasty.map((text) => text.replaceAll(/[\n\r\u2028\u2029]/g, ' '));
const anyLine: fc.Arbitrary<Line> = fc.oneof(oneLine.map((text) => line(text)), fc.tuple(oneLine, oneLine, oneLine).map(([a, b, c]) => line(a, bold(b), italic(c))), oneLine.map(pre));
const lines = fc.array(anyLine, { maxLength: 30 });

describe('Telegram markup', () => {
  it('is read by Telegram as exactly the text that was meant, whatever the text', () => {
    fc.assert(fc.property(lines, (some) => { expect(readTelegramHtml(telegramHtml(some))).toBe(plainText(some)); }), { numRuns: 500 });
  });
});

describe('splitting', () => {
  it('loses nothing, keeps the order, and makes no message too long', () => {
    fc.assert(fc.property(lines, fc.integer({ min: 2, max: 200 }), (some, most) => {
      const parts = splitLines(some, most);
      for (const part of parts) expect(plainText(part).length).toBeLessThanOrEqual(most);
      const squeezed = (text: string): string => text.replaceAll('\n', '');
      expect(squeezed(parts.map(plainText).join(''))).toBe(squeezed(plainText(some)));
    }), { numRuns: 500 });
  });

  it('never cuts through a character of two units', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 9 }), (most) => {
      for (const part of splitLines([line('😀'.repeat(50))], most)) expect(plainText(part)).toMatch(/^(😀)+$/u);
    }));
  });

  it('cuts between paragraphs where it can', () => {
    const paragraph = [line('a'.repeat(30)), line('b'.repeat(30)), line('')];
    const parts = splitLines([...paragraph, ...paragraph, ...paragraph], 100);
    expect(parts.every((part) => plainText(part).startsWith('a'))).toBe(true);
  });
});
