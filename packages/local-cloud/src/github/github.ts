import type { CloudContext, Service, ServiceAnswer, ServiceRequest } from '../service.ts';
import { Refusal, refuse } from './answers.ts';
import { answerRepository } from './dispatch.ts';
import { answerGraphql } from './graphql/answer.ts';
import { readRequest } from './graphql/document.ts';
import { graphqlRoute } from './graphql/route.ts';
import { Limits, type Resource } from './limits.ts';
import type { CommitStatus, Issue } from './model.ts';
import { answerOpen } from './rest/open.ts';
import { parseBody } from './route.ts';
import { findRoute, githubRoutes } from './routes.ts';
import { beginJob, type EndJob } from './run-jobs.ts';
import {
  type CommitSeed,
  type DeploymentSeed,
  plantCommits,
  plantDeployments,
  plantRepository,
  plantRun,
  type RepositoryName,
  type RepositorySeed,
  type RunSeed,
  seededRepository,
} from './seed.ts';
import { type GitHubSwitches, initialSwitches } from './switches.ts';
import { type Caller, type Permissions, Tokens } from './tokens.ts';
import { World } from './world.ts';
import { githubWrongStates } from './wrong-states.ts';

/** The part of api.github.com that deployments, locks, comments and gates stand on. */
export class GitHub implements Service {
  readonly name = 'github';
  readonly hosts = ['api.github.com'];
  readonly routes = githubRoutes.map(({ name }) => name);
  readonly mutators = githubWrongStates;
  readonly switches: GitHubSwitches = { ...initialSwitches };
  readonly limits: Limits;
  readonly #world: World;
  readonly #tokens = new Tokens();
  /** Every seeding call, so that a reset can repeat them; ids follow from their order. */
  readonly #seeds: (() => void)[] = [];
  #requests = 0;

  constructor(context: Pick<CloudContext, 'clock'>) {
    this.#world = new World(context.clock, this.switches);
    this.limits = new Limits(context.clock);
  }

  seedRepository(seed: RepositorySeed): void {
    this.#seed(() => plantRepository(this.#world, seed));
  }

  /** Commits on top of those a seeded repository has; no branch moves. */
  seedCommits(name: RepositoryName, commits: readonly CommitSeed[]): void {
    this.#seed(() => plantCommits(this.#world, name, commits));
  }

  /** Answers the new records' ids, oldest first. */
  seedDeployments(
    name: RepositoryName,
    count: number,
    template: (index: number) => DeploymentSeed,
  ): readonly number[] {
    const seeds = Array.from({ length: count }, (_, index) => template(index));
    return this.#seed(() => plantDeployments(this.#world, name, seeds));
  }

  seedCommitStatus(
    name: RepositoryName,
    sha: string,
    status: Pick<CommitStatus, 'context' | 'state' | 'kind'>,
  ): void {
    this.#seed(() => {
      const statuses = seededRepository(this.#world, name).commitStatuses;
      const id = this.#world.nextId('commitStatus');
      const all = statuses.get(sha) ?? [];
      statuses.set(sha, [...all, { ...status, id, createdAt: this.#world.now() }]);
    });
  }

  /** An issue, or with `pull` a pull request. */
  seedIssue(name: RepositoryName, issue: Omit<Issue, 'createdAt'>): void {
    this.#seed(() => {
      const { issues } = seededRepository(this.#world, name);
      // A copy: a reset opens again what was closed since.
      const pull = issue.pull === undefined ? {} : { pull: { ...issue.pull } };
      issues.set(issue.number, { ...issue, ...pull, createdAt: this.#world.now() });
    });
  }

  seedRun(name: RepositoryName, run: RunSeed): void {
    this.#seed(() => plantRun(this.#world, name, run));
  }

  /**
   * A job of a workflow run begins: the run is in progress. What is answered is called as the job ends; the run is over
   * once each job of it that began has ended, and failed where one of them did.
   */
  beginJob(name: RepositoryName, run: RunSeed): EndJob {
    return beginJob(this.#world, name, run);
  }

  /** Lists and queries have all that was written so far: people's runs are minutes apart, where a test's are not. */
  reveal(): void {
    this.#world.reveal();
  }

  /** Without `permissions` the token may do everything; with them, only what they name. */
  token(options: { permissions?: Permissions; login?: string; value?: string } = {}): string {
    return this.#seed(() => this.#tokens.issue(options));
  }

  route(request: ServiceRequest): string | undefined {
    if (isGraphql(request)) return graphqlRoute(queryOf(request));
    return findRoute(request.method, request.url.pathname)?.route.name;
  }

  async handle(request: ServiceRequest): Promise<ServiceAnswer | undefined> {
    this.#requests += 1;
    const resource: Resource = isGraphql(request) ? 'graphql' : 'core';
    let token: string | undefined;
    try {
      requireUserAgent(request);
      const caller = this.#tokens.caller(request.headers);
      token = caller.token;
      const answer = await this.#answer(request, caller, resource);
      return answer && this.#dressed(answer, token, resource);
    } catch (error) {
      if (error instanceof Refusal) return this.#dressed(error.answer, token, resource);
      throw error;
    }
  }

  async reset(): Promise<void> {
    this.#world.clear();
    this.#tokens.clear();
    this.limits.clear();
    Object.assign(this.switches, initialSwitches);
    for (const plant of this.#seeds) plant();
  }

  async close(): Promise<void> {}

  async #answer(
    request: ServiceRequest,
    caller: Caller,
    resource: Resource,
  ): Promise<ServiceAnswer | undefined> {
    if (resource === 'graphql') return this.#answerGraphql(request, caller);
    const found = findRoute(request.method, request.url.pathname);
    if (found === undefined) return undefined;
    // Asking how much is left costs nothing.
    if (found.route.name !== 'rate-limit.get') this.#spend(caller, resource);
    if (found.kind === 'open') return answerOpen(found.route, this.limits, caller.token);
    return answerRepository(this.#world, caller, { found, request });
  }

  async #answerGraphql(request: ServiceRequest, caller: Caller): Promise<ServiceAnswer> {
    if (caller.token === undefined) throw refuse(401, 'This endpoint requires you to be authenticated.');
    if (this.switches.graphql === 'refused') throw refuse(403, 'Resource not accessible by integration');
    this.#spend(caller, 'graphql');
    const scene = {
      world: this.#world,
      limits: this.limits,
      caller,
      encoding: this.switches.payloadEncoding,
    };
    return answerGraphql(scene, parseBody(request.body));
  }

  #spend(caller: Caller, resource: Resource): void {
    const refusal = this.limits.spend(caller.token, resource);
    if (refusal !== undefined) throw refusal;
  }

  #dressed(answer: ServiceAnswer, token: string | undefined, resource: Resource): ServiceAnswer {
    const serial = this.#requests.toString(16).toUpperCase().padStart(8, '0');
    return {
      ...answer,
      headers: {
        ...(answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        'x-github-media-type': 'github.v3; format=json',
        'x-github-request-id': `BE1A:${serial}:0:1`,
        ...this.limits.headers(token, resource),
        ...answer.headers,
      },
    };
  }

  #seed<T>(plant: () => T): T {
    this.#seeds.push(plant);
    return plant();
  }
}

function isGraphql(request: ServiceRequest): boolean {
  return request.method === 'POST' && request.url.pathname === '/graphql';
}

function queryOf(request: ServiceRequest): string | undefined {
  try {
    return readRequest(parseBody(request.body))?.query;
  } catch {
    return undefined;
  }
}

/** GitHub turns away whoever does not say who they are, and in HTML-free plain text at that. */
function requireUserAgent(request: ServiceRequest): void {
  if (request.headers['user-agent']) return;
  throw new Refusal({
    status: 403,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.\n',
  });
}
