import type { Clock } from '../../../io/clock.ts';
import { errorMessage } from '../../../outcome/failure.ts';
import type { Decoder } from '../../../text/decode.ts';
import { subscriptions } from '../api/documents.ts';
import {
  deployment,
  deploymentEvent,
  logLines,
  onlyField,
  type WireDeployment,
  type WireEvent,
  type WireLogLine,
} from '../api/wire.ts';
import type { StreamSocket } from './graphql-socket.ts';
import type { OpenSocket } from './open-socket.ts';

export type LogSource = 'build' | 'deploy';

/** Who is told what comes. */
export interface PushSink {
  status(seen: WireDeployment): void;
  event(seen: WireEvent): void;
  /** `reading`: begins anew with what it had told. */
  lines(source: LogSource, reading: unknown, lines: readonly WireLogLine[]): void;
  /** Whether the status is pushed from now on; why not, where it is not. */
  pushing(isPushed: boolean, why?: string): void;
}

export interface PushOptions {
  readonly deploymentId: string;
  readonly open: OpenSocket;
  readonly clock: Clock;
  /** Ends it, and closes the socket. */
  readonly signal: AbortSignal;
  readonly sink: PushSink;
}

/** Sockets that could not be opened, one after the other, before no more are tried. */
const mostRefusals = 8;
/** Streams that ended and are asked for again, a socket. */
const mostRepeats = 5;
const pause = { firstMs: 1_000, factor: 1.5, maxMs: 15_000 };
/** One that stood so long was a good one, milliseconds. */
const goodMs = 30_000;
const lines = { limit: 500 };

/** Status, events and logs of one deployment, pushed over one socket, and over the next when that is lost. Never throws. */
export class DeploymentPush {
  readonly #options: PushOptions;
  readonly #sources = new Set<LogSource>();
  #socket: StreamSocket | undefined;
  constructor(options: PushOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { clock, open, signal, sink } = this.#options;
    let pauseMs = pause.firstMs;
    for (let refusals = 0; !signal.aborted && refusals < mostRefusals; ) {
      const began = clock.monotonic();
      const why = await this.#session(() => open(signal)).catch((error: unknown) => {
        refusals += 1;
        return errorMessage(error);
      });
      if (signal.aborted) return;
      sink.pushing(false, why);
      if (clock.monotonic() - began > goodMs) {
        pauseMs = pause.firstMs;
        refusals = 0;
      }
      await clock.sleep(pauseMs, signal).catch(() => undefined);
      pauseMs = Math.min(pause.maxMs, pauseMs * pause.factor);
    }
  }

  /** From now on the log of this source is told as well. */
  wantLog(source: LogSource): void {
    if (this.#sources.has(source)) return;
    this.#sources.add(source);
    if (this.#socket !== undefined) this.#streamLog(this.#socket, source);
  }

  /** One socket, from its opening to its end: why it ended. */
  async #session(open: () => Promise<StreamSocket>): Promise<string> {
    const { sink } = this.#options;
    const socket = await open();
    this.#socket = socket;
    this.#stream<WireDeployment>(socket, subscriptions.deployment, {
      data: onlyField({ deployment }),
      next: (seen) => {
        sink.pushing(true);
        sink.status(seen);
      },
      ended: (why) => sink.pushing(false, why),
    });
    this.#stream<WireEvent>(socket, subscriptions.deploymentEvents, {
      data: onlyField({ deploymentEvents: deploymentEvent }),
      next: (seen) => sink.event(seen),
    });
    for (const source of this.#sources) this.#streamLog(socket, source);
    const why = await socket.closed;
    this.#socket = undefined;
    return why;
  }

  #streamLog(socket: StreamSocket, source: LogSource): void {
    const document = source === 'build' ? subscriptions.buildLogs : subscriptions.deploymentLogs;
    const data = onlyField({ [source === 'build' ? 'buildLogs' : 'deploymentLogs']: logLines });
    let reading = {};
    this.#stream<readonly WireLogLine[]>(socket, document, {
      data,
      next: (seen) => this.#options.sink.lines(source, reading, seen),
      ended: () => {
        reading = {};
      },
    });
  }

  /** What ends is asked for again, later and later: an end of a stream is no end of what it tells about. */
  #stream<T>(
    socket: StreamSocket,
    document: string,
    stream: {
      readonly data: Decoder<T>;
      next(seen: T): void;
      ended?(why: string): void;
    },
    repeats = 0,
  ): void {
    const { clock, deploymentId, signal } = this.#options;
    const isLog = document === subscriptions.buildLogs || document === subscriptions.deploymentLogs;
    socket.subscribe({
      document,
      variables: { deploymentId, ...(isLog ? lines : {}) },
      next: (data) => stream.next(stream.data(data, 'data')),
      ended: (why) => {
        stream.ended?.(why);
        if (repeats >= mostRepeats) return;
        const again = () => {
          if (this.#socket === socket) this.#stream(socket, document, stream, repeats + 1);
        };
        clock
          .sleep(pause.firstMs * 2 ** repeats, signal)
          .then(again)
          .catch(() => undefined);
      },
    });
  }
}
