import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CloudClock, demo, Images, NodeApps, Railway, seedImages, shopTree } from '#local-cloud';
import type { ProjectSeed, ServiceSeed } from '../../packages/local-cloud/src/railway/index.ts';

const run = promisify(execFile);

export interface Asked {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects; a wrong path fails it
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

export const tokens = {
  project: { 'project-access-token': demo.railway.token },
  workspace: { authorization: `Bearer ${demo.railway.workspaceToken}` },
  account: { authorization: `Bearer ${demo.railway.accountToken}` },
  none: {},
} as const;
export type TokenKind = keyof typeof tokens;

export const { projectId, environmentId, serviceId } = demo.railway;

/** A project `shop` with one service `web`, which has been deployed once. */
export function shopProject(web: ServiceSeed = {}, project: Partial<ProjectSeed> = {}): ProjectSeed {
  const deployed = [{ files: shopTree({ version: 'v1' }), message: 'first' }];
  return { name: 'shop', ...project, services: { web: { deployed, ...web }, ...project.services } };
}

/** The emulator alone, without front: asked in process, its replicas real processes. */
export class RailwayApi {
  readonly clock = new CloudClock();
  readonly images = new Images(seedImages);
  readonly railway: Railway;
  readonly #apps = new NodeApps(this.clock);

  constructor(...projects: readonly ProjectSeed[]) {
    const context = { clock: this.clock, apps: this.#apps, images: this.images };
    this.railway = new Railway(context, (railway) => {
      for (const project of projects) railway.createProject(project);
      railway.addToken({ kind: 'project', value: demo.railway.token });
      railway.addToken({ kind: 'workspace', value: demo.railway.workspaceToken, workspace: 'Acme' });
      railway.addToken({ kind: 'account', value: demo.railway.accountToken, login: 'ann' });
    });
    this.railway.switches.rateLimits = false;
  }

  async graphql(query: string, variables: object = {}, token: TokenKind = 'project'): Promise<Asked> {
    return this.send('/graphql/v2', Buffer.from(JSON.stringify({ query, variables })), tokens[token]);
  }

  /** The data of a document that must not fail. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async data(query: string, variables: object = {}, token: TokenKind = 'project'): Promise<any> {
    const { body } = await this.graphql(query, variables, token);
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return body.data;
  }

  /** The only message of a document that must fail. */
  async refusal(query: string, variables: object = {}, token: TokenKind = 'project'): Promise<string> {
    const { body } = await this.graphql(query, variables, token);
    return body.errors.map(({ message }: { message: string }) => message).join('; ');
  }

  async send(path: string, body: Buffer, headers: Readonly<Record<string, string>>): Promise<Asked> {
    const host = 'backboard.railway.com';
    const answer = await this.railway.handle({
      host,
      method: 'POST',
      url: new URL(path, `https://${host}`),
      headers: { 'user-agent': 'test', ...headers },
      body,
      signal: new AbortController().signal,
    });
    if (answer === undefined) throw new Error(`no route ${path}`);
    const { status, headers: answered = {} } = answer;
    const seen = typeof answer.body === 'object' ? JSON.parse(JSON.stringify(answer.body)) : answer.body;
    return { status, body: seen, headers: answered };
  }

  /** Uploads a tree to `web` in production. */
  async upload(files: Readonly<Record<string, string>>, message = 'next'): Promise<Asked> {
    const query = new URLSearchParams({ serviceId, message });
    const path = `/project/${projectId}/environment/${environmentId}/up?${query}`;
    const headers = { ...tokens.project, 'content-type': 'application/gzip' };
    return this.send(path, await tarOf(files), headers);
  }

  /** Uploads, and answers the deployment's id. */
  async deploy(files: Readonly<Record<string, string>>, message?: string): Promise<string> {
    const { body } = await this.upload(files, message);
    return body.deploymentId;
  }

  async status(id: string): Promise<string> {
    return (await this.data('query($id: String!) { deployment(id: $id) { status } }', { id })).deployment
      .status;
  }

  /** Resolves once a deployment has this status; fails where it stays without it. */
  async reaches(id: string, status: string): Promise<void> {
    const deadline = performance.now() + 20_000;
    for (;;) {
      const now = await this.status(id);
      if (now === status) return;
      if (performance.now() > deadline) throw new Error(`deployment is ${now}, not ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What a GET of `web`'s domain is answered. */
  async serves(path = '/version.json', host: string = demo.railway.host): Promise<Asked> {
    const head = { host, method: 'GET', url: new URL(path, `https://${host}`), headers: { host } };
    const upstream = await this.railway.proxyTo({ ...head, signal: new AbortController().signal });
    if (upstream?.kind !== 'app') {
      const { status = 503, body } = upstream?.instead ?? {};
      return { status, body, headers: upstream?.instead?.headers ?? {} };
    }
    const answer = await fetch(`http://127.0.0.1:${upstream.port}${path}`).catch(() => undefined);
    if (answer === undefined) return { status: 502, body: undefined, headers: {} };
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text, headers: {} };
  }

  async close(): Promise<void> {
    await this.railway.close();
    await this.#apps.close();
  }
}

/** A gzipped tar of these files, named as the railway CLI names them. */
export async function tarOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'belay-test-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  const { stdout } = await run('tar', ['-czf', '-', '-C', dir, '.'], { encoding: 'buffer' });
  await rm(dir, { recursive: true });
  return stdout;
}
