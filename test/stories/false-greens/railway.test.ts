import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRailway } from '../../clients/find-program.ts';
import type { Recorded } from './case.ts';
import { type Lanes, openLanes } from './lanes.ts';
import { cases } from './railway/cases.ts';
import { type OpenGround, openGround } from './railway/ground.ts';
import { playHalf } from './railway/play.ts';
import { readRecording } from './recording.ts';

// As for Fly: each case is played again, by Belay everywhere, and by the real railway CLI where one is at hand.

type Half = 'client' | 'belay';

const { path, why } = findRailway();
const halves: readonly Half[] = path === undefined ? ['belay'] : ['client', 'belay'];

let lanes: Lanes<OpenGround>;
const played = new Map<string, Promise<Recorded[Half]>>();
beforeAll(async () => {
  lanes = await openLanes(() => openGround(path));
  // All at once, as many as there are lanes; each test waits for its own.
  for (const one of cases) {
    for (const half of halves) {
      const playing = lanes.on((ground) => playHalf(ground, one, half));
      playing.catch(() => {});
      played.set(`${half} ${one.name}`, playing);
    }
  }
});
afterAll(() => lanes.close());

const recorded = readRecording('railway');
const recordedOf = (name: string, half: Half) => recorded.cases.find((one) => one.name === name)?.[half];

describe('a deploy by railway-up and what serves after it', { timeout: 240_000 }, () => {
  it.each(cases)('$name', async ({ name }) => {
    expect(await played.get(`belay ${name}`)).toEqual(recordedOf(name, 'belay'));
  });
});

describe.skipIf(path === undefined)(
  `a deploy by the real railway CLI and what serves after it${why === undefined ? '' : ` (skipped: ${why})`}`,
  { timeout: 240_000 },
  () => {
    it.each(cases)('$name', async ({ name }) => {
      expect(await played.get(`client ${name}`)).toEqual(recordedOf(name, 'client'));
    });
  },
);
