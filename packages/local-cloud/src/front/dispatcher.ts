import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { CloudClock } from '../clock.ts';
import { type Delivery, deliveryInstead, deliveryOf, takesAnswer } from '../faults/delivery.ts';
import type { Fault } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import type { Journal } from '../journal.ts';
import { isMutation, isSafe, operationName } from '../mutation.ts';
import type { RequestHead, Service, ServiceAnswer, ServiceRequest, UpgradedClient } from '../service.ts';
import { deliver, refusal, statusOf } from './answer.ts';
import { askApp, joinApp, unservedAnswer, wholeAnswer } from './app-proxy.ts';
import type { Caches } from './caches.ts';
import { parseAuthority } from './hosts.ts';
import { type AppTraffic, type Router, unknownRoute } from './router.ts';
import type { Tunnels } from './tunnels.ts';

export interface DispatcherParts {
  readonly router: Router;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly clock: CloudClock;
  readonly tunnels: Tunnels;
  readonly caches: Caches;
}

/** One request on its way: opened in the journal under `seq`, not yet answered. */
interface Exchange {
  readonly incoming: IncomingMessage;
  readonly head: RequestHead;
  readonly seq: number;
}

type ApiUpgrade = NonNullable<ReturnType<Router['upgradeFor']>>;

/** Takes each decrypted request through journal and faults to the service that claims its host. */
export class Dispatcher {
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  async dispatch(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { journal, tunnels } = this.#parts;
    const started = performance.now();
    const exchange = this.#open(incoming, response);
    const delivery = await this.#deliveryFor(exchange).catch((thrown) => this.#failed(exchange, thrown));
    // Before the first byte: whoever has the answer finds it in the journal.
    journal.note(exchange.seq, { status: statusOf(delivery), ms: performance.now() - started });
    await deliver(delivery, response, tunnels).catch((thrown) => {
      this.#failed(exchange, thrown);
      response.destroy();
    });
  }

  /** An upgrade goes to an application, past the faults, or to an API that takes it. */
  async upgrade(incoming: IncomingMessage, client: Duplex): Promise<void> {
    const { journal, router } = this.#parts;
    client.on('error', () => client.destroy());
    const exchange = this.#open(incoming, client);
    const { head, seq } = exchange;
    const answered = (status: number) => journal.note(seq, { status });
    const app = await router.appFor(head).catch((thrown) => void this.#failed(exchange, thrown));
    if (app?.upstream.kind === 'app') {
      journal.note(seq, { service: app.service.name, route: 'app' });
      const { port } = app.upstream;
      return joinApp({ port, head }, client, answered);
    }
    const api = app === undefined ? router.upgradeFor(head) : undefined;
    if (api === undefined) {
      const answer = app === undefined ? unknownRoute(head) : unservedAnswer(app.upstream);
      journal.note(seq, { status: answer.status, unknown: app === undefined });
      client.end(refusal(answer));
      return;
    }
    await this.#upgradeApi(exchange, api, { incoming, client, answered }).catch((thrown) => {
      this.#failed(exchange, thrown);
      client.destroy();
    });
  }

  /** Faults that come in place of an answer strike an upgrade; those that change an answer have none to change. */
  async #upgradeApi({ head, seq }: Exchange, api: ApiUpgrade, connection: UpgradedClient): Promise<void> {
    const { service, route } = api;
    this.#parts.journal.note(seq, { service: service.name, route });
    const fault = this.#strike(seq, service, route);
    const instead = await this.#instead(fault, head.signal);
    if (instead?.kind === 'answer') {
      connection.answered(instead.answer.status);
      connection.client.end(refusal(instead.answer));
    } else if (instead?.kind === 'reset') this.#parts.tunnels.reset(connection.incoming.socket);
    else if (instead === undefined) {
      if (takesAnswer(fault)) throw new Error(`fault ${fault?.kind}: an upgrade has no answer to change`);
      await service.upgrade?.(head, connection);
    }
  }

  #open(incoming: IncomingMessage, client: ServerResponse | Duplex): Exchange {
    const gone = new AbortController();
    client.once('close', () => gone.abort());
    const { method = '', url: path = '/', headers } = incoming;
    // A target or host that makes no URL belongs to no service, and is answered 421 like any such host.
    const url =
      URL.parse(`https://${parseAuthority(headers.host ?? '').host}${path}`) ?? new URL('https://invalid/');
    const { hostname: host } = url;
    const at = this.#parts.clock.now();
    const seq = this.#parts.journal.open({ at, host, method, path, headers });
    return { incoming, seq, head: { host, method, url, headers, signal: gone.signal } };
  }

  async #deliveryFor(exchange: Exchange): Promise<Delivery> {
    const app = await this.#parts.router.appFor(exchange.head);
    if (app !== undefined) return this.#fromApp(exchange, app);
    const request = { ...exchange.head, body: await buffer(exchange.incoming) };
    const service = this.#parts.router.serviceFor(request);
    if (service !== undefined) return this.#fromService(exchange.seq, service, request);
    return answered({ status: 421, body: { error: `local cloud: no service claims ${request.host}` } });
  }

  async #fromService(seq: number, service: Service, request: ServiceRequest): Promise<Delivery> {
    const { journal } = this.#parts;
    const route = service.route(request);
    const mutation = service.isMutation?.(request) ?? isMutation(request);
    journal.note(seq, { service: service.name, route: route ?? null, mutation, body: request.body });
    const fault = this.#strike(seq, service, route, operationName(request));
    const instead = await this.#instead(fault, request.signal);
    if (instead !== undefined) return instead;
    const answer = await service.handle(request);
    if (answer?.unknown ?? answer === undefined) journal.note(seq, { unknown: true });
    return answer === undefined
      ? answered(unknownRoute(request))
      : deliveryOf(answer, fault, { mutators: service.mutators, request });
  }

  #fromApp(exchange: Exchange, app: AppTraffic): Promise<Delivery> {
    const { head, seq } = exchange;
    const mutation = !isSafe(head.method);
    this.#parts.journal.note(seq, { service: app.service.name, route: 'app', mutation });
    return this.#parts.caches.through(head, () => this.#askApp(exchange, app));
  }

  async #askApp({ seq, head, incoming }: Exchange, { service, upstream }: AppTraffic): Promise<Delivery> {
    const fault = this.#strike(seq, service, 'app');
    const instead = await this.#instead(fault, head.signal);
    if (instead !== undefined) return instead;
    if (upstream.kind !== 'app') return answered(unservedAnswer(upstream));
    const from = await askApp(upstream.port, head, incoming);
    if (from === undefined) return answered(unservedAnswer(upstream));
    if (takesAnswer(fault)) {
      const request = { ...head, body: Buffer.alloc(0) };
      return deliveryOf(await wholeAnswer(from), fault, { mutators: service.mutators, request });
    }
    return { kind: 'stream', from };
  }

  #strike(seq: number, service: Service, route: string | undefined, operation?: string): Fault | undefined {
    if (route === undefined) return undefined;
    const fault = this.#parts.faults.strike({ service: service.name, route, operation });
    if (fault !== undefined) this.#parts.journal.note(seq, { fault: fault.kind });
    return fault;
  }

  async #instead(fault: Fault | undefined, gone: AbortSignal): Promise<Delivery | undefined> {
    const { clock } = this.#parts;
    if (fault?.kind === 'delay') await clock.until(clock.now() + fault.ms, fault.accepted ? undefined : gone);
    return deliveryInstead(fault);
  }

  #failed({ seq, head, incoming }: Exchange, thrown: unknown): Delivery {
    // The client left, perhaps in the middle of its own body.
    if (head.signal.aborted || incoming.errored !== null) return { kind: 'reset' };
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    this.#parts.journal.note(seq, { error });
    return answered({ status: 500, body: { error: `local cloud: ${error}` } });
  }
}

function answered(answer: ServiceAnswer): Delivery {
  return { kind: 'answer', answer };
}
