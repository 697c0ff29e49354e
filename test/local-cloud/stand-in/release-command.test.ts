import { describe, expect, it } from 'vitest';
import { runClient, standIn } from '../../clients/run-client.ts';
import { deploy, type Scenario, tomlWith } from '../../clients/scenario.ts';

/** The machine has run and is gone before it is waited for: `stopped` is waited for first, then `started`. */
const slow: Scenario = {
  name: 'deploy-release-command-slow',
  argv: deploy(),
  config: tomlWith('release_command = "migrate"'),
  faults: [{ route: 'flaps.machines.wait', nth: 2, kind: 'delay', ms: 3_000 }],
};

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

describe.concurrent('a release command whose machine is gone before its start is waited for', () => {
  it('is followed by the deploy where it went well', async () => {
    const { exit, stderr } = await runClient(standIn, slow);
    expect([exit, stderr]).toEqual([0, expect.not.stringContaining('machine not found')]);
  });

  it('ends the deploy with its own exit code where it failed', async () => {
    const { exit, stderr } = await runClient(standIn, { ...slow, image: { SHOP_EXIT_CODE: '3' } });
    expect([exit, lastLine(stderr)]).toEqual([
      1,
      expect.stringMatching(
        /^Error: release command failed - aborting deployment\. machine \w+ exited with non-zero status of 3\b/,
      ),
    ]);
  });
});
