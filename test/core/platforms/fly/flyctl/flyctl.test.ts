import { describe, expect, it } from 'vitest';
import { deployArguments } from '../../../../../packages/core/src/platforms/fly/flyctl/flyctl.ts';

const base = {
  app: 'shop',
  buildArgs: [],
  waitTimeoutMs: 90_500,
  skipReleaseCommand: false,
  smokeChecks: true,
  extra: [],
};

describe('the command line of a deploy', () => {
  it('says everything that would else depend on the place it runs', () => {
    expect(
      deployArguments({
        ...base,
        config: 'fly.toml',
        image: 'r/shop:1',
        strategy: 'immediate',
        extra: ['--vm-memory', '512'],
      }),
    ).toEqual([
      'deploy',
      '--app',
      'shop',
      '--config',
      'fly.toml',
      '--image',
      'r/shop:1',
      '--strategy',
      'immediate',
      '--wait-timeout',
      '91s',
      '--yes',
      '--dns-checks=false',
      '--deploy-retries=0',
      '--vm-memory',
      '512',
    ]);
  });

  it('never runs the release command nor waits for the smoke window in a restore', () => {
    expect(deployArguments({ ...base, skipReleaseCommand: true, smokeChecks: false })).toEqual([
      'deploy',
      '--app',
      'shop',
      '--wait-timeout',
      '91s',
      '--yes',
      '--dns-checks=false',
      '--deploy-retries=0',
      '--skip-release-command',
      '--smoke-checks=false',
    ]);
  });

  it('passes build arguments and the label of the image to be built', () => {
    expect(deployArguments({ ...base, imageLabel: 'belay-7-1', buildArgs: ['A=1', 'B=x y'] })).toEqual(
      expect.arrayContaining(['--image-label', 'belay-7-1', '--build-arg', 'A=1', '--build-arg', 'B=x y']),
    );
  });
});
