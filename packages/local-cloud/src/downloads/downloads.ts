import { createHash } from 'node:crypto';
import type { Service, ServiceAnswer, ServiceRequest } from '../service.ts';
import { type Assets, packRelease } from './pack-release.ts';

const repository = '/superfly/flyctl/releases';
const store = 'release-assets.githubusercontent.com';

/** GitHub's release pages for flyctl, with the asset store they redirect to. */
export class Downloads implements Service {
  readonly name = 'downloads';
  readonly routes = ['downloads.latest', 'downloads.redirect', 'downloads.asset'];
  readonly hosts = ['github.com', store, 'objects.githubusercontent.com'];
  readonly #dir: string;
  /** By version, in the order of publishing. */
  readonly #releases = new Map<string, Assets>();

  /** `dir` is where archives are packed. */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Releases an executable file as flyctl `version`: an archive for each system, and their checksums. */
  async publish(version: string, executable: string): Promise<void> {
    this.#releases.set(version, await packRelease(version, { executable, dir: this.#dir }));
  }

  /** Takes a release away, as deleting its tag does. */
  withdraw(version: string): void {
    this.#releases.delete(version);
  }

  /** Changes every archive of a release after its checksums were made. */
  tamper(version: string): void {
    const assets = this.#releases.get(version);
    if (assets === undefined) throw new Error(`flyctl ${version} is not published`);
    const changed = [...assets].map(([name, content]): [string, Buffer] => [
      name,
      name.endsWith('.txt') ? content : Buffer.concat([content, Buffer.from('tampered')]),
    ]);
    this.#releases.set(version, new Map(changed));
  }

  /** Of an archive as it is now: lower-case hex. */
  sha256(version: string, name: string): string {
    const content = this.#releases.get(version)?.get(name);
    if (content === undefined) throw new Error(`flyctl ${version} has no ${name}`);
    return createHash('sha256').update(content).digest('hex');
  }

  route({ host, url }: ServiceRequest): string | undefined {
    if (host !== 'github.com') return 'downloads.asset';
    if (url.pathname === `${repository}/latest`) return 'downloads.latest';
    return url.pathname.startsWith(`${repository}/download/`) ? 'downloads.redirect' : undefined;
  }

  async handle(request: ServiceRequest): Promise<ServiceAnswer | undefined> {
    const { method, url } = request;
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    switch (this.route(request)) {
      case 'downloads.latest':
        return this.#latest();
      case 'downloads.redirect':
        return this.#redirect(url);
      case 'downloads.asset':
        return this.#asset(request);
      default:
        return undefined;
    }
  }

  async reset(): Promise<void> {
    this.#releases.clear();
  }

  async close(): Promise<void> {}

  #latest(): ServiceAnswer {
    const newest = [...this.#releases.keys()].at(-1);
    return redirect(`https://github.com${repository}${newest === undefined ? '' : `/tag/v${newest}`}`);
  }

  #redirect(url: URL): ServiceAnswer {
    const [, version = '', name = ''] = /\/download\/v([^/]+)\/([^/]+)$/.exec(url.pathname) ?? [];
    if (!this.#releases.get(version)?.has(name)) return notFound;
    return redirect(`https://${store}/flyctl/${version}/${name}?sig=${signature(version, name)}`);
  }

  #asset({ url, headers }: ServiceRequest): ServiceAnswer {
    // The store takes one kind of credential: a client that carries its token over the redirect is refused.
    if (headers.authorization !== undefined) return storeError(400, 'InvalidAuthenticationInfo');
    const [, version = '', name = ''] = /^\/flyctl\/([^/]+)\/([^/]+)$/.exec(url.pathname) ?? [];
    if (url.searchParams.get('sig') !== signature(version, name))
      return storeError(403, 'AuthenticationFailed');
    const content = this.#releases.get(version)?.get(name);
    if (content === undefined) return storeError(404, 'BlobNotFound');
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: content };
  }
}

const notFound: ServiceAnswer = { status: 404, body: 'Not Found' };

function redirect(location: string): ServiceAnswer {
  return { status: 302, headers: { location } };
}

function storeError(status: number, code: string): ServiceAnswer {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function signature(version: string, name: string): string {
  return createHash('sha256').update(`${version}/${name}`).digest('hex').slice(0, 16);
}
