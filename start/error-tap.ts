/** Lets what is logged as an error be heard, beside being written. */
export function createErrorTap(write: (line: string) => void): { write: (line: string) => void; listen: (listener: (message: string, detail: string) => void) => void } {
  let hear: ((message: string, detail: string) => void) | null = null;
  return {
    write(line) {
      write(line);
      if (!hear || !line.includes('"level":"error"')) return;
      try {
        const { message, error } = JSON.parse(line) as { message?: unknown; error?: unknown };
        if (typeof message === 'string') hear(message, typeof error === 'string' ? (error.split('\n')[0] ?? '').slice(0, 300) : 'The log has the details.');
      } catch { /* a line that is not JSON is nobody's alert */ }
    },
    listen(listener) { hear = listener; },
  };
}
