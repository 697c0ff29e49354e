import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { lateHttp2 } from '../../io/late-builtins.ts';

/** A session over a connection that stands. What is pushed is asked for by nobody. */
export function sessionOver(authority: string, socket: Socket): ClientHttp2Session {
  return lateHttp2().connect(authority, { createConnection: () => socket, settings: { enablePush: false } });
}

/** Holds a session's native part for as long as there is the stream's. */
const sessions = new FinalizationRegistry<object>(() => {});

/**
 * Lets a session be thrown away after its stream only. Node aborts the whole process where the collector takes the
 * session first while the stream still holds headers that were never announced, as of a block that breaks off or names
 * no status (nodejs/node#35233): a server could do that to us. Where Node keeps these parts elsewhere, nothing happens.
 */
export function outlivedBySession(stream: ClientHttp2Stream, session: ClientHttp2Session): void {
  const [ofStream, ofSession] = [nativePart(stream), nativePart(session)];
  if (ofStream !== undefined && ofSession !== undefined) sessions.register(ofStream, ofSession);
}

function nativePart(owner: object): object | undefined {
  const key = Object.getOwnPropertySymbols(owner).find(({ description }) => description === 'kHandle');
  const part: unknown = key === undefined ? undefined : Reflect.get(owner, key);
  return typeof part === 'object' && part !== null ? part : undefined;
}
