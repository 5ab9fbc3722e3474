import type { CardStory, Evidence, StoredEvent, ThreadSummary } from '../../conversation-service.ts';

/** What the server refused, with its sentence for the person. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
  static isInstance(thrown: unknown): thrown is RequestRefused {
    return thrown instanceof RequestRefused;
  }
}
async function requested<T>(path: string, method: 'GET' | 'POST' = 'GET'): Promise<T> {
  const response = await fetch(path, { method, credentials: 'same-origin', headers: { accept: 'application/json' } });
  if (response.ok) return (await response.json()) as T;
  const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new RequestRefused(response.status, body?.error?.message ?? `The desk answered ${response.status}.`);
}

export const readThreads = (): Promise<ThreadSummary[]> => requested('/api/threads');
export const openThread = (): Promise<{ threadId: string }> => requested('/api/threads', 'POST');
export const readHistory = (threadId: string, input: { limit: number; beforeSequence?: number }): Promise<StoredEvent[]> =>
  requested(
    `/api/threads/${encodeURIComponent(threadId)}/history?limit=${input.limit}${input.beforeSequence === undefined ? '' : `&beforeSequence=${input.beforeSequence}`}`,
  );
export const readStory = (actionId: string): Promise<CardStory> => requested(`/api/actions/${encodeURIComponent(actionId)}/story`);
export const readEvidence = (ref: string): Promise<Evidence> => requested(`/api/evidence/${encodeURIComponent(ref)}`);
export const signOut = (): Promise<Response> => fetch('/signout', { method: 'POST', credentials: 'same-origin' });
