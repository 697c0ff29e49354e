import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Images } from './apps/images.ts';
import { NodeApps } from './apps/node-apps.ts';
import { CloudClock } from './clock.ts';
import { answerControl } from './control/control.ts';
import { seedImages } from './demo.ts';
import { NameServer } from './dns/name-server.ts';
import { Zone } from './dns/zone.ts';
import { Downloads } from './downloads/downloads.ts';
import { Faults } from './faults/faults.ts';
import type { ServiceRoutes } from './faults/known-routes.ts';
import { CertificateAuthority } from './front/authority.ts';
import { Caches } from './front/caches.ts';
import { Dispatcher } from './front/dispatcher.ts';
import { Front } from './front/front.ts';
import { Router } from './front/router.ts';
import { Tunnels } from './front/tunnels.ts';
import { Journal } from './journal.ts';
import type { Service, ServiceAnswer, ServiceFactory } from './service.ts';
import { allServices } from './services.ts';

export interface CloudOptions {
  /** Default: every emulator there is. Vendor downloads are always served. */
  readonly services?: readonly ServiceFactory[];
  /** Where the CA and the downloads are written. Default: a temporary directory, removed on close. */
  readonly dir?: string;
  /** A directory in a git checkout: the emulated GitHub knows its commits. Default: none. */
  readonly repository?: string;
  /** Of the proxy and the control API. Default: any free one. */
  readonly port?: number;
}

/** Starts a local cloud of its own; any number can run side by side. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const dir = resolve(options.dir ?? (await mkdtemp(join(tmpdir(), 'belay-cloud-'))));
  await mkdir(dir, { recursive: true });
  const cloud = new Cloud(options, dir);
  try {
    await cloud.listen(options.port ?? 0);
    return cloud;
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

export class Cloud {
  readonly clock = new CloudClock();
  readonly journal = new Journal();
  readonly faults: Faults;
  readonly images = new Images(seedImages);
  readonly apps = new NodeApps(this.clock);
  readonly caches = new Caches(this.clock);
  readonly certificates = new CertificateAuthority();
  readonly zone = new Zone((name) => this.#isHost(name));
  readonly downloads: Downloads;
  readonly dir: string;
  readonly caFile: string;
  readonly #services = new Map<ServiceFactory, Service>();
  readonly #router: Router;
  readonly #front: Front;
  readonly #nameServer = new NameServer(this.zone);
  readonly #removeDir: boolean;
  #port = 0;
  #closing: Promise<void> | undefined;

  constructor(options: CloudOptions, dir: string) {
    this.dir = dir;
    this.caFile = join(dir, 'ca.pem');
    this.#removeDir = options.dir === undefined;
    this.downloads = new Downloads(join(dir, 'downloads'));
    const { repository } = options;
    const context = {
      clock: this.clock,
      apps: this.apps,
      images: this.images,
      ...(repository === undefined ? {} : { repository }),
    };
    for (const factory of options.services ?? allServices) this.#services.set(factory, factory(context));
    this.faults = new Faults(this.#allServices.map(namedRoutes));
    this.#router = new Router(this.#allServices);
    this.#front = this.#newFront();
  }

  /** For `startCloud` only. */
  async listen(port: number): Promise<void> {
    await writeFile(this.caFile, this.certificates.pem);
    await this.#nameServer.listen();
    this.#port = await this.#front.listen(port);
  }

  /** Of the CONNECT proxy; the control API is under `/_cloud/` of the same address. */
  get proxyUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Of the DNS server, by UDP: `127.0.0.1:PORT`. */
  get dnsServer(): string {
    return this.#nameServer.address;
  }

  /** All that a client needs to find production host names here. */
  get env(): Readonly<Record<'HTTPS_PROXY' | 'SSL_CERT_FILE' | 'NODE_EXTRA_CA_CERTS', string>> {
    return { HTTPS_PROXY: this.proxyUrl, SSL_CERT_FILE: this.caFile, NODE_EXTRA_CA_CERTS: this.caFile };
  }

  /** The service of this name, or, with its own type, the one this factory made. Throws where there is none. */
  service(name: string): Service;
  service<S extends Service>(factory: ServiceFactory<S>): S;
  service(wanted: string | ServiceFactory): Service {
    const found =
      typeof wanted === 'string'
        ? this.#allServices.find(({ name }) => name === wanted)
        : this.#services.get(wanted);
    if (found !== undefined) return found;
    const names = this.#allServices.map(({ name }) => name).join(', ');
    const what = typeof wanted === 'string' ? `named "${wanted}"` : 'made by this factory';
    throw new Error(`no service ${what} in this cloud; it has: ${names}`);
  }

  /** Every service, vendor downloads last. */
  services(): readonly Service[] {
    return this.#allServices;
  }

  /** What a GET of this host answers now, asked of the application itself, past journal and faults. */
  async serves(host: string, path = '/'): Promise<ServiceAnswer> {
    const url = new URL(path, `https://${host}`);
    const signal = AbortSignal.timeout(10_000);
    return this.#router.answer({
      host,
      method: 'GET',
      url,
      headers: { host },
      body: Buffer.alloc(0),
      signal,
    });
  }

  /** The application hosts that exist now. */
  appHosts(): readonly string[] {
    return this.#allServices.flatMap((service) => service.appHosts?.() ?? []);
  }

  /** Everything back to the seed: no application runs, no fault is scripted, the journal is empty. */
  async reset(): Promise<void> {
    for (const set of [this.faults, this.caches, this.certificates, this.zone]) set.clear();
    await Promise.all(this.#allServices.map((service) => service.reset()));
    await this.apps.stopAll();
    this.images.reset();
    this.clock.reset();
    this.journal.clear();
  }

  /** Ends every process and connection; may be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#nameServer.close();
    await this.#front.close();
    await Promise.all(this.#allServices.map((service) => service.close()));
    await this.apps.close();
    if (this.#removeDir) await rm(this.dir, { recursive: true, force: true });
  }

  /** Emulated hosts, and the applications there are now. */
  #isHost(name: string): boolean {
    return this.#allServices.some(({ hosts }) => hosts.includes(name)) || this.appHosts().includes(name);
  }

  get #allServices(): readonly Service[] {
    return [...this.#services.values(), this.downloads];
  }

  #newFront(): Front {
    const { journal, faults, clock, caches } = this;
    const tunnels = new Tunnels();
    const router = this.#router;
    return new Front({
      authority: this.certificates,
      router,
      tunnels,
      dispatcher: new Dispatcher({ router, journal, faults, clock, tunnels, caches }),
      refused: (request) => journal.note(journal.open({ at: clock.now(), ...request }), { status: 403 }),
      control: (incoming, response) => answerControl(this, incoming, response),
    });
  }
}

/** The traffic of applications is a route as well. */
function namedRoutes({ name, routes, proxyTo, mutators = {} }: Service): ServiceRoutes {
  const all = proxyTo === undefined ? routes : [...routes, 'app'];
  return { name, routes: all, mutators: Object.keys(mutators) };
}
