/** What a terminal obeys, and what turns the direction of writing; the ends of lines and tabs stay. */
const obeyed = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n|$)/g;
const escaped = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A line for standard output or standard error. A file's name, a quarantined row or a company may hold anything: in text such marks become
 * blanks, in JSON they are escaped, so that a program reads what there was.
 */
export function terminalLine(line: string): string {
  if (line.search(obeyed) === -1) return line;
  return /^[[{"]/.test(line) && isJson(line) ? line.replace(obeyed, escaped) : line.replace(obeyed, ' ');
}

function isJson(line: string): boolean {
  try { JSON.parse(line); return true; } catch { return false; }
}
