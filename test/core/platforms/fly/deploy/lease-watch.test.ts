import { describe, expect, it } from 'vitest';
import {
  type LeasesWatched,
  LeaseWatch,
} from '../../../../../packages/core/src/platforms/fly/deploy/lease-watch.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

type Seen = Awaited<ReturnType<LeasesWatched['release']>>;

const watching = 'Watch your deployment at https://fly.io/apps/shop/monitoring';
const command = [
  'Running shop release_command: migrate',
  'release_command 148e completed successfully',
] as const;

/** Whether flyctl is stopped while it says these lines, half a second before each look; and when, milliseconds. */
async function stopped(said: readonly string[], release: readonly Seen[], areHeld: readonly boolean[] = []) {
  const clock = new VirtualClock();
  let looks = 0;
  const watch = new LeaseWatch({
    clock,
    release: async () => release[looks] ?? release.at(-1) ?? 'none',
    areAllHeld: async () => areHeld[looks] ?? false,
  });
  let at: unknown[] | undefined;
  watch.contested.addEventListener('abort', () => {
    at = [clock.monotonic(), watch.contested.reason];
  });
  watch.hear(watching);
  await clock.sleep(500);
  for (; looks < 6; looks += 1) {
    watch.hear(said[looks] ?? '');
    await clock.sleep(1_000);
  }
  await watch.end();
  return at;
}

describe('flyctl is stopped', () => {
  it.each([
    [
      'where all its machines stay leased',
      ['', ''],
      ['made'],
      [true, true],
      [2_000, expect.stringContaining('Another client has taken the machines first')],
    ],
    [
      'while its release command runs and somebody else releases',
      [command[0]],
      ['made', 'made', 'overtaken'],
      [],
      [3_000, expect.stringContaining('Another release has come while the release command ran')],
    ],
  ] as const)('%s', async (_, said, release, held, at) => {
    expect(await stopped(said, release, held)).toEqual(at);
  });
});

describe('flyctl goes on', () => {
  it.each([
    ['where machines were leased at one look only', [], ['made'], [true, false, true]],
    ['before it has a release', [], ['none'], [true, true, true]],
    ['while its release command runs and others hold leases', [command[0]], ['made'], [true, true, true]],
    [
      'once it changes machines',
      ["Updating existing machines in 'shop' with rolling strategy"],
      ['overtaken'],
      [true, true],
    ],
    [
      'past its release command: whoever came then is told of by the leases',
      [...command],
      ['made', 'overtaken'],
      [],
    ],
  ] as const)('%s', async (_, said, release, held) => {
    expect(await stopped(said, release, held)).toBe(undefined);
  });
});
