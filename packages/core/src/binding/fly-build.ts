import { randomBytes } from 'node:crypto';
import { ActionFailure } from '../failure.ts';
import { fork } from '../gates/fork.ts';
import { untrustedRun } from '../gates/untrusted-run.ts';
import type { FlySource } from '../platforms/fly/adapter.ts';
import { flyctlFailure } from '../platforms/fly/failures.ts';
import type { ToolResult } from '../process.ts';
import type { RunnerContext } from '../runner/runner.ts';
import type { OpenFly } from './fly.ts';
import { flyDeployArguments, flyDeployCommand } from './fly-app.ts';

/** An image in the registry, named by what it is and not by a tag that may move. */
export interface BuiltImage {
  readonly digest: string;
  /** `registry.fly.io/shop@sha256:…`. */
  readonly ref: string;
}

/** A tag for one build: two builds of a run, side by side in a matrix, must not take each other's image. */
export function buildLabel({ runId, runAttempt }: RunnerContext): string {
  return `belay-build-${runId ?? 'local'}-${runAttempt}-${randomBytes(4).toString('hex')}`;
}

/** Why this run may not even push an image: nobody has accepted its code. Undefined when it may. */
export function refusalToBuild(
  context: RunnerContext,
): { readonly what: string; readonly next: string } | undefined {
  const untrusted = untrustedRun(context);
  if (untrusted === undefined) return undefined;
  const answer = fork.answer({ kind: 'deploy', live: { kind: 'nothing' }, untrustedRun: untrusted });
  return answer.kind === 'blocked' ? answer : undefined;
}

/** The command line of a build, for `dry-run`. Ours come last: of a flag given twice flyctl takes the last. */
export function flyBuildCommand(fly: OpenFly, source: FlySource): string {
  return [flyDeployCommand(fly, source), ...buildFlags].join(' ');
}

const buildFlags = ['--build-only', '--push'];

/**
 * Builds and pushes, and asks the registry what came of it. Rejects with the signal's reason.
 * Failures: `build-failed`, `deploy-timeout`, and those flyctl names.
 */
export async function buildImage(
  fly: OpenFly,
  source: FlySource & { readonly imageLabel: string },
  { signal, budgetMs }: { readonly signal: AbortSignal; readonly budgetMs: number },
): Promise<BuiltImage> {
  const { flyctl, api, target } = fly;
  const args = [...flyDeployArguments(fly, source), ...buildFlags];
  const result = await flyctl.run(args, { signal, deadlineMs: budgetMs });
  signal.throwIfAborted();
  if (result.endedBy !== 'exit' || result.exitCode !== 0) throw buildFailure(result, budgetMs);
  const tag = `registry.fly.io/${target.name}:${source.imageLabel}`;
  const image = await api.image(target.name, tag);
  if (image !== undefined) return image;
  throw new ActionFailure({
    code: 'build-failed',
    what: `flyctl says that it built ${tag}, and the registry does not have it`,
    next: 'Run the job again, and read the build log above.',
    details: result.tail,
  });
}

function buildFailure(result: ToolResult, budgetMs: number): ActionFailure {
  if (result.endedBy === 'deadline') {
    return new ActionFailure({
      code: 'deploy-timeout',
      what: `The build had not ended after ${Math.round(budgetMs / 1000)} s and was stopped; flyctl last said: ${result.tail.at(-1) ?? 'nothing'}`,
      next: 'Raise `timeout` if the build is really that slow.',
    });
  }
  const { reason, what, why, next } = flyctlFailure(result.tail, result.exitCode);
  return new ActionFailure({
    // Nothing but a build was asked for.
    code: reason === 'deploy-failed' ? 'build-failed' : reason,
    ...{ what, next, details: result.tail },
    ...(why === undefined ? {} : { why }),
  });
}
