import { describe, expect, it } from 'vitest';
import { ChecksProcess } from '../../../packages/core/src/checks/cage/caged-checks.ts';
import { createChecksPort } from '../../../packages/core/src/deployment/checks.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const checks = '- { name: home, http: /, expect: { schema: { colour: red } } }';

/** What is warned of when the checks are read, before anything is asked. */
async function warned(dryRun: boolean) {
  const never = (): never => {
    throw new Error('not asked here');
  };
  const told: unknown[] = [];
  const runner = {
    ...recordingRunner(),
    warning: (message: string, place?: { line: number }) => told.push([message, place?.line]),
  };
  const ports = {
    runner,
    http: { request: never, download: never, upload: never },
    tools: { run: never },
    checks: new ChecksProcess({}),
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const inputs = {
    checks,
    checkVariables: {},
    checkSecrets: {},
    environment: 'production',
    dryRun,
    service: undefined,
    workingDirectory: '.',
    timeoutMs: 600_000,
  };
  await createChecksPort(ports as never, inputs, {
    target: { platform: 'fly', id: 'fly:shop', name: 'shop', url: 'http://127.0.0.1:1' },
    commit: never,
    verdict: never,
    recorded: never,
    judgesLatency: true,
  });
  return told;
}

describe('what is worth a warning in the checks of a rollout', () => {
  it('is told at once in a dry run, which asks nothing', async () => {
    expect(await warned(true)).toEqual([['The schema: /colour is no keyword, and asserts nothing.', 1]]);
  });

  it('is else told by the report alone', async () => {
    expect(await warned(false)).toEqual([]);
  });
});
