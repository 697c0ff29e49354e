import { Readable } from 'node:stream';
import type { RequestHead, Service, ServiceAnswer, ServiceRequest, Upstream } from '../service.ts';
import { askApp, unservedAnswer, wholeAnswer } from './app-proxy.ts';
import { claims } from './hosts.ts';

export interface AppTraffic {
  readonly service: Service;
  readonly upstream: Upstream;
}

/** Which service a request belongs to. */
export class Router {
  readonly #services: readonly Service[];

  constructor(services: readonly Service[]) {
    this.#services = services;
  }

  isClaimed(host: string): boolean {
    return this.#claimants(host).length > 0;
  }

  /** The application a request goes to, where its host is one. */
  async appFor(head: RequestHead): Promise<AppTraffic | undefined> {
    for (const service of this.#claimants(head.host)) {
      const upstream = await service.proxyTo?.(head);
      if (upstream !== undefined) return { service, upstream };
    }
    return undefined;
  }

  /** The first service that knows the route, else the first that claims the host. */
  serviceFor(request: ServiceRequest): Service | undefined {
    const claimants = this.#claimants(request.host);
    return claimants.find((service) => service.route(request) !== undefined) ?? claimants[0];
  }

  /** The service that takes an upgrade itself, and what it calls it. */
  upgradeFor(head: RequestHead): { readonly service: Service; readonly route: string } | undefined {
    for (const service of this.#claimants(head.host)) {
      const route = service.upgradeRoute?.(head);
      if (route !== undefined) return { service, route };
    }
    return undefined;
  }

  /** What a request would be answered, past journal and faults. */
  async answer(request: ServiceRequest): Promise<ServiceAnswer> {
    const app = await this.appFor(request);
    if (app === undefined) return (await this.serviceFor(request)?.handle(request)) ?? unknownRoute(request);
    if (app.upstream.kind !== 'app') return unservedAnswer(app.upstream);
    const body = Readable.from(request.body.length === 0 ? [] : [request.body]);
    const answer = await askApp(app.upstream.port, request, body);
    return answer === undefined ? unservedAnswer(app.upstream) : wholeAnswer(answer);
  }

  #claimants(host: string): readonly Service[] {
    return this.#services.filter((service) => service.hosts.some((pattern) => claims(pattern, host)));
  }
}

export function unknownRoute({ method, url }: RequestHead): ServiceAnswer {
  return { status: 501, body: { error: `local cloud: no route for ${method} ${url.origin}${url.pathname}` } };
}
