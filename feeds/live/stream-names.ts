/** Sources that tell by themselves; the names under which `LIVE_FEEDS` switches them on. */
export const streamNames = ['upstox_stream', 'alpaca_stream'] as const;
export const isStream = (feed: string): boolean => (streamNames as readonly string[]).includes(feed);
