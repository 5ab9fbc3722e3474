import type { ReadTool } from '../../../channels/web/live-reads.ts';

/** A desk whose tools know nothing: what is read is refused in words, as it is for somebody without rights. */
export const scriptedReads: ReadTool = ({ tool }) =>
  Promise.resolve({ ok: false, error: { code: 'NOT_ALLOWED', message: `You may not see ${tool} here.` } });
