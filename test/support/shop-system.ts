import { commits, demo, Fly, github, type ServiceFactory } from '#local-cloud';
import { openStage, type Stage } from '../../scripts/stage.ts';

/** The emulator without the demo's app: the system makes its own. */
const fly: ServiceFactory<Fly> = (context) =>
  new Fly(context, ({ world }) => {
    world.addToken({ value: demo.fly.token, kind: 'org', email: 'demo@example.com' });
  });

type Flags = Readonly<Record<string, string>>;
type Version = 'v1' | 'v2';

/** Milliseconds each page takes where nothing is wrong: beside it the noise of a busy machine is small. */
const usualMs = 300;

/**
 * A small system in the cloud: the shop on two machines, its database, a private worker, and the release before
 * under an address of its own. `flags` are what is wrong with the shop's image.
 */
export class ShopSystem {
  readonly #stage: Stage;
  databaseUrl = '';

  private constructor(stage: Stage) {
    this.#stage = stage;
  }

  static async open(): Promise<ShopSystem> {
    return new ShopSystem(await openStage({ flyctl: 'stand-in', cloud: { services: [fly, github] } }));
  }

  get cloud() {
    return this.#stage.cloud;
  }

  get workspace() {
    return this.#stage.workspace;
  }

  /** Everything gone, then the system as it stands after a good deploy of `version`. */
  async begin(version: Version, broken: { shop?: Flags; worker?: Flags } = {}): Promise<void> {
    await this.cloud.reset();
    const database = await this.cloud.apps.start({ app: 'database', env: {} });
    this.databaseUrl = `postgres://shop@127.0.0.1:${database.port}/shop`;
    const emulator = this.cloud.service(fly);
    emulator.createApp({ name: 'shop-before', image: this.#image('v1'), machines: 1 });
    emulator.createApp({ name: 'shop', image: this.#image(version, broken.shop) });
    const worker = 'registry.fly.io/worker:v2';
    this.cloud.images.put(worker, { app: 'worker', env: broken.worker ?? {}, labels: {} });
    emulator.createApp({ name: 'worker', image: worker, machines: 1, config: privateConfig });
    await emulator.settled();
  }

  /** Another version on both machines, or on one of them other flags. */
  async update(version: Version, flags: Flags = {}, machines = 2): Promise<void> {
    const { world } = this.cloud.service(fly);
    const image = this.#image(version, flags);
    for (const machine of [...(world.apps.get('shop')?.machines.values() ?? [])].slice(0, machines)) {
      world.fleet.update(machine, { config: { ...machine.config, image }, skipLaunch: false });
    }
    await this.cloud.service(fly).settled();
  }

  async stopDatabase(): Promise<void> {
    const database = this.cloud.apps.running().find(({ spec }) => 'app' in spec && spec.app === 'database');
    await database?.instance.stop('SIGKILL', 0);
  }

  /** The smoke test of v2, asked of the shop's public address. */
  smoke(checks: string) {
    const variables = [`url=https://${shopHost}`, 'previous-url=https://shop-before.fly.dev'];
    const inputs = {
      checks,
      'check-variables': variables.join('\n'),
      'check-secrets': `DATABASE_URL=${this.databaseUrl}`,
      'fly-app': 'worker',
      'fly-token': demo.fly.token,
    };
    // The database is on this machine, behind no proxy.
    return this.#stage.run('smoke-test', inputs, { sha: commits.v2, env: { NO_PROXY: '127.0.0.1' } });
  }

  close(): Promise<void> {
    return this.#stage.close();
  }

  #image(version: Version, flags: Flags = {}): string {
    const ref = `registry.fly.io/shop:${version}-${Object.entries(flags).flat().join('-').toLowerCase()}`;
    const usual = { DATABASE_URL: this.databaseUrl, SHOP_SLOW_MS: String(usualMs) };
    const env = { VERSION: version, COMMIT: commits[version], ...usual, ...flags };
    return this.cloud.images.put(ref, { app: 'shop', env, labels: {} }).ref;
  }
}

export const shopHost = 'shop.fly.dev';

export const slowerBy = (share: number): Flags => ({ SHOP_SLOW_MS: String(usualMs * (1 + share)) });

/** No service, so no address and no traffic: only the machine's own check asks it anything. */
const privateConfig = {
  services: [],
  checks: { alive: { type: 'http', port: 8080, interval: '1s', timeout: '2s', path: '/healthz' } },
} as const;
