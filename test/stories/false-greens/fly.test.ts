import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recorded } from './case.ts';
import { cases } from './fly/cases.ts';
import { type OpenGround, openGround } from './fly/ground.ts';
import { play } from './fly/play.ts';
import { type Lanes, openLanes } from './lanes.ts';
import { readRecording } from './recording.ts';

// The page docs/false-greens.md tells what was recorded. Here each case is played again, with the real flyctl where one
// is at hand and with the stand-in elsewhere: both do what the page says of flyctl.

let lanes: Lanes<OpenGround>;
const played = new Map<string, Promise<Recorded>>();
beforeAll(async () => {
  lanes = await openLanes(openGround);
  // All at once, as many as there are lanes; each test waits for its own.
  for (const one of cases) {
    const playing = lanes.on((ground) => play(ground, one));
    playing.catch(() => {});
    played.set(one.name, playing);
  }
});
afterAll(() => lanes.close());

const recorded = readRecording('fly');

describe('a deploy and what serves after it', { timeout: 180_000 }, () => {
  it.each(cases)('$name', async ({ name }) => {
    expect(await played.get(name)).toEqual(recorded.cases.find((one) => one.name === name));
  });
});
