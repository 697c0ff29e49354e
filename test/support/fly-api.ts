import { CloudClock, demo, type ImageDefinition, Images, images, NodeApps, seedImages } from '#local-cloud';
import { type AppSeed, Fly } from '../../packages/local-cloud/src/fly/index.ts';

export interface Asked {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects; a wrong path fails it
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

interface Asking {
  readonly body?: object;
  readonly token?: string;
  readonly nonce?: string;
}

/** The emulator alone, without front: asked in process, its machines real processes. */
export class FlyApi {
  readonly clock = new CloudClock();
  readonly images = new Images(seedImages);
  readonly #apps = new NodeApps(this.clock);
  readonly fly: Fly;

  constructor(...apps: readonly AppSeed[]) {
    const context = { clock: this.clock, apps: this.#apps, images: this.images };
    this.fly = new Fly(context, (fly) => {
      fly.world.addToken({ value: demo.fly.token, kind: 'org', email: 'a@b.c' });
      for (const app of apps) fly.createApp(app);
    });
  }

  /** `GET /v1/apps/shop`: asked of the host its path belongs to. */
  async ask(route: string, { body, token = demo.fly.token, nonce }: Asking = {}): Promise<Asked> {
    const [method = '', path = ''] = route.split(' ');
    const host = path.startsWith('/v1/') ? 'api.machines.dev' : 'api.fly.io';
    const answer = await this.fly.handle({
      host,
      method,
      url: new URL(path, `https://${host}`),
      headers: { authorization: `Bearer ${token}`, ...(nonce ? { 'fly-machine-lease-nonce': nonce } : {}) },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
      signal: new AbortController().signal,
    });
    if (answer === undefined) throw new Error(`no route ${route}`);
    // Through JSON, as a client sees it.
    const seen = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
    return { status: answer.status, body: seen, headers: answer.headers ?? {} };
  }

  graphql(query: string, variables: object = {}, token?: string): Promise<Asked> {
    return this.ask('POST /graphql', { body: { query, variables }, ...(token ? { token } : {}) });
  }

  /** The definition under a tag of its own, ready to run. */
  put(tag: string, env: ImageDefinition['env']): string {
    const image = this.images.put(`registry.fly.io/shop:${tag}`, { app: 'shop', env, labels: {} });
    return `registry.fly.io/shop@${image.digest}`;
  }

  async close(): Promise<void> {
    await this.fly.close();
    await this.#apps.close();
  }
}

export const shop: AppSeed = { name: 'shop', image: images.v1, machines: 1 };

export const publicPorts = [
  { port: 80, handlers: ['http'] },
  { port: 443, handlers: ['http', 'tls'] },
];

/** A config of the kind flyctl posts, with a check each second unless said otherwise. */
export function machineConfig(image: string, changes: object = {}): object {
  const checks = [{ type: 'http', interval: '1s', timeout: '2s', path: '/healthz' }];
  const services = [{ protocol: 'tcp', internal_port: 8080, ports: publicPorts, checks }];
  const metadata = { fly_platform_version: 'v2', fly_process_group: 'app' };
  return { image, services, metadata, env: {}, ...changes };
}
