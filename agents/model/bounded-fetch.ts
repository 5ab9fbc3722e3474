import { ModelMiss } from './miss.ts';

/** Far above what the token limit allows, each token in an event of its own. */
const mostBytes = 8_000_000;

/**
 * How a provider is reached: where it was configured to be, since what a person said goes nowhere else, and for an answer of a bounded length. One that
 * ignores its limits would otherwise fill the memory before a first line of it can be read. The answer's body fails with a ModelMiss.
 */
export const boundedFetch = (fetchIt: typeof fetch): typeof fetch => async (input, init) => {
  const response = await fetchIt(input, { ...init, redirect: 'error' });
  if (!response.body) return response;
  let bytes = 0;
  const counted = response.body.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) controller.error(new ModelMiss('TOO_LONG'));
      else controller.enqueue(chunk);
    },
  }));
  return new Response(counted, { status: response.status, statusText: response.statusText, headers: response.headers });
};
