import { describe, expect, it } from 'vitest';
import type { ActionResult } from '../../../packages/core/src/action/action.ts';
import { publish } from '../../../packages/core/src/action/publish.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const green: ActionResult = {
  outcome: 'live',
  reason: 'verified',
  serving: 'new',
  ok: true,
  outputs: { release: 'v43' },
  summary: '# Done',
  headline: 'v43 is live and verified.',
};

const red: ActionResult = {
  outcome: 'restored',
  reason: 'checks-failed',
  serving: 'old',
  ok: false,
  outputs: {},
  headline: 'v42 serves again.',
  failure: {
    code: 'checks-failed',
    what: 'The check `home` failed on v43',
    why: 'It answered 500.',
    next: 'Read its evidence in the summary.',
    docs: 'https://example.com/docs',
    details: ['GET / → 500', '::error::from the app'],
  },
  annotations: [{ level: 'warning', message: 'home failed', place: { file: 'checks.yml', line: 3 } }],
};

describe('publish', () => {
  it('writes the outputs, the summary and the headline of a green result', async () => {
    const runner = recordingRunner();
    await publish(runner, green, { kind: 'deploy', durationMs: 1_234.6 });
    expect(runner.outputs).toEqual({
      release: 'v43',
      outcome: 'live',
      reason: 'verified',
      serving: 'new',
      'needs-a-person': 'false',
      'duration-ms': '1235',
    });
    expect(runner.summaries).toEqual(['# Done']);
    expect(runner.log).toEqual(['info v43 is live and verified.']);
  });

  it('prints a red result as one error, its details below it', async () => {
    const runner = recordingRunner();
    await publish(runner, red, { kind: 'deploy', durationMs: 5 });
    expect(runner.log).toEqual([
      'warning home failed',
      'error checks-failed: The check `home` failed on v43. It answered 500. Next: Read its evidence in the summary.',
      'info See https://example.com/docs',
      'group Details of checks-failed',
      'info GET / → 500',
      'info ::error::from the app',
      'endgroup',
      'info v42 serves again.',
    ]);
    expect(runner.places).toEqual([{ file: 'checks.yml', line: 3 }]);
  });

  it('prints no second error for what its annotations tell at their places', async () => {
    const runner = recordingRunner();
    const annotations = [{ level: 'error', message: 'home: expected 200, got 500' }] as const;
    const { docs: _, details: __, ...failure } = red.failure ?? { code: '', what: '', next: '' };
    await publish(runner, { ...red, failure, annotations }, { kind: 'deploy', durationMs: 5 });
    expect(runner.log).toEqual([
      'error home: expected 200, got 500',
      'info checks-failed: The check `home` failed on v43. It answered 500. Next: Read its evidence in the summary.',
      'info v42 serves again.',
    ]);
  });

  it('says unknown when nothing was seen serving', async () => {
    const runner = recordingRunner();
    const bug: ActionResult = { outcome: 'error', reason: 'bug', ok: false, outputs: {}, headline: 'No.' };
    await publish(runner, bug, { kind: 'deploy', durationMs: 0 });
    expect(runner.outputs).toEqual({
      outcome: 'error',
      reason: 'bug',
      serving: 'unknown',
      'needs-a-person': 'true',
      'duration-ms': '0',
    });
    expect(runner.log).toEqual(['error No.']);
  });

  it('goes on when the summary cannot be written', async () => {
    const runner = { ...recordingRunner(), summary: () => Promise.reject(new Error('no such file')) };
    await publish(runner, green, { kind: 'deploy', durationMs: 5 });
    expect(runner.log).toEqual([
      'warning The job summary could not be written. no such file',
      'info v43 is live and verified.',
    ]);
  });
});
