import { expect, it } from 'vitest';
import { HttpError, type Ports } from '#core';
import { action as flyDeploy } from '../../actions/fly-deploy/src/run.ts';
import { action as rollback } from '../../actions/rollback/src/run.ts';
import { manualClock } from '../support/manual-clock.ts';
import { recordingRunner } from '../support/recording-runner.ts';

const timeoutMs = 8_000;

/** Nobody answers, and whoever is asked is waited for as long as the question says. */
function silentPorts() {
  const clock = manualClock();
  const asked: string[] = [];
  const request: Ports['http']['request'] = async ({ method, url, deadlineMs = 60_000 }) => {
    asked.push(new URL(url).host);
    clock.advance(deadlineMs);
    throw new HttpError({ method, url, kind: 'timeout', reason: '', maybeEffective: false, attempts: 1 });
  };
  const runner = recordingRunner({
    inputs: { 'fly-app': 'shop', 'fly-token': 'FlyV1 fm2_token', image: 'shop:1', timeout: '8s' },
    context: {
      eventName: 'issue_comment',
      event: { repository: { full_name: 'acme/shop' }, issue: { number: 7, pull_request: {} } },
    },
  });
  const inputs: Readonly<Record<string, string>> = { 'github-token': 'ghs_token' };
  const ports = {
    clock,
    http: { request },
    signal: new AbortController().signal,
    runner: { ...runner, input: (name: string) => inputs[name] ?? runner.input(name) },
  } as unknown as Ports;
  return { ports, clock, asked };
}

it.each([
  ['fly-deploy', flyDeploy],
  ['rollback', rollback],
])('%s asks whose a pull request is, and what serves meanwhile, within `timeout`', async (_, action) => {
  const { ports, clock, asked } = silentPorts();
  const { outcome, reason, serving } = await action.run(ports);
  expect({ outcome, reason, serving }).toEqual({ outcome: 'blocked', reason: 'fork', serving: 'unknown' });
  expect([...new Set(asked)]).toEqual(['api.github.com', 'api.machines.dev', 'api.fly.io']);
  // A question that comes too late is asked all the same, for a millisecond.
  expect(clock.monotonic()).toBeLessThanOrEqual(timeoutMs + 10);
});
