import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from './cases.ts';
import { type Lanes, openLanes } from './lanes.ts';
import { readRecording } from './recording.ts';

// The page docs/false-greens.md tells what was recorded. Here each case is played again, with the real flyctl where one
// is at hand and with the stand-in elsewhere: both do what the page says of flyctl.

let lanes: Lanes;
beforeAll(async () => {
  lanes = await openLanes();
});
afterAll(() => lanes.close());

const recorded = readRecording();

describe.concurrent('a deploy and what serves after it', { timeout: 120_000 }, () => {
  it.each(cases)('$name', async (played) => {
    expect(await lanes.play(played)).toEqual(recorded.cases.find(({ name }) => name === played.name));
  });
});
