import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../io/clock.ts';
import type { ToolResult } from '../../../io/process.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import type { Allowance } from '../../../rollout/ports.ts';
import type { PlatformFailure } from '../../platform.ts';
import type { FlySource } from '../adapter.ts';
import { flyDeployArguments, flyDeployCommand } from '../deploy/app-config.ts';
import { rateLimitPauses } from '../deploy/deployer.ts';
import { flyctlFailure } from '../deploy/failures.ts';
import type { OpenFly } from '../open.ts';

/** An image in the registry, named by what it is and not by a tag that may move. */
export interface BuiltImage {
  readonly digest: string;
  /** `registry.fly.io/shop@sha256:…`. */
  readonly ref: string;
}

/** What a run of a workflow is known by; no id outside of one. */
interface WorkflowRun {
  readonly runId?: string;
  readonly runAttempt: number;
}

/** A tag for one build: two builds of a run, side by side in a matrix, must not take each other's image. */
export function buildLabel(run: WorkflowRun): string {
  return uniqueLabel('belay-build', run);
}

/** A tag for one deploy: what is built carries it, and the release is found by it. Unlike any other, as that of a build. */
export function deployLabel(run: WorkflowRun): string {
  return uniqueLabel('belay', run);
}

function uniqueLabel(what: string, { runId, runAttempt }: WorkflowRun): string {
  return `${what}-${runId ?? 'local'}-${runAttempt}-${randomBytes(4).toString('hex')}`;
}

/** The command line of a build, for `dry-run`. Ours come last: of a flag given twice flyctl takes the last. */
export function flyBuildCommand(fly: OpenFly, source: FlySource): string {
  return [flyDeployCommand(fly, source), ...buildFlags].join(' ');
}

const buildFlags = ['--build-only', '--push'];

/** What came of a build. */
export type Built =
  | { readonly kind: 'built'; readonly image: BuiltImage }
  /** The configuration names an image: flyctl looked it up, and nothing was to be built. */
  | { readonly kind: 'nothing-to-build' }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

type Labelled = FlySource & { readonly imageLabel: string };

/**
 * Builds and pushes, and asks the registry what came of it; where Fly allows no more calls for now, tried again. Rejects
 * with the signal's reason. Failures: `build-failed`, `platform-error`, `deploy-timeout`, and those flyctl names.
 */
export async function build(
  fly: OpenFly,
  source: Labelled,
  { clock, signal, budgetMs }: Allowance & { readonly clock: Clock },
): Promise<Built> {
  const end = clock.monotonic() + budgetMs;
  for (const pauseMs of rateLimitPauses) {
    const built = await buildOnce(fly, source, { signal, budgetMs: end - clock.monotonic() });
    if (built.kind !== 'failed' || built.failure.reason !== 'rate-limited') return built;
    await clock.sleep(pauseMs, signal);
  }
  return buildOnce(fly, source, { signal, budgetMs: end - clock.monotonic() });
}

/** The same, for who wants an image and nothing else. Failures are thrown. */
export async function buildImage(fly: OpenFly, source: Labelled, allowance: Allowance): Promise<BuiltImage> {
  const built = await buildOnce(fly, source, allowance);
  if (built.kind === 'built') return built.image;
  const {
    reason: code,
    evidence: details = [],
    ...told
  } = built.kind === 'failed' ? built.failure : notInRegistry(fly, source);
  throw new ActionFailure({ code, ...told, details });
}

async function buildOnce(fly: OpenFly, source: Labelled, { signal, budgetMs }: Allowance): Promise<Built> {
  const { flyctl, api, target } = fly;
  const args = [...flyDeployArguments(fly, source), ...buildFlags];
  const result = await flyctl.run(args, { signal, deadlineMs: budgetMs });
  signal.throwIfAborted();
  if (result.endedBy !== 'exit' || result.exitCode !== 0) {
    return { kind: 'failed', failure: buildFailure(result, budgetMs) };
  }
  const image = await api.image(target.name, builtTag(fly, source));
  if (image !== undefined) return { kind: 'built', image };
  if (result.tail.some((line) => line.startsWith('image found: '))) return { kind: 'nothing-to-build' };
  return { kind: 'failed', failure: { ...notInRegistry(fly, source), evidence: result.tail } };
}

function builtTag({ target }: OpenFly, { imageLabel }: Labelled): string {
  return `registry.fly.io/${target.name}:${imageLabel}`;
}

/** The build is as good as flyctl says: no change to it brings the image there. */
function notInRegistry(fly: OpenFly, source: Labelled): PlatformFailure {
  return {
    reason: 'platform-error',
    what: `flyctl says that it built ${builtTag(fly, source)}, and the registry does not have it`,
    next: 'Run the job again, and read the build log above.',
  };
}

function buildFailure(result: ToolResult, budgetMs: number): PlatformFailure {
  const { tail: evidence } = result;
  if (result.endedBy === 'deadline') {
    return {
      reason: 'deploy-timeout',
      what: `The build had not ended after ${Math.round(budgetMs / 1000)} s and was stopped; flyctl last said: ${result.tail.at(-1) ?? 'nothing'}`,
      next: 'Raise `timeout` if the build is really that slow.',
      evidence,
    };
  }
  const failure = flyctlFailure(result.tail, result.exitCode);
  // Nothing but a build was asked for.
  const reason = failure.reason === 'deploy-failed' ? 'build-failed' : failure.reason;
  return { ...failure, reason, evidence };
}
