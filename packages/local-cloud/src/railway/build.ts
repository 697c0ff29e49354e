import type { Deployment } from './deployment.ts';
import { StepFailure } from './deployment-events.ts';
import { readDockerfile } from './dockerfile.ts';
import type { Fate } from './fates.ts';
import type { LogBook } from './log-book.ts';
import { runOnce } from './run-once.ts';
import { buildCommandOf, rootOf, startCommandOf } from './start-command.ts';
import type { RailwayDoors } from './switches.ts';

const failed = 'Failed to build an image. Please check the build logs for more details.';

interface Built {
  readonly deployment: Deployment;
  readonly dir: string;
  readonly doors: RailwayDoors;
  readonly logs: LogBook;
  readonly fate: Fate | undefined;
}

/**
 * As Railpack goes about it: what it found is said, and a build command is really run. Dependencies are not installed:
 * nothing here reaches a registry.
 */
export async function buildTree({ deployment, dir, doors, logs, fate }: Built): Promise<void> {
  const say = (message: string, severity = 'info') =>
    logs.write({ kind: 'build', deployment, message, severity });
  const fail = (message: string): never => {
    say(message, 'error');
    throw new StepFailure(failed);
  };
  const root = rootOf(dir, deployment.settings);
  const dockerfile = readDockerfile(root, deployment.settings);
  say(`Using ${dockerfile === undefined ? 'build driver railpack-v0.15.1' : 'Detected Dockerfile'}`);
  if (fate?.kind === 'build-fails') fail(fate.says ?? 'ERROR: failed to build: exit code: 1');
  if (dockerfile?.failure !== undefined) {
    const { line, code } = dockerfile.failure;
    fail(
      `ERROR: failed to build: process "/bin/sh -c ${line}" did not complete successfully: exit code: ${code}`,
    );
  }
  const start = startCommandOf(root, deployment.settings);
  if (start === undefined) return fail('✖ No start command was found.');
  const build = dockerfile === undefined ? buildCommandOf(root, deployment.settings) : undefined;
  if (build !== undefined) {
    say(`Build       $ ${build}`);
    await runBuild({ root, line: build, deployment, doors, say }, fail);
  }
  say(`Deploy      $ ${start}`);
  say('=== Successfully Built! ===');
}

async function runBuild(
  of: {
    readonly root: string;
    readonly line: string;
    readonly deployment: Deployment;
    readonly doors: RailwayDoors;
    readonly say: (message: string, severity?: string) => void;
  },
  fail: (message: string) => never,
): Promise<void> {
  const { root, line, deployment, doors, say } = of;
  const spec = { tree: root, line, env: deployment.variables };
  const code = await runOnce(doors.apps, spec, {
    life: deployment.life.signal,
    said: (said) => say(said.line, said.from === 'stderr' ? 'error' : 'info'),
  });
  if (code !== 0 && !deployment.life.signal.aborted)
    fail(`ERROR: failed to build: process "${line}" did not complete successfully: exit code: ${code}`);
}
