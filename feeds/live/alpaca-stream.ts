import { type Instant, instant } from '../../desk/time.ts';
import type { Heard, StreamSource, Tick } from './stream-define.ts';

/** The free feed of one exchange; the consolidated one is `sip`. */
const STREAM = 'wss://stream.data.alpaca.markets/v2/iex';

type Message = Record<string, unknown>;
const amount = (value: unknown, least = 0): number | null => (typeof value === 'number' && Number.isFinite(value) && value > least ? value : null);

/** Alpaca's stock stream, version 2: it greets, is told the keys, is told the symbols, confirms them, then sends lists of quotes (`q`), trades (`t`) and errors. */
export function alpacaStream({ keyId, secretKey, symbols, expects, address = STREAM }: { keyId: string; secretKey: string; symbols: readonly string[]; expects(now: Instant): boolean; address?: string }): StreamSource {
  const wanted = new Set(symbols);
  const tickOf = ({ T, S, t, p, bp, ap, bs, as }: Message): Tick | null => {
    const ms = typeof t === 'string' ? Date.parse(t) : Number.NaN;
    if (typeof S !== 'string' || !wanted.has(S) || !Number.isFinite(ms)) return null;
    const tick: Tick = T === 't' ? { symbol: S, at: instant(ms), last: amount(p), bid: null, ask: null, bidSize: null, askSize: null, volume: null } : { symbol: S, at: instant(ms), last: null, bid: amount(bp), ask: amount(ap), bidSize: amount(bs, -1), askSize: amount(as, -1), volume: null };
    return tick.last === null && (tick.bid === null || tick.ask === null || tick.bid > tick.ask) ? null : tick;
  };
  const readOne = (message: Message, into: { ticks: Tick[]; send: string[]; ready: boolean; fault?: string; strange: number }): void => {
    switch (message.T) {
      case 'success':
        if (message.msg === 'connected') into.send.push(JSON.stringify({ action: 'auth', key: keyId, secret: secretKey }));
        else if (message.msg === 'authenticated') into.send.push(JSON.stringify({ action: 'subscribe', quotes: [...wanted], trades: [...wanted] }));
        return;
      case 'subscription': into.ready = true; return;
      case 'error': into.fault = `Alpaca says: ${String(message.msg).slice(0, 120)} (${String(message.code).slice(0, 10)}).`; return;
      case 'q': case 't': {
        const tick = tickOf(message);
        if (tick) into.ticks.push(tick); else into.strange += 1;
        return;
      }
      // Bars, corrections and statuses, which nobody asked for, are not read.
      default: if (typeof message.T !== 'string') into.strange += 1;
    }
  };
  return {
    name: 'alpaca_stream', storesMinutes: false, expects, address: async () => address,
    talk: () => ({
      open: () => [],
      hear(bytes): Heard {
        let list: unknown;
        try { list = JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)); } catch { return { unreadable: 'Alpaca sent something that is no JSON.' }; }
        if (!Array.isArray(list)) return { unreadable: 'Alpaca sent something that is no list.' };
        const into = { ticks: [] as Tick[], send: [] as string[], ready: false, strange: 0 } as Parameters<typeof readOne>[1];
        for (const message of list as unknown[]) if (message !== null && typeof message === 'object') readOne(message as Message, into); else into.strange += 1;
        const { ticks, send, ready, fault, strange } = into;
        if (strange > 0 && ticks.length === 0 && send.length === 0 && !ready && fault === undefined) return { unreadable: 'Alpaca sent nothing that can be read.' };
        return { ticks, send, ready, ...(fault === undefined ? {} : { fault }) };
      },
    }),
  };
}
