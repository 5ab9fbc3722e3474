import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../desk/time.ts';
import { createLog, type LogOptions } from '../../ops/log.ts';

const now = () => instant('2024-06-03T03:45:00Z');
function logged(options: LogOptions = {}): { lines: string[]; log: ReturnType<typeof createLog>; last: () => Record<string, unknown> } {
  const lines: string[] = [];
  const log = createLog({ now, write: (line) => lines.push(line), ...options });
  return { lines, log, last: () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown> };
}

describe('the log', () => {
  it('writes one JSON object a line, with time, level and message first', () => {
    const { lines, log } = logged();
    log.info('desk started', { port: 3000 });
    expect(lines).toEqual(['{"time":"2024-06-03T03:45:00.000Z","level":"info","message":"desk started","port":3000}']);
  });

  it('leaves out what is less severe than its level', () => {
    const { lines, log } = logged({ level: 'warn' });
    log.debug('a'); log.info('b'); log.warn('c'); log.error('d');
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['c', 'd']);
  });

  it('keeps a text with line ends on one line, so that nobody can write a line of their own', () => {
    const { lines, log } = logged();
    log.info('filing\n{"level":"info","message":"approved"}', { title: 'a\r\nb' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/[\r\n]/);
  });

  it('hides secrets by the name of their field, by their value and inside addresses', () => {
    const { lines, log } = logged({ secrets: ['sk-abcdef123456'] });
    log.error('call with sk-abcdef123456 failed', {
      apiKey: 'k1', nested: { Authorization: 'Bearer zzz', password: 'p', credentials: { user: 'u' } },
      url: 'postgres://desk:hunter22@db/desk', header: 'Bearer abc.def', tokens: 120, list: ['x sk-abcdef123456 y'],
    });
    const line = lines.join();
    for (const secret of ['sk-abcdef', 'k1', 'zzz', '"p"', '"u"', 'hunter22', 'abc.def']) expect(line).not.toContain(secret);
    expect(line).toContain('"tokens":120');
    expect(line).toContain('postgres://desk:[redacted]@db/desk');
  });

  it('tells an error with its name, message, code, stack and cause', () => {
    const { log, last } = logged();
    log.error('failed', { error: Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'E1' }) });
    expect(last().error).toMatchObject({ name: 'Error', message: 'outer', code: 'E1', stack: expect.stringContaining('outer'), cause: { name: 'TypeError', message: 'inner' } });
  });

  it('does not let a field stand in for time, level or message', () => {
    const { log, last } = logged();
    log.warn('real', { level: 'debug', message: 'false', time: 'never' });
    expect(last()).toMatchObject({ level: 'warn', message: 'real', time: '2024-06-03T03:45:00.000Z' });
  });

  it('carries common fields on every line of a child', () => {
    const { log, last } = logged();
    log.with({ feed: 'sim' }).with({ run: 2 }).info('x', { rows: 3 });
    expect(last()).toMatchObject({ feed: 'sim', run: 2, rows: 3 });
  });

  it('never throws, whatever it is given', () => {
    const circular: Record<string, unknown> = {}; circular.self = circular;
    const { log, lines } = logged();
    log.info('odd', { circular, big: 10n, missing: undefined, map: new Map([['a', 1]]), bytes: new Uint8Array(3), run: () => 1, nan: Number.NaN, bad: new Date(Number.NaN) });
    log.info('worse', { get broken() { throw new Error('no'); } });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ circular: { self: '[circular]' }, big: '10', map: { a: 1 }, bytes: '[3 bytes]', run: '[function]', nan: 'NaN' });
    expect(lines[1]).toContain('unloggable');
    expect(() => createLog({ now, write: () => { throw new Error('closed'); } }).error('x')).not.toThrow();
    fc.assert(fc.property(fc.string(), fc.dictionary(fc.string(), fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true })), (message, fields) => {
      log.info(message, fields);
      expect(JSON.parse(lines.at(-1) ?? '')).toHaveProperty('message', message);
    }));
  });

  it('cuts a very long text short and says so', () => {
    const { log, last } = logged();
    log.info('filing', { body: 'x'.repeat(100_000) });
    expect(String(last().body)).toMatch(/… \(100000 characters\)$/);
  });
});
