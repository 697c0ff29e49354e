import { describe, expect, it } from 'vitest';
import { defineInputs } from '../../../../packages/core/src/inputs/inputs.ts';
import { ActionFailure } from '../../../../packages/core/src/outcome/failure.ts';
import {
  platformInputs,
  platformNeeded,
  platformReleaseNames,
} from '../../../../packages/core/src/platforms/registry/inputs.ts';
import { recordingRunner } from '../../../support/recording-runner.ts';

const inputs = defineInputs(platformInputs, platformNeeded);

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
