import { expect, it } from 'vitest';
import { terminalLine } from '../../../channels/terminal/terminal-line.ts';
import { renderEvent } from '../../../channels/terminal/render.ts';

it('shows what a terminal would obey, and what turns the direction of writing, as blanks', () => {
  const hostile = 'TCS \u001b[2J\u001b]0;x\u0007\u009b31m \u202e3 drac';
  const lines = [
    ...renderEvent({ type: 'reply', text: `${hostile}\nsecond line`, evidence: [], figures: [] } as never),
    ...renderEvent({ type: 'table', title: hostile, columns: [{ key: 'a', title: hostile }], rows: [{ a: hostile }] } as never), ...renderEvent({ type: 'error', message: hostile } as never),
  ];
  expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(lines.filter((line) => line.startsWith('TCS'))).toHaveLength(5);
  expect(lines).toContain('second line');
});

it('writes a file’s name or a refused row without what a terminal would obey, and JSON so that it reads as before', () => {
  const hostile = '\u001b[31mred\u202egpj.csv\u009b2J';
  expect(terminalLine(`${hostile}:2 SYMBOL is not a symbol.\roverwritten`)).toBe(' [31mred gpj.csv 2J:2 SYMBOL is not a symbol. overwritten');
  const json = JSON.stringify({ file: hostile });
  expect(terminalLine(json)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(JSON.parse(terminalLine(json))).toEqual({ file: hostile });
  expect(terminalLine('a,b\tc\r\nd,e\r\n')).toBe('a,b\tc\r\nd,e\r\n');
});
