import type { ActionResult, Ports, RunnerContext } from '#core';
import { action } from '../../actions/smoke-test/src/run.ts';
import { ChecksProcess } from '../../packages/core/src/checks/cage/caged-checks.ts';
import { systemClock } from '../../packages/core/src/io/clock.ts';
import type { RecordingRunner } from './recording-runner.ts';
import { recordingRunner } from './recording-runner.ts';

const unused = () => Promise.reject(new Error('smoke-test uses no other door'));

/** Runs the smoke test's sources in this process, with `workspace` as the checked-out repository. */
export async function smokeIn(
  workspace: string,
  inputs: Record<string, string>,
  env: Record<string, string> = {},
  request: Ports['http']['request'] = unused,
  run: Partial<RunnerContext> = {},
): Promise<{ readonly runner: RecordingRunner; readonly result: ActionResult }> {
  const runner = recordingRunner({ inputs, env, context: { ...run, workspace, temp: workspace } });
  const result = await action.run({
    runner,
    clock: systemClock,
    signal: new AbortController().signal,
    http: { request, download: unused, upload: unused },
    tools: { run: unused },
    checks: new ChecksProcess({}),
  });
  return { runner, result };
}
