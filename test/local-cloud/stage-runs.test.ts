import { beforeEach, describe, expect, it } from 'vitest';
import { demoCommits } from '../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../packages/local-cloud/src/github/github.ts';
import type { JobStatus } from '../../packages/local-runner/src/index.ts';
import { StageRuns } from '../../scripts/stage-runs.ts';
import { ask } from '../support/github-client.ts';
import { demoGitHub, StillClock } from '../support/github-emulator.ts';

const [, , , , , c5 = ''] = demoCommits;
const facts = { repository: 'acme/shop', run_id: '101', run_attempt: '2', sha: c5 };

let github: GitHub;
let token: string;
let runs: StageRuns;

beforeEach(() => {
  ({ github } = demoGitHub(new StillClock()));
  token = github.token();
  runs = new StageRuns(github);
});

const play = (job: () => Promise<JobStatus>, changes: object = {}) =>
  runs.play({ ...facts, ...changes }, job, (status) => status);

const state = async (id = 101): Promise<string> => {
  const { body } = await ask(github, `GET /repos/acme/shop/actions/runs/${id}`, { token });
  return `attempt ${body.run_attempt}: ${body.status} ${body.conclusion}`;
};

describe('a run that is played on a stage', () => {
  it.each(['success', 'failure', 'cancelled'] as const)(
    'is known as in progress until it has ended: %s',
    async (status) => {
      const seen: string[] = [];
      await play(async () => {
        seen.push(await state());
        return status;
      });
      expect([...seen, await state()]).toEqual([
        'attempt 2: in_progress null',
        `attempt 2: completed ${status}`,
      ]);
    },
  );

  it('has failed where it could not be played', async () => {
    const broken = play(() => Promise.reject(new Error('no such action')));
    await expect(broken).rejects.toThrow('no such action');
    expect(await state()).toBe('attempt 2: completed failure');
  });
});

describe('what a run finds of the records', () => {
  const write = async (): Promise<void> => {
    const body = { ref: c5, auto_merge: false, required_contexts: [] };
    await ask(github, 'POST /repos/acme/shop/deployments', { token, body });
  };
  const found = async (): Promise<number> =>
    (await ask(github, 'GET /repos/acme/shop/deployments', { token })).body.length;

  it('is all that the run before has written', async () => {
    await play(async () => {
      await write();
      return 'success';
    });
    const seen: number[] = [await found()];
    await play(async () => {
      seen.push(await found());
      return 'success';
    });
    expect(seen).toEqual([0, 1]);
  });

  it('is not what a run beside it has just written', async () => {
    const seen: number[] = [];
    await play(async () => {
      await write();
      await play(
        async () => {
          seen.push(await found());
          return 'success';
        },
        { run_id: '102' },
      );
      return 'success';
    });
    expect([seen, await state(102)]).toEqual([[0], 'attempt 2: completed success']);
  });
});
