import { describe, expect, it } from 'vitest';
import {
  checkInputs,
  forceInputs,
  forceNeedsReason,
  ledgerInputs,
} from '../../../packages/core/src/inputs/common-inputs.ts';
import { defineInputs } from '../../../packages/core/src/inputs/inputs.ts';
import { choice, duration, flag, text } from '../../../packages/core/src/inputs/kinds.ts';
import { lines, pairs } from '../../../packages/core/src/inputs/lists.ts';
import { secret } from '../../../packages/core/src/inputs/secret.ts';
import { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { type RunnerFacts, recordingRunner } from '../../support/recording-runner.ts';

const inputs = defineInputs(
  {
    app: text('fly-app', { required: true }),
    image: text('image'),
    strategy: choice('strategy', ['rolling', 'immediate'], { default: 'rolling' }),
    waitMs: duration('wait-timeout', { default: '5m' }),
    dryRun: flag('dry-run', { default: 'false' }),
    buildArgs: pairs('build-args'),
    args: lines('args'),
    token: secret('fly-token', { required: true, env: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'] }),
  },
  [
    {
      between: ['image', 'buildArgs'],
      broken: ({ image, buildArgs }) =>
        image !== undefined && Object.keys(buildArgs).length > 0
          ? '`build-args` cannot be given with `image`: nothing is built.'
          : undefined,
    },
  ],
);

const good = { 'fly-app': 'shop', 'fly-token': 'secret-token' };

/** The failure that reading ends in. */
function failureOf(facts: RunnerFacts): Pick<ActionFailure, 'code' | 'what' | 'next' | 'details'> {
  try {
    inputs.read(recordingRunner(facts));
  } catch (error) {
    if (!(error instanceof ActionFailure)) throw error;
    return {
      code: error.code,
      what: error.what,
      next: error.next,
      ...(error.details ? { details: error.details } : {}),
    };
  }
  throw new Error('The inputs were accepted.');
}

describe('inputs', () => {
  it('become one value, absent ones undefined, defaults read like any text', () => {
    expect(inputs.read(recordingRunner({ inputs: good }))).toEqual({
      app: 'shop',
      image: undefined,
      strategy: 'rolling',
      waitMs: 300_000,
      dryRun: false,
      buildArgs: {},
      args: [],
      token: 'secret-token',
    });
  });

  it('take the default also where an expression came out empty', () => {
    const read = inputs.read(recordingRunner({ inputs: { ...good, strategy: '  ', 'wait-timeout': '' } }));
    expect([read.strategy, read.waitMs]).toEqual(['rolling', 300_000]);
  });

  it('are refused all at once, each with the value seen and what is legal', () => {
    const wrong = {
      'fly-app': '',
      image: 'shop:1',
      strategy: 'roling',
      'wait-timeout': '30',
      'dry-run': 'yes',
      'build-args': 'A=1',
      'fly-token': '',
    };
    expect(failureOf({ inputs: wrong })).toEqual({
      code: 'input-invalid',
      what: '7 inputs cannot be used: `fly-app`, `strategy`, `wait-timeout`, `dry-run`, `fly-token`, `image`, `build-args`.',
      next: "Correct `fly-app`, `strategy`, `wait-timeout`, `dry-run`, `fly-token`, `image`, `build-args` in the step's `with:`.",
      details: [
        '`fly-app` is required and was not given.',
        '`strategy` is "roling"; it must be one of: rolling, immediate. Did you mean rolling?',
        '`wait-timeout` is "30", which has no unit. Write 30s, 30m or 30h.',
        '`dry-run` is "yes"; it must be one of: true, false.',
        "`fly-token` is required and was not given. Pass it as an input, or set FLY_API_TOKEN or FLY_ACCESS_TOKEN in the step's env.",
        '`build-args` cannot be given with `image`: nothing is built.',
      ],
    });
  });

  it('say a single problem in the failure itself', () => {
    expect(failureOf({ inputs: { ...good, 'dry-run': 'tru' } })).toEqual({
      code: 'input-invalid',
      what: '`dry-run` is "tru"; it must be one of: true, false. Did you mean true?',
      next: "Correct `dry-run` in the step's `with:`.",
    });
  });

  it('are not asked a rule while one of its inputs cannot be read', () => {
    const { what } = failureOf({ inputs: { ...good, image: 'shop:1', 'build-args': 'A' } });
    expect(what).toBe('`build-args` line 1 is "A", which has no "=". Write NAME=VALUE.');
  });

  it('mask every secret even when others are refused', () => {
    const runner = recordingRunner({ inputs: { 'fly-token': 'secret-token' } });
    expect(() => inputs.read(runner)).toThrow(ActionFailure);
    expect(runner.masked).toEqual(['secret-token']);
  });

  it('keep no more than 80 characters of a wrong value', () => {
    const { what } = failureOf({ inputs: { ...good, strategy: 'x'.repeat(500) } });
    expect(what).toBe(`\`strategy\` is "${'x'.repeat(79)}…"; it must be one of: rolling, immediate.`);
  });
});

describe('common inputs', () => {
  const common = defineInputs({ ...ledgerInputs, ...checkInputs, ...forceInputs }, [forceNeedsReason]);

  it('need nothing given', () => {
    expect(common.read(recordingRunner())).toEqual({
      environment: 'production',
      service: undefined,
      githubToken: undefined,
      ledgerKeys: [],
      checks: undefined,
      checkVariables: {},
      checkSecrets: {},
      force: [],
      overrideReason: undefined,
    });
  });

  it('refuse force without a reason', () => {
    expect(() => common.read(recordingRunner({ inputs: { force: 'older-than-live' } }))).toThrow(
      '`force` needs `override-reason`: one line saying why older-than-live may be passed.',
    );
  });
});
