import type { SymbolRecord } from '../../desk/market/types.ts';
import type { Instant } from '../../desk/time.ts';
import type { StreamSource } from './stream-define.ts';
import { readUpstoxFrame } from './upstox-frames.ts';

const API = 'https://api.upstox.com';

/** How Upstox names a symbol of the NSE: a share by its ISIN, an index by its name. Null where the list of shares does not say the ISIN. */
export const upstoxKey = ({ kind, isin, name }: Pick<SymbolRecord, 'kind' | 'isin' | 'name'>): string | null => (kind === 'INDEX' ? `NSE_INDEX|${name}` : isin ? `NSE_EQ|${isin}` : null);

/**
 * Upstox's market data feed, version 3, full mode: an address that serves once is asked for with the token; the subscription goes out as bytes and
 * frames come back in protobuf (`MarketDataFeedV3.proto`).
 */
export function upstoxStream({ token, symbols, expects, api = API, fetchFrom = fetch }: { token: string; symbols: readonly Pick<SymbolRecord, 'symbol' | 'kind' | 'isin' | 'name'>[]; expects(now: Instant): boolean; api?: string; fetchFrom?: typeof fetch }): StreamSource {
  const byKey = new Map(symbols.flatMap((record): [string, string][] => { const key = upstoxKey(record); return key === null ? [] : [[key, record.symbol]]; }));
  return {
    name: 'upstox_stream', storesMinutes: true, expects,
    async address() {
      if (byKey.size === 0) throw new Error('None of STREAM_SYMBOLS has an ISIN in the list of shares; import EQUITY_L.');
      const answer = await fetchFrom(`${api}/v3/feed/market-data-feed/authorize`, { headers: { authorization: `Bearer ${token}`, accept: 'application/json' }, signal: AbortSignal.timeout(15_000) });
      if (!answer.ok) throw new Error(`Upstox answers ${answer.status} to the request for a stream${answer.status === 401 ? ': the access token has expired or is wrong' : ''}.`);
      const { data } = (await answer.json()) as { data?: { authorized_redirect_uri?: unknown; authorizedRedirectUri?: unknown } };
      const address = data?.authorized_redirect_uri ?? data?.authorizedRedirectUri;
      if (typeof address !== 'string' || !/^wss?:\/\//.test(address)) throw new Error('Upstox names no address for the stream.');
      return address;
    },
    talk: () => ({
      open: () => [new TextEncoder().encode(JSON.stringify({ guid: 'parapet', method: 'sub', data: { mode: 'full', instrumentKeys: [...byKey.keys()] } }))],
      hear(message) {
        if (typeof message === 'string') return { unreadable: 'Upstox sent text where a frame was due.' };
        const facts = readUpstoxFrame(message);
        if ('reason' in facts) return { unreadable: facts.reason };
        const named = <T extends { key: string }>(rows: readonly T[]): (T & { symbol: string })[] => rows.flatMap((row) => { const symbol = byKey.get(row.key); return symbol === undefined ? [] : [{ ...row, symbol }]; });
        return {
          ready: true,
          ticks: named(facts.quotes).map(({ symbol, quote }) => ({ symbol, at: quote.at, last: quote.last, bid: quote.bid, ask: quote.ask, bidSize: quote.bidSize, askSize: quote.askSize, volume: quote.volume })),
          minutes: named(facts.minutes).map(({ symbol, bar }) => ({ symbol, ...bar })),
        };
      },
    }),
  };
}
