/** A stage to play on: a local cloud, a tool cache that holds flyctl, and the local runner. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cloud, type CloudOptions, demo, GitHub, startCloud } from '#local-cloud';
import {
  type ActionOptions,
  type ActionResult,
  type JobResult,
  runAction,
  runJob,
  type Step,
} from '#local-runner';
import { defaultFlyctlVersion } from '../packages/core/src/platforms/fly/tool.ts';
import { findFlyctl, flyctlVersion } from './find-flyctl.ts';
import { root } from './root.ts';
import { StageRuns } from './stage-runs.ts';

export interface SeededFlyctl {
  readonly kind: 'real' | 'stand-in';
  readonly path: string;
  /** The file in the tool cache that the actions start. */
  readonly executable: string;
  /** What it says of itself. */
  readonly says: string;
}

export interface Stage {
  readonly cloud: Cloud;
  readonly flyctl: SeededFlyctl;
  readonly toolCache: string;
  /** The folder the actions run in; holds fly.toml. */
  readonly workspace: string;
  /** Reports survive here until `close`. */
  readonly temp: string;
  /** GitHub knows the run until it has ended; one that begins while no other is under way finds all that was written. */
  run(action: string, inputs: Readonly<Record<string, string>>, options?: RunOptions): Promise<ActionResult>;
  /** Steps of one job, as a workflow has them; `uses` begins at the repository's root. */
  runJob(steps: readonly Step[], options?: RunOptions): Promise<JobResult>;
  /** What the stand-in flyctl was called with since this was last asked, one command line each. */
  flyctlCalls(): readonly string[];
  close(): Promise<void>;
}

export interface RunOptions extends Omit<ActionOptions, 'cloud' | 'toolCache' | 'temp' | 'github'> {
  readonly sha?: string;
  readonly github?: NonNullable<ActionOptions['github']>;
}

export interface StageOptions {
  /** `stand-in` even where a real flyctl is at hand. */
  readonly flyctl?: 'any' | 'stand-in';
  /** Its emulators; by default those with the demo's seeds. */
  readonly cloud?: CloudOptions;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), 'belay-stage-'));
  const [toolCache, workspace, temp] = ['tools', 'workspace', 'temp'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [toolCache, workspace, temp]) mkdirSync(folder);
  writeFileSync(join(workspace, 'fly.toml'), flyToml);
  const flyctl = seeded(dir, toolCache, options.flyctl ?? 'any');
  // Last: what is open keeps the process of whoever could not be given a stage.
  const cloud = await startCloud(options.cloud);
  const runs = new StageRuns(githubOf(cloud));
  let count = 0;
  const placed = ({ sha, github, ...rest }: RunOptions) => {
    count += 1;
    return {
      ...rest,
      cloud: cloud.env,
      toolCache,
      workspace: rest.workspace ?? workspace,
      temp: join(temp, String(count)),
      github: { ...factsOf(count), ...(sha === undefined ? {} : { sha }), ...github },
    };
  };
  return {
    cloud,
    flyctl,
    toolCache,
    workspace,
    temp,
    run: (action, inputs, options = {}) => {
      const job = placed(options);
      const given = { ...passedOn(inputs, options), ...inputs };
      const play = () => runAction(join(root, 'actions', action), given, job);
      return runs.play(job.github, play, (result) => result.job.conclusion);
    },
    runJob: (steps, { step: _, ...options } = {}) => {
      const job = placed(options);
      const play = () => runJob({ steps, repositoryRoot: root, ...job });
      return runs.play(job.github, play, (result) => result.conclusion);
    },
    flyctlCalls: () => {
      const calls = existsSync(callsOf(toolCache)) ? readFileSync(callsOf(toolCache), 'utf8') : '';
      rmSync(callsOf(toolCache), { force: true });
      return calls.split('\n').filter((line) => line !== '');
    },
    close: async () => {
      await cloud.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What a run sets for the stand-in is let through to it. */
function passedOn(
  inputs: Readonly<Record<string, string>>,
  { env = {} }: RunOptions,
): Readonly<Record<string, string>> {
  // A target on Railway starts no flyctl, and refuses what is for it.
  if (Object.keys(inputs).some((name) => name.startsWith('railway-'))) return {};
  const names = Object.keys(env).filter((name) => name.startsWith('STAND_IN_'));
  return names.length === 0 ? {} : { 'flyctl-env': names.join('\n') };
}

function githubOf(cloud: Cloud): GitHub {
  const service = cloud.service('github');
  if (service instanceof GitHub) return service;
  throw new Error('a stage has the emulated GitHub');
}

/** A push to the demo's main branch; each run has an id of its own. */
function factsOf(run: number): NonNullable<ActionOptions['github']> {
  return {
    repository: `${demo.github.owner}/${demo.github.repository}`,
    repository_owner: demo.github.owner,
    token: demo.github.token,
    event_name: 'push',
    ref: 'refs/heads/main',
    ref_name: 'main',
    run_id: String(100 + run),
    run_attempt: '1',
  };
}

/** As the demo's app was deployed: two machines behind one service with a health check. */
const flyToml = `app = "${demo.fly.app}"
primary_region = "iad"

[http_service]
  internal_port = 8080

  [[http_service.checks]]
    interval = "1s"
    timeout = "2s"
    path = "/healthz"
`;

/** No emulated archive can match a published checksum, so the tool cache answers for the version asked for by default. */
function seeded(dir: string, ...wanted: Parameters<typeof seedFlyctl>): SeededFlyctl {
  try {
    return seedFlyctl(...wanted);
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

function seedFlyctl(toolCache: string, wanted: 'any' | 'stand-in'): SeededFlyctl {
  const real = wanted === 'any' ? findFlyctl().path : undefined;
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  const folder = join(toolCache, 'flyctl', defaultFlyctlVersion, arch);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'flyctl');
  if (real === undefined) writeFileSync(path, standIn(callsOf(toolCache)));
  else cpSync(real, path, { dereference: true });
  chmodSync(path, 0o755);
  writeFileSync(`${folder}.complete`, '');
  const { says, failed } = flyctlVersion(path);
  if (failed !== undefined) throw new Error(`The flyctl at ${real ?? path} does not run: ${failed}.`);
  rmSync(callsOf(toolCache), { force: true });
  return {
    kind: real === undefined ? 'stand-in' : 'real',
    path: real ?? 'packages/local-cloud/bin/flyctl',
    executable: path,
    says,
  };
}

/** The stand-in stays where it is, since it needs what lies beside it; each call leaves its command line. */
const standIn = (calls: string) => `#!/bin/sh
echo "$*" >> '${calls}'
exec '${process.execPath}' '${join(root, 'packages/local-cloud/bin/flyctl.mjs')}' "$@"
`;

function callsOf(toolCache: string): string {
  return join(toolCache, 'flyctl-calls');
}
