import { describe, expect, it } from 'vitest';
import { RunStates } from '../../../packages/core/src/ledger/run-state.ts';
import { answeringGitHub } from '../../support/answering-github.ts';

const own = { runId: '77', runAttempt: 3 };

/** A GitHub that answers every question after a run alike, and remembers what it was asked. */
function github(status: number, body: object) {
  return answeringGitHub(() => ({ status, text: JSON.stringify(body) }));
}

function states(status: number, body: object) {
  const { asked, api } = github(status, body);
  const log: string[] = [];
  return { asked, log, runs: new RunStates(api, own, (line) => log.push(line)) };
}

describe('a run that left its record open', () => {
  it.each([
    ['is over when it is completed', { status: 'completed', run_attempt: 1 }, true],
    ['is over when it was started again since', { status: 'in_progress', run_attempt: 2 }, true],
    ['is not over while it runs', { status: 'in_progress', run_attempt: 1 }, false],
    ['is not over while it is queued', { status: 'queued', run_attempt: 1 }, false],
    [
      'is not over where the answer is of an attempt before it',
      { status: 'completed', run_attempt: 0 },
      false,
    ],
    ['is not over where the answer is none', { message: 'odd' }, false],
  ])('%s', async (_, body, expected) => {
    const { runs, asked } = states(200, body);
    expect(await runs.isOver({ run: '12', attempt: 1 })).toBe(expected);
    expect(asked).toEqual(['GET actions/runs/12']);
  });

  it.each([
    ['of this very run, in an earlier attempt, is over without a question', { run: '77', attempt: 2 }, true],
    ['of this very run and attempt is not', { run: '77', attempt: 3 }, false],
    [
      'that names no run by its number is not asked after',
      { run: '../../other/shop', attempt: 1 },
      'unasked',
    ],
    ['that names none is not asked after', { run: '', attempt: 1 }, 'unasked'],
  ])('%s', async (_, intent, expected) => {
    const { runs, asked } = states(200, { status: 'completed', run_attempt: 9 });
    expect(await runs.isOver(intent)).toBe(expected);
    expect(asked).toEqual([]);
  });

  it('is not asked after twice without the permission, and that is said', async () => {
    const { runs, asked, log } = states(403, { message: 'Resource not accessible by integration' });
    expect([
      await runs.isOver({ run: '12', attempt: 1 }),
      await runs.isOver({ run: '13', attempt: 1 }),
    ]).toEqual([false, 'unasked']);
    expect(asked).toEqual(['GET actions/runs/12']);
    expect(log).toEqual([
      'Whether a run is over cannot be asked (GET https://api.github.com/repos/ada/Shop/actions/runs/12 → 403 Resource not accessible by integration): give the job `actions: read`, and one that was killed is not waited for.',
    ]);
  });

  it.each([
    ['was deleted, where GitHub tells of this very run, and is over', 200, true],
    ['is not known to be over where GitHub tells of no run at all', 404, false],
  ])('that GitHub does not have %s', async (_, ofOwn, expected) => {
    const { api, asked } = answeringGitHub((question) => ({
      status: question === 'GET actions/runs/77' ? ofOwn : 404,
      text: '{}',
    }));
    const runs = new RunStates(api, own, () => {});
    expect([
      await runs.isOver({ run: '12', attempt: 1 }),
      await runs.isOver({ run: '13', attempt: 1 }),
    ]).toEqual([expected, expected]);
    expect(asked).toEqual(['GET actions/runs/12', 'GET actions/runs/77', 'GET actions/runs/13']);
  });
});
