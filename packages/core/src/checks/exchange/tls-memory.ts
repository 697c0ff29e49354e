import type { SecureContext, SecureContextOptions } from 'node:tls';
import { lateTls } from '../../io/late-builtins.ts';

/** Of each, so many are remembered. */
const most = 64;

/** What a certificate was found to be good for lasts no longer, milliseconds. */
const mostAgeMs = 5000;

/** Who makes a handshake: one attempt of the check that `owner` stands for. */
export interface Shaker {
  readonly owner: object;
}

/** A handshake in which a certificate was looked at, and all sessions that go back to it. */
interface Proof {
  readonly at: number;
  /** The attempt of each check that relied on it. */
  readonly attempts: Map<object, Shaker>;
}

/** A session that a server lets us resume. */
export interface TlsSession {
  readonly ticket: Buffer;
  readonly proof: Proof;
}

/** What handshakes of one run have in common: whom they trust, read once, and sessions that a server lets us resume. */
export class TlsMemory {
  readonly #contexts = new Map<string, SecureContext>();
  readonly #sessions = new Map<string, TlsSession>();

  contextFor(terms: SecureContextOptions): SecureContext {
    const key = JSON.stringify(terms);
    const known = this.#contexts.get(key);
    if (known !== undefined) return known;
    const context = lateTls().createSecureContext(terms);
    remember(this.#contexts, key, context);
    return context;
  }

  /**
   * `key` names everything that the session was agreed on with. None that goes back to another attempt of the same
   * check: whoever resumes is shown no certificate, and each attempt is to see one that is in place now.
   */
  sessionFor(key: string, attempt: Shaker): TlsSession | undefined {
    const session = this.#sessions.get(key);
    if (session === undefined || performance.now() - session.proof.at > mostAgeMs) return undefined;
    const { attempts } = session.proof;
    const earlier = attempts.get(attempt.owner);
    if (earlier !== undefined && earlier !== attempt) return undefined;
    attempts.set(attempt.owner, attempt);
    return session;
  }

  /** For a new handshake. */
  proofOf(attempt: Shaker): Proof {
    return { at: performance.now(), attempts: new Map([[attempt.owner, attempt]]) };
  }

  /** Only of a handshake whose certificate was found good: a session that is resumed shows none. */
  keep(key: string, session: TlsSession): void {
    this.#sessions.delete(key);
    remember(this.#sessions, key, session);
  }
}

function remember<T>(memory: Map<string, T>, key: string, value: T): void {
  const [oldest] = memory.keys();
  if (memory.size >= most && oldest !== undefined) memory.delete(oldest);
  memory.set(key, value);
}
