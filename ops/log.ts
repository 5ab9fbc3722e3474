import type { Clock } from '../desk/time.ts';
import { wallClock } from './clock.ts';
import { redactor } from './redact.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFields = Readonly<Record<string, unknown>>;

/** One JSON object a line: `time`, `level`, `message`, then the fields. Logging never throws. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log with fields that every line of it carries. */
  with(fields: LogFields): Log;
}

export interface LogOptions {
  level?: LogLevel;
  /** Values that may not appear, whatever field or sentence they are in. */
  secrets?: readonly string[];
  now?: Clock;
  /** Takes one line without its line end; standard error unless told otherwise, since standard output carries results. */
  write?: (line: string) => void;
}

export function createLog({ level = 'info', secrets = [], now = wallClock(), write = (line) => process.stderr.write(`${line}\n`) }: LogOptions = {}): Log {
  const least = LOG_LEVELS.indexOf(level);
  const redact = redactor(secrets);
  const build = (common: LogFields): Log => {
    const at = (each: LogLevel) => (message: string, fields: LogFields = {}): void => {
      if (LOG_LEVELS.indexOf(each) < least) return;
      const head = { time: now(), level: each, message: redact(message) };
      try {
        write(JSON.stringify({ ...head, ...(redact({ ...common, ...fields }) as object), ...head }));
      } catch (error) {
        // A getter that throws, a closed pipe: the message matters more than its fields, and the desk more than both.
        try { write(JSON.stringify({ ...head, unloggable: String(error) })); } catch { /* nobody is listening any more */ }
      }
    };
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), with: (fields) => build({ ...common, ...fields }) };
  };
  return build({});
}
