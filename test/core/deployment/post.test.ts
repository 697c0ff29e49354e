import { describe, expect, it } from 'vitest';
import type { Ports } from '../../../packages/core/src/action/ports.ts';
import { runPost } from '../../../packages/core/src/deployment/post.ts';
import type { Live } from '../../../packages/core/src/platforms/platform.ts';
import type { MainEnd } from '../../../packages/core/src/report/post-report.ts';
import { recordingRunner } from '../../support/recording-runner.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const release = {
  id: 'v2',
  label: 'v2',
  state: 'live',
  created: '2026-11-29T10:00:00Z',
  restorable: 'yes',
} as const;
const live: Live = { kind: 'one', release };
const target = { platform: 'fly', id: 'fly:shop', name: 'shop' };

/** What post tells of a step that ended so and had kept this text to be gone on with; undefined where it is silent. */
async function told(main: MainEnd, kept: string): Promise<string | undefined> {
  const runner = recordingRunner();
  if (kept !== '') runner.saveState('rollout', kept);
  const { signal } = new AbortController();
  const ports = { runner, clock: new VirtualClock(), signal, http: {}, tools: {} } as unknown as Ports;
  const report = await runPost({ action: 'fly-deploy', main, tools: undefined }, ports, async () => ({
    inputs: { githubToken: undefined, ledgerKeys: [], environment: 'production', service: undefined },
    target: { id: 'fly:shop', look: () => async () => ({ target, live }) },
    open: () => Promise.reject(new Error('nothing is opened for what cannot be read')),
  }));
  return report && `${report.level}: ${report.message}`;
}

const unread =
  'What the step had kept to be finished cannot be read: a way back that was cut stays cut, and its records stay open.';

describe('a post', () => {
  it.each([
    { of: 'that had told everything', main: 'told', kept: '', says: undefined },
    {
      of: 'that was killed before it kept anything',
      main: 'killed',
      kept: '',
      says: 'notice: The step was killed before it could say how it ended. fly:shop serves v2. Next: Run the job again when it is wanted.',
    },
    {
      of: 'that was killed, of which what it kept is damaged',
      main: 'killed',
      kept: '{"schema":1,"kno',
      says: `warning: The step was killed before it could say how it ended. ${unread} fly:shop serves v2. Next: Run the job again, or the rollback action.`,
    },
    {
      of: 'that had told its end and left something to finish, which is damaged',
      main: 'told',
      kept: '{"schema":1,"kno',
      says: `warning: The step ended before what it had begun. ${unread} fly:shop serves v2. Next: Run the job again, or the rollback action.`,
    },
  ] as const)('of a step $of', async ({ main, kept, says }) => {
    expect(await told(main, kept)).toBe(says);
  });
});
