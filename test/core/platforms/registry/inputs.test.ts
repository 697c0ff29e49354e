import { describe, expect, it } from 'vitest';
import { defineInputs } from '../../../../packages/core/src/inputs/inputs.ts';
import { duration } from '../../../../packages/core/src/inputs/kinds.ts';
import { ActionFailure } from '../../../../packages/core/src/outcome/failure.ts';
import {
  acceptInTime,
  platformAcceptInputs,
  platformInputs,
  platformNeeded,
  platformReleaseNames,
} from '../../../../packages/core/src/platforms/registry/inputs.ts';
import { recordingRunner } from '../../../support/recording-runner.ts';

const inputs = defineInputs({ ...platformInputs, ...platformAcceptInputs }, platformNeeded);

/** What is wrong, all of it; `fine` where nothing is. */
function wrongIn(
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): string {
  try {
    inputs.read(recordingRunner({ inputs: given, env }));
    return 'fine';
  } catch (error) {
    if (!(error instanceof ActionFailure)) throw error;
    return [error.what, ...(error.details ?? [])].join('\n');
  }
}

const fly = { 'fly-app': 'shop', 'fly-token': 'f' };
const railway = { 'railway-service': 'web', 'railway-token': 'r' };

describe('the inputs of an action for every platform', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['an app on Fly with its token', fly],
    ['a service on Railway with its token', railway],
    ['the project alone', { 'railway-project': 'shop', 'railway-token': 'r' }],
  ])('%s is enough', (_, given) => {
    expect(wrongIn(given)).toBe('fine');
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['nothing', {}, 'No target is named: give `fly-app`, or `railway-service`.'],
    ['tokens alone name none', { 'fly-token': 'f', 'railway-token': 'r' }, 'No target is named'],
    ['both', { ...fly, ...railway }, 'The inputs name an app on Fly and a service on Railway'],
    ['an app without a token', { 'fly-app': 'shop' }, '`fly-token` is empty'],
    ['a service without a token', { 'railway-service': 'web' }, '`railway-token` is empty'],
  ])('%s is a bad input', (_, given, says) => {
    expect(wrongIn(given)).toContain(says);
  });

  it('two tokens of Railway in the environment are a bad input where a service is named, and nobody’s business elsewhere', () => {
    const env = { RAILWAY_TOKEN: 'a', RAILWAY_API_TOKEN: 'b' };
    expect(wrongIn({ 'railway-service': 'web' }, env)).toContain(
      'RAILWAY_TOKEN and RAILWAY_API_TOKEN are both set, to different tokens',
    );
    expect(wrongIn(fly, env)).toBe('fine');
  });
});

describe('an input of one platform beside a target on another', () => {
  it.each([
    ['wait-timeout', '9m'],
    ['flyctl-version', 'latest'],
    ['flyctl-sha256', 'a'.repeat(64)],
    ['flyctl-env', 'HOME'],
    ['accept-machines', '148e272b9e0d89'],
  ])('%s is for Fly alone', (name, value) => {
    expect(wrongIn({ ...railway, [name]: value })).toBe(
      `\`${name}\` is for targets on Fly, and the inputs name one on Railway, where it says nothing.`,
    );
    expect(wrongIn({ ...fly, [name]: value })).toBe('fine');
  });

  it('allow-rebuild is for Railway alone', () => {
    expect(wrongIn({ ...fly, 'allow-rebuild': 'true' })).toBe(
      '`allow-rebuild` is for targets on Railway, and the inputs name one on Fly, where it says nothing.',
    );
    expect(wrongIn({ ...railway, 'allow-rebuild': 'true' })).toBe('fine');
  });

  it('is told together with everything else that is wrong', () => {
    expect(wrongIn({ 'railway-service': 'web', 'wait-timeout': '9m', 'flyctl-version': '1' })).toBe(
      [
        '3 inputs cannot be used: `flyctl-version`, `railway-token`, `wait-timeout`.',
        '`flyctl-version` is "1"; it must be a version such as 0.4.85, latest, or path.',
        '`railway-token` is empty, and RAILWAY_TOKEN is not set. GitHub gives an empty text for a secret that does not exist under the name, that belongs to an environment which the job does not name, or that was not passed to a reusable workflow.',
        '`wait-timeout` is for targets on Fly, and the inputs name one on Railway, where it says nothing.',
      ].join('\n'),
    );
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['what the runner gives as a default', { 'wait-timeout': '5m', 'flyctl-version': '0.4.85' }],
    ['a token, which a job may have for another step', { 'fly-token': 'f' }],
  ])('%s is let pass', (_, given) => {
    expect(wrongIn({ ...railway, ...given })).toBe('fine');
  });

  it('of which one is named on each is told for the targets alone', () => {
    expect(wrongIn({ ...fly, ...railway, 'wait-timeout': '9m' })).toBe(
      'The inputs name an app on Fly and a service on Railway: give each a step of its own.',
    );
  });
});

describe('what a rollback may go back to by a platform’s word', () => {
  it.each([
    ['v42', true],
    ['registry.fly.io/shop:v1', true],
    ['0c0d8a18', true],
    ['0c0d8a18-0000-4000-8000-000000000001', true],
    ['0c0d8a18-0000', false],
    ['yesterday', false],
  ])('%s: %s', (to, may) => {
    expect(platformReleaseNames.pattern.test(to)).toBe(may);
  });
});

describe('the window in which what is brought back has to go on running', () => {
  const rollback = defineInputs(
    { ...platformInputs, ...platformAcceptInputs, timeoutMs: duration('timeout', { default: '20m' }) },
    [...platformNeeded, acceptInTime],
  );
  const read = (given: Readonly<Record<string, string>>) => {
    try {
      return rollback.read(recordingRunner({ inputs: given })).stabilizeMs;
    } catch (error) {
      return (error as ActionFailure).what;
    }
  };
  it.each<[string, Readonly<Record<string, string>>, number | string]>([
    ['is ten seconds where nobody says otherwise', railway, 10_000],
    ['is what is given', { ...railway, stabilize: '1s' }, 1_000],
    [
      'is shorter than the time there is',
      { ...railway, timeout: '10s' },
      '`stabilize` is a part of `timeout` and has to be shorter: no deployment could ever be believed.',
    ],
    ['is nobody’s business on Fly', { ...fly, timeout: '5s' }, 10_000],
  ])('%s', (_, given, comes) => {
    expect(read(given)).toEqual(comes);
  });
});
