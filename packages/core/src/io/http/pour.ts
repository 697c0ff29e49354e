import type { ClientRequest } from 'node:http';
import { setImmediate as breath } from 'node:timers/promises';

/** A body that is made while it is sent. */
export interface Poured {
  readonly body: AsyncIterable<Uint8Array>;
  /** Its length, where it was announced. */
  readonly bytes?: number | undefined;
  readonly onProgress?: ((sentBytes: number) => void) | undefined;
}

/** Handed to the connection at once: what a slow line takes in a few seconds, so that progress is seen on it. */
const portionBytes = 65_536;

/**
 * Puts a body into a request, each portion when the connection has taken the one before, and ends the request. Stops at
 * once when `enough` aborts, whatever the body is doing. Rejects with what the body throws; that a connection is lost
 * is for the request's own events to say.
 */
export async function pour(
  request: ClientRequest,
  { body, bytes, onProgress }: Poured,
  enough: AbortSignal,
): Promise<void> {
  const iterator = body[Symbol.asyncIterator]();
  let sent = 0;
  try {
    for (;;) {
      const step = await unless(enough, iterator.next());
      if (step === undefined) return;
      if (step.done === true) break;
      for (const portion of portionsOf(step.value)) {
        if (bytes !== undefined && sent + portion.length > bytes) throw notAsAnnounced(bytes, 'more');
        if ((await unless(enough, taken(request, portion, enough))) === undefined) return;
        sent += portion.length;
        onProgress?.(sent);
      }
    }
    if (bytes !== undefined && sent < bytes) throw notAsAnnounced(bytes, `${sent}`);
    request.end();
  } finally {
    // Not awaited: a body that is busy ends when it is done with what it does.
    iterator.return?.()?.catch(() => {});
  }
}

function* portionsOf(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += portionBytes) yield chunk.subarray(at, at + portionBytes);
}

/**
 * Waits until a portion is with the operating system. One that cannot be is waited for no more: `enough` comes.
 *
 * Node ends a connection at the first write that fails, with everything on it that was not read yet: so what a server
 * said before it hung up has to be read before the next write. Sockets are read between two turns of the event loop.
 */
async function taken(request: ClientRequest, portion: Uint8Array, enough: AbortSignal): Promise<unknown> {
  await breath();
  if (enough.aborted) return undefined;
  return new Promise((resolve) => {
    request.write(portion, (error) => {
      if (error === null || error === undefined) resolve(portion);
    });
  });
}

/**
 * What a promise comes to, or undefined once a signal aborts. No race: a promise that never settles holds on to
 * everything that ever won against it, here the whole body.
 */
function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function notAsAnnounced(bytes: number, came: string): Error {
  return new Error(`a body of ${bytes} bytes was announced, and ${came} came`);
}
