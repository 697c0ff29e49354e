import { request } from 'node:http';
import type { Deployment } from './deployment.ts';
import { StepFailure } from './deployment-events.ts';
import type { Replica } from './replica.ts';
import type { RailwayDoors } from './switches.ts';

/** How long one probe may take. */
const patienceMs = 5_000;

interface HealthChecked {
  readonly deployment: Deployment;
  readonly path: string;
  readonly timeoutMs: number;
  readonly doors: Pick<RailwayDoors, 'clock' | 'switches'>;
  readonly say: (message: string, severity?: string) => void;
}

/**
 * GET with `Host: healthcheck.railway.app` until each replica has answered 200 (https://docs.railway.com/deployments/healthchecks).
 * Asked while it is deployed alone, never afterwards.
 */
export async function checkHealth(checked: HealthChecked): Promise<void> {
  const { deployment, path, timeoutMs, doors, say } = checked;
  const { clock, switches } = doors;
  const { signal } = deployment.life;
  for (const line of banner(path, timeoutMs)) say(line);
  const until = clock.now() + timeoutMs;
  const waiting = new Set(deployment.replicas);
  for (let attempt = 1; !signal.aborted; attempt++) {
    for (const replica of waiting) if (await isHealthy(replica, path)) waiting.delete(replica);
    const all = deployment.replicas.length;
    if (waiting.size === 0) return say(`[${all}/${all}] Healthcheck succeeded!`);
    const leftMs = until - clock.now();
    if (leftMs <= 0) {
      say(`${waiting.size}/${all} replicas never became healthy!`, 'error');
      say('Healthcheck failed!', 'error');
      throw new StepFailure('Healthcheck failed');
    }
    say(
      `Attempt #${attempt} failed with service unavailable. Continuing to retry for ${shown(leftMs)}`,
      'error',
    );
    await clock.until(Math.min(until, clock.now() + switches.pace.probeMs), signal);
  }
}

function banner(path: string, timeoutMs: number): readonly string[] {
  const rule = '====================';
  return [rule, 'Starting Healthcheck', rule, '', `Path: ${path}`, `Retry window: ${shown(timeoutMs)}`, ''];
}

/** `4m59s`, as Go writes a duration. */
function shown(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

function isHealthy({ port }: Replica, path: string): Promise<boolean> {
  if (port === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const headers = { host: 'healthcheck.railway.app', 'user-agent': 'RailwayHealthCheck/1.0' };
    const asking = request({ host: '127.0.0.1', port, path, headers, agent: false });
    asking.setTimeout(patienceMs, () => asking.destroy());
    asking.on('error', () => resolve(false));
    asking.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asking.end();
  });
}
