import type { Service, ServiceAnswer, ServiceRequest, Upstream } from '#local-cloud';

const routeNames: Readonly<Record<string, string>> = {
  'POST /effects': 'effects.create',
  'GET /effects': 'effects.read',
  'DELETE /effects': 'effects.delete',
  'POST /graphql': 'graphql.any',
  'GET /throws': 'throws',
  'GET /plain': 'plain',
};

/** A trivial API at api.echo.test with one effect to count, and applications under *.apps.echo.test. */
export class EchoService implements Service {
  readonly name = 'echo';
  readonly hosts = ['api.echo.test', '*.apps.echo.test'];
  readonly routes = Object.values(routeNames);
  readonly mutators = { stale: (answer: unknown) => ({ ...Object(answer), effects: 0 }) };
  effects = 0;
  closed = 0;
  /** Application host → what serves it. */
  readonly apps = new Map<string, Upstream>();

  proxyTo({ host }: { host: string }): Upstream | undefined {
    return host.endsWith('.apps.echo.test') ? (this.apps.get(host) ?? { kind: 'nothing' }) : undefined;
  }

  appHosts(): readonly string[] {
    return [...this.apps.keys()];
  }

  route({ method, url }: ServiceRequest): string | undefined {
    return routeNames[`${method} ${url.pathname}`];
  }

  async handle(request: ServiceRequest): Promise<ServiceAnswer | undefined> {
    switch (this.route(request)) {
      case 'effects.create':
        this.effects += 1;
        return { status: 201, body: { effects: this.effects, body: request.body.toString() } };
      case 'effects.read':
        return { status: 200, body: { effects: this.effects, query: request.url.search } };
      case 'effects.delete':
        this.effects = 0;
        return { status: 204 };
      case 'graphql.any':
        return { status: 200, body: { data: {} } };
      case 'plain':
        return { status: 200, body: 'plain text' };
      case 'throws':
        throw new Error('the emulator tripped');
      default:
        return undefined;
    }
  }

  async reset(): Promise<void> {
    this.effects = 0;
    this.apps.clear();
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}

export const echoService = (): EchoService => new EchoService();
