import type { ChildProcess } from 'node:child_process';
import { errorMessage } from '../outcome/failure.ts';
import { createActionsRunner } from '../runner/actions-runner.ts';
import type { ActionDefinition, ActionResult } from './action.ts';
import { collapse, windUpEnd } from './cancellation.ts';
import type { CommandDefinition } from './command/command.ts';
import { calledAs } from './command/command.ts';
import { concludeError } from './conclude.ts';
import { createPorts } from './create-ports.ts';
import type { Ports } from './ports.ts';
import { publish, publishPost } from './publish.ts';
import { isPost, mainBegins, mainEnd, mainEnds } from './stage.ts';

/**
 * Runs an action as the hosted runner starts it, the same bundle for `main` and `post`; the last call of every
 * `main.ts`. `cancel` is the signal of `interruptible`. Owns the only catch-all, cancellation, the failure line and the
 * exit code. An action with a `command` is that command when a person calls its bundle.
 */
export async function runAction(
  definition: ActionDefinition,
  cancel: AbortSignal,
  { command, worker }: Extras = {},
): Promise<void> {
  if (command !== undefined && isCalledByPerson()) {
    const { runCommand } = await import('./command/run-command.ts');
    process.exitCode = await runCommand(definition.name, command, { cancel, worker });
  } else await runAsStep(definition, cancel, worker);
  // A kept-alive socket or a tool's pipe would hold node open for minutes; unref'd, this waits only for those.
  setTimeout(() => process.stdout.write('', () => process.exit()), 100).unref();
}

/** What only some actions have. */
interface Extras {
  readonly command?: CommandDefinition;
  /** The process for the checks, started ahead: `startWorker`. */
  readonly worker?: ChildProcess | undefined;
}

/** The runner passes no arguments, and says that it is there; a package says that it is a command. */
function isCalledByPerson(): boolean {
  return process.argv.length > 2 || process.env.GITHUB_ACTIONS !== 'true' || calledAs('') !== '';
}

async function runAsStep(
  definition: ActionDefinition,
  cancel: AbortSignal,
  worker: ChildProcess | undefined,
): Promise<void> {
  // A log that nobody reads any more ends no deploy.
  process.stdout.on('error', () => {});
  const runner = createActionsRunner(process.env);
  const ports = createPorts(definition.name, runner, cancel, worker);
  const ended = Promise.race([
    windUpEnd(ports.signal),
    collapse(process, (error) => ports.runner.debug(stacks(error))),
  ]);
  if (isPost()) {
    await runPost(definition, ports, ended);
  } else {
    // Whatever is thrown from here on: nothing is green that did not come to its end.
    process.exitCode = 1;
    process.exitCode = await runMain(definition, ports, ended);
  }
}

/** Answers the exit code. */
async function runMain(definition: ActionDefinition, ports: Ports, ended: Promise<never>): Promise<number> {
  const from = ports.clock.monotonic();
  try {
    const result = await resultOf(definition, ports, ended);
    const durationMs = ports.clock.monotonic() - from;
    const { isWritten } = await publish(ports.runner, result, { kind: definition.kind, durationMs });
    tellPost(ports, result);
    // A step that nobody can read the outcome of is not green.
    const isGreen = result.ok && isWritten;
    return definition.exitCodes?.[result.outcome] ?? (isGreen ? 0 : 1);
  } finally {
    ports.checks.close();
  }
}

/** Where that cannot be kept, `post` looks for itself. */
function tellPost({ runner }: Ports, result: ActionResult): void {
  try {
    mainEnds(runner, result);
  } catch (error) {
    runner.debug(stacks(error));
  }
}

async function resultOf(
  definition: ActionDefinition,
  ports: Ports,
  ended: Promise<never>,
): Promise<ActionResult> {
  const concluded = (error: unknown, isOwn: boolean): ActionResult => {
    ports.runner.debug(stacks(error));
    return concludeError(error, { cancelled: ports.signal.aborted, isOwn, issuesUrl: issuesUrl(ports) });
  };
  try {
    // Before anything else: without it `post` would not know that this has begun.
    mainBegins(ports.runner);
    // Cancelled while it was being loaded: what was not begun is not begun.
    ports.signal.throwIfAborted();
  } catch (error) {
    return concluded(error, true);
  }
  const run = definition.run(ports).catch((error: unknown) => concluded(error, true));
  return Promise.race([run, ended]).catch((error: unknown) => concluded(error, false));
}

/** A post that fails would turn a good job red: it warns instead. */
async function runPost(definition: ActionDefinition, ports: Ports, ended: Promise<never>): Promise<void> {
  try {
    const report = await Promise.race([definition.post?.(ports, mainEnd(ports.runner)), ended]);
    if (report !== undefined) await publishPost(ports.runner, report);
  } catch (error) {
    const message = errorMessage(error);
    ports.runner.warning(`Cleaning up after ${definition.name} did not finish: ${message}`);
  } finally {
    ports.checks.close();
  }
}

/** The stack of an error and of its causes, for the debug log. */
function stacks(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\nCaused by: ${stacks(error.cause)}`;
}

function issuesUrl({ runner }: Ports): string | undefined {
  const repository = runner.env.GITHUB_ACTION_REPOSITORY;
  return repository ? `${runner.context.serverUrl}/${repository}/issues` : undefined;
}
