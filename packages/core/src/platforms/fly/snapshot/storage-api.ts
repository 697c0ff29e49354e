import { decodeAnswer, unexpected } from '../../../io/decode-answer.ts';
import type { Http, HttpAnswer } from '../../../io/http.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { lineOf } from '../../../text/cut.ts';
import type { Decoder } from '../../../text/decode.ts';
import { graphqlUrl, machinesUrl } from '../api/api.ts';
import { tokenRejected } from '../api/api-failures.ts';
import type { FlyToken } from '../token/token.ts';
import {
  backupList,
  clusterAnswer,
  databaseMachines,
  snapshotList,
  volumeAnswer,
  volumeList,
  type WireBackup,
  type WireDatabaseMachine,
  type WireSnapshot,
  type WireVolume,
} from './storage-wire.ts';

const managedUrl = 'https://api.fly.io/api/v1';

/** One attempt, milliseconds: a read that never comes must leave time for another. */
const attemptMs = { read: 4_000, once: 10_000 };

/** Where flyctl asks for clusters: of the present generation first, then of the one before. */
const generations = ['postgresv2', 'postgres'];

/**
 * Fly's volumes and clusters of Managed Postgres: looked at, and asked for a copy. What the token may not see is
 * undefined, as what does not exist. Failures: `token-rejected`, HttpError.
 */
export class FlyStorageApi {
  readonly #http: Http;
  readonly #token: FlyToken;
  constructor(http: Http, token: FlyToken) {
    this.#http = http;
    this.#token = token;
  }

  /** The volumes of an app that are not being destroyed. */
  async volumes(app: string): Promise<readonly WireVolume[] | undefined> {
    const volumes = await this.#read(appUrl(app, 'volumes'), volumeList);
    return volumes?.filter(({ state }) => !/destroy|fork_cleanup|waiting_for_detach/.test(state));
  }

  /** The name of the app that a volume belongs to. */
  async appOfVolume(id: string): Promise<string | undefined> {
    const query = 'query ($id: ID!) { volume(id: $id) { ... on Volume { app { name } } } }';
    const answer = await this.#send('POST', graphqlUrl, {
      retry: 'read',
      body: { query, variables: { id } },
    });
    if (answer.status >= 400) throw unexpected(answer);
    return decodeAnswer(answer, volumeAnswer).data?.volume?.app?.name;
  }

  /** Machines, with what tells a database's primary from its replicas. */
  databaseMachines(app: string): Promise<readonly WireDatabaseMachine[] | undefined> {
    return this.#read(appUrl(app, 'machines'), databaseMachines);
  }

  async snapshots({ app, volume }: VolumePlace, deadlineMs: number): Promise<readonly WireSnapshot[]> {
    return (await this.#read(snapshotsUrl(app, volume), snapshotList, deadlineMs)) ?? [];
  }

  askForSnapshot({ app, volume }: VolumePlace, deadlineMs: number): Promise<void> {
    return this.#ask(snapshotsUrl(app, volume), { deadlineMs });
  }

  /** The address of a cluster, for the calls below. */
  async cluster(id: string): Promise<string | undefined> {
    for (const generation of generations) {
      const url = `${managedUrl}/${generation}/${encodeURIComponent(id)}`;
      const answer = await this.#send('GET', url, { retry: 'read' });
      if (answer.status === 200 && decodeAnswer(answer, clusterAnswer).data.id === id) return url;
      if (answer.status >= 400 && ![401, 403, 404].includes(answer.status)) throw unexpected(answer);
    }
    return undefined;
  }

  async backups(clusterUrl: string, deadlineMs: number): Promise<readonly WireBackup[]> {
    return (await this.#read(`${clusterUrl}/backups`, backupList, deadlineMs))?.data ?? [];
  }

  askForBackup(clusterUrl: string, deadlineMs: number): Promise<void> {
    return this.#ask(`${clusterUrl}/backups`, { deadlineMs, body: { type: 'full' } });
  }

  async #read<T>(url: string, decoder: Decoder<T>, deadlineMs?: number): Promise<T | undefined> {
    const limit = deadlineMs === undefined ? {} : { deadlineMs };
    const answer = await this.#send('GET', url, { retry: 'read', ...limit });
    if (answer.status === 401) throw tokenRejected('<app>', answer.text);
    if (answer.status === 403 || answer.status === 404) return undefined;
    if (answer.status >= 400) throw unexpected(answer);
    return decodeAnswer(answer, decoder);
  }

  /** Sent once: a second copy is only made when the first is known not to have been asked for. */
  async #ask(url: string, rest: { readonly deadlineMs: number; readonly body?: object }): Promise<void> {
    const answer = await this.#send('POST', url, { retry: 'once', ...rest });
    if (answer.status < 300) return;
    throw askRefused(answer);
  }

  #send(
    method: string,
    url: string,
    rest: { retry: 'read' | 'once'; body?: object; deadlineMs?: number },
  ): Promise<HttpAnswer> {
    // Managed Postgres knows tokens under `Bearer` only; GraphQL and the Machines API keep theirs.
    const isManaged = url.startsWith(managedUrl);
    const { authorization } = this.#token;
    const headers = { authorization: isManaged ? authorization.replace(/^\S+/, 'Bearer') : authorization };
    const deadlineMs = Math.max(1, rest.deadlineMs ?? 30_000);
    return this.#http.request({
      method,
      url,
      headers,
      timeoutMs: attemptMs[rest.retry],
      ...rest,
      deadlineMs,
    });
  }
}

export interface VolumePlace {
  readonly app: string;
  readonly volume: string;
}

function appUrl(app: string, what: string): string {
  return `${machinesUrl}/apps/${encodeURIComponent(app)}/${what}`;
}

function snapshotsUrl(app: string, volume: string): string {
  return appUrl(app, `volumes/${encodeURIComponent(volume)}/snapshots`);
}

function askRefused(answer: HttpAnswer): ActionFailure {
  const said = lineOf(answer.text, 200);
  if (answer.status === 401 || answer.status === 403) {
    return new ActionFailure({
      code: 'token-kind',
      what: `The token may not save data before the release (${answer.status}): ${said}`,
      why: 'a read-only token takes no snapshots, and Managed Postgres wants a token of the organization',
      next: 'Create one with `fly tokens create org` for Managed Postgres, or a deploy token of the volume’s app.',
    });
  }
  return new ActionFailure({
    code: 'snapshot-failed',
    what: `Fly refused to save the data (${answer.status}): ${said}`,
    next: 'Read Fly’s answer, and look at https://status.flyio.net; nothing was deployed.',
  });
}
