import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { conditionHolds, fillTemplate, type Scope } from './expressions.ts';
import type { GitHubContext } from './github-context.ts';
import type { JobFolders } from './job-folders.ts';
import type { JobStatus, StepResult } from './job-result.ts';
import type { JobSpec, Values } from './job-spec.ts';
import { SecretMasker } from './secret-masker.ts';
import type { Stage } from './stage.ts';

/** Contexts by the place an expression stands in; what is not listed is an unknown name there. */
const contextsOf = {
  step: ['github', 'env', 'needs', 'steps', 'inputs', 'runner', 'job', 'secrets'],
  stepIf: ['github', 'env', 'needs', 'steps', 'inputs', 'runner', 'job'],
  postIf: ['github', 'env', 'inputs', 'runner', 'job'],
  inputDefault: ['github', 'runner', 'job'],
} as const;

/** What a job's steps share, and change for the steps after them. */
export class Job {
  readonly spec: JobSpec;
  readonly folders: JobFolders;
  readonly github: GitHubContext;
  readonly masker = new SecretMasker();
  readonly trackingId = `github_${randomUUID()}`;
  readonly posts: Stage[] = [];
  readonly results: StepResult[] = [];
  readonly env = new Map<string, string>();
  status: JobStatus = 'success';
  #prependedPaths: string[] = [];
  readonly #steps = new Map<string, Pick<StepResult, 'outputs' | 'outcome' | 'conclusion'>>();
  readonly #secrets: Readonly<Record<string, string>>;

  constructor(spec: JobSpec, folders: JobFolders, github: GitHubContext) {
    this.spec = spec;
    this.folders = folders;
    this.github = github;
    this.#secrets = { GITHUB_TOKEN: String(github.token), ...spec.secrets };
    for (const secret of [String(github.token), ...Object.values(this.#secrets)]) this.masker.add(secret);
    for (const [name, value] of this.filled(spec.env ?? {}, this.scope('step'))) this.env.set(name, value);
  }

  /** The scope of an expression at a place; `env` is the step's own on top of the job's. */
  scope(place: keyof typeof contextsOf, env: ReadonlyMap<string, string> = this.env): Scope {
    const all: Record<string, unknown> = {
      github: this.github,
      env: Object.fromEntries(env),
      needs: this.spec.needs ?? {},
      steps: Object.fromEntries(this.#steps),
      inputs: this.spec.inputs ?? {},
      runner: this.runner,
      job: { status: this.status },
      secrets: this.#secrets,
    };
    const contexts = Object.fromEntries(contextsOf[place].map((name) => [name, all[name]]));
    return place === 'stepIf' || place === 'postIf' ? { contexts, status: this.status } : { contexts };
  }

  get runner(): Readonly<Record<string, string>> {
    return {
      os: this.spec.runnerOs ?? 'Linux',
      arch: this.spec.runnerArch ?? 'X64',
      name: 'local',
      environment: 'github-hosted',
      temp: this.folders.temp,
      tool_cache: this.folders.toolCache,
      workspace: this.folders.root,
      ...(this.spec.debug === true ? { debug: '1' } : {}),
    };
  }

  filled(values: Values, scope: Scope): [string, string][] {
    return Object.entries(values).map(([name, value]) => [name, fillTemplate(String(value), scope)]);
  }

  holds(stage: Stage, env: ReadonlyMap<string, string>): boolean {
    const isMain = stage.kind === 'main';
    const scope = this.scope(isMain ? 'stepIf' : 'postIf', env);
    return conditionHolds(stage.condition, { ...scope, impliesSuccess: isMain });
  }

  /** Puts a directory first; one that is already there moves. */
  prependPath(directory: string): void {
    this.#prependedPaths = [directory, ...this.#prependedPaths.filter((one) => one !== directory)];
  }

  searchPath(base: string): string {
    return [...this.#prependedPaths, base].filter((part) => part !== '').join(path.delimiter);
  }

  add(result: StepResult): void {
    this.results.push(result);
    if (result.stage === 'main' && result.id !== undefined) {
      const { outputs, outcome, conclusion } = result;
      this.#steps.set(result.id, { outputs, outcome, conclusion });
    }
    // a cancelled job stays cancelled, whatever fails afterwards
    if (result.conclusion === 'failure' && this.status === 'success') this.status = 'failure';
  }
}
