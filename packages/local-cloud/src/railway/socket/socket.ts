import { GraphQLError, type GraphQLSchema, parse, subscribe, validate } from 'graphql';
import type { WebSocket } from 'ws';
import { errorJson } from '../graphql/execute.ts';
import { queries } from '../graphql/queries.ts';
import { subscriptions } from '../graphql/subscriptions.ts';
import type { Viewer } from '../graphql/viewer.ts';

/** The subprotocol of https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md. */
export const protocol = 'graphql-transport-ws';

interface Frame {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly payload?: {
    readonly query?: unknown;
    readonly variables?: unknown;
    readonly operationName?: unknown;
  };
}

/** One socket of a client: its operations by their ids. */
export class SubscriptionSocket {
  readonly #socket: WebSocket;
  readonly #viewer: Viewer;
  readonly #schema: GraphQLSchema;
  readonly #running = new Map<string, () => void>();
  #isAcknowledged = false;
  #frames = 0;

  constructor(
    socket: WebSocket,
    { viewer, schema }: { readonly viewer: Viewer; readonly schema: GraphQLSchema },
  ) {
    this.#socket = socket;
    this.#viewer = viewer;
    this.#schema = schema;
    socket.on('message', (data) => void this.#take(readFrame(String(data))));
    socket.on('close', () => this.#stopAll());
    socket.on('error', () => socket.terminate());
  }

  async #take(frame: Frame | undefined): Promise<void> {
    const { type, id } = frame ?? {};
    switch (type) {
      case 'connection_init':
        if (this.#isAcknowledged) return this.#socket.close(4429, 'Too many initialisation requests');
        this.#isAcknowledged = true;
        return this.#send({ type: 'connection_ack' });
      case 'ping':
        return this.#send({ type: 'pong' });
      case 'pong':
        return;
      case 'subscribe':
        if (!this.#isAcknowledged) return this.#socket.close(4401, 'Unauthorized');
        return this.#subscribe(String(id), frame?.payload ?? {});
      case 'complete':
        this.#running.get(String(id))?.();
        this.#running.delete(String(id));
        return;
      default:
        return this.#socket.close(4400, 'Invalid message received');
    }
  }

  async #subscribe(id: string, payload: NonNullable<Frame['payload']>): Promise<void> {
    if (this.#running.has(id)) return this.#socket.close(4409, `Subscriber for ${id} already exists`);
    // Authorisation is in the upgrade: a token of the first frame is acknowledged, and then of no use.
    if (this.#viewer.token === undefined) {
      this.#next(id, { errors: [errorJson(new GraphQLError('Problem processing request'))], data: null });
      return this.#complete(id);
    }
    const stream = await this.#execute(payload);
    if (!(Symbol.asyncIterator in stream)) return this.#send({ id, type: 'error', payload: stream });
    this.#running.set(id, () => void stream.return?.(undefined));
    for await (const result of stream) {
      if (!this.#running.has(id)) return;
      const { data, errors } = result;
      this.#next(id, errors === undefined ? { data } : { errors: errors.map(errorJson), data });
    }
    if (this.#running.delete(id)) this.#complete(id);
  }

  /** A stream of results, or the errors that keep it from being one. */
  async #execute({ query, variables, operationName }: NonNullable<Frame['payload']>) {
    try {
      const document = parse(String(query));
      const invalid = validate(this.#schema, document);
      if (invalid.length > 0) return invalid.map(errorJson);
      const stream = await subscribe({
        schema: this.#schema,
        document,
        rootValue: { ...queries, ...subscriptions },
        contextValue: this.#viewer,
        variableValues: Object(variables ?? {}),
        ...(typeof operationName === 'string' ? { operationName } : {}),
      });
      return Symbol.asyncIterator in stream ? stream : (stream.errors ?? []).map(errorJson);
    } catch (error) {
      if (error instanceof GraphQLError) return [errorJson(error)];
      throw error;
    }
  }

  #next(id: string, payload: object): void {
    this.#send({ id, type: 'next', payload });
    this.#frames += 1;
    if (this.#frames >= this.#viewer.world.doors.switches.socketFrames) this.#socket.terminate();
  }

  #complete(id: string): void {
    this.#send({ id, type: 'complete' });
  }

  #send(frame: { readonly type: string; readonly [field: string]: unknown }): void {
    const { socketSpeaks: manner } = this.#viewer.world.doors.switches;
    const isAck = frame.type === 'connection_ack';
    if (manner === 'mute' || (manner === 'silent' && !isAck)) return;
    const text = JSON.stringify(frame);
    const isWhole = manner !== 'garbage' || isAck;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(isWhole ? text : text.slice(0, -2));
  }

  #stopAll(): void {
    for (const stop of this.#running.values()) stop();
    this.#running.clear();
  }
}

function readFrame(text: string): Frame | undefined {
  try {
    return Object(JSON.parse(text));
  } catch {
    return undefined;
  }
}
