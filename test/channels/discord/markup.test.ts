import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, line, pre } from '../../../channels/chats/rich-text.ts';
import { discordMarkdown, escapeMarkdown } from '../../../channels/discord/markup.ts';
import { discordCan } from '../../../channels/discord/channel.ts';
import { lineOf } from '../../../channels/discord/commands.ts';

const nasty = fc.oneof(fc.string({ maxLength: 80 }), fc.stringMatching(/^[\\*_~`|>#[\]()<@:a-z0-9 .-]{0,80}$/), fc.constantFrom('@everyone', '<@123>', '<#1>', '||spoiler||', '[x](https://example.com)', '# title', '1. one', '> quote', '```js', '-# small'));

describe('Discord markup', () => {
  it('leaves no character of a text with a meaning of its own, and no mention', () => {
    fc.assert(fc.property(nasty, (text) => {
      const escaped = escapeMarkdown(text);
      const naked = escaped.replaceAll(/\\[^A-Za-z0-9\s]/g, '');
      expect(naked).not.toMatch(/[\\*_~`|>#[\]()<@:]/);
      expect(escaped.replaceAll(/\\([^A-Za-z0-9\s])/g, '$1')).toBe(text);
    }), { numRuns: 1000 });
  });

  it('lets nothing inside a block end it', () => {
    const shown = discordMarkdown([line(bold('Table')), pre('a ``` b'), pre('c')]);
    expect(shown.match(/```/g)).toHaveLength(2);
  });

  it('fits into a message even where every character is escaped', () => {
    expect(discordMarkdown([line('*'.repeat(discordCan.textUnits))]).length).toBeLessThanOrEqual(2000);
  });
});

describe('a command’s line', () => {
  it('says the options in the desk’s order', () => {
    expect(lineOf('buy', { quantity: '10', symbol: 'TCS', price: '3900', stop: '3800', account: 'SIP' })).toBe('/buy 10 TCS @3900 stop 3800 SIP');
    expect(lineOf('kill', { reason: 'wrong prices', account: 'SIP' })).toBe('/kill SIP wrong prices');
  });

  it('never becomes more than one line, whatever is typed into an option', () => {
    expect(lineOf('watch', { symbol: 'TCS\n/kill now' })).toBe('/watch TCS /kill now');
  });
});
