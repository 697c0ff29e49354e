import { describe, expect, it } from 'vitest';
import { readings, recordingOf, sharedTranscripts } from './recordings.ts';
import type { SentRequest } from './request-order.ts';
import { runClient, standIn } from './run-client.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { normalise, type RawTranscript, type Transcript } from './transcript.ts';

const shared = sharedTranscripts();
const runs = new Map<string, Promise<RawTranscript>>();

/** Each scenario is played once, for both comparisons. */
function played(scenario: Scenario): Promise<RawTranscript> {
  const known = runs.get(scenario.name) ?? runClient(standIn, scenario);
  runs.set(scenario.name, known);
  return known;
}

/** JSON is compared as JSON: the order of keys is Go's, and no reader's business. */
function comparable(transcript: Transcript, { unordered = false }: Scenario) {
  const text = transcript.stdout.join('\n');
  return {
    ...transcript,
    requests: unordered ? transcript.requests.toSorted(byContent) : transcript.requests,
    stdout: text.startsWith('[') || text.startsWith('{\n') ? JSON.parse(text) : transcript.stdout,
  };
}

function byContent(one: SentRequest, other: SentRequest): number {
  const key = (request: SentRequest) => JSON.stringify(request, sortedKeys);
  return key(one) < key(other) ? -1 : 1;
}

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

describe('the stand-in flyctl does what the real one was recorded doing', () => {
  it.concurrent.each(scenarios)('$name', async (scenario) => {
    const recorded = recordingOf(scenario.name);
    const ours = normalise(await played(scenario), readings(scenario));
    expect(comparable(ours, scenario)).toEqual(comparable(recorded, scenario));
  });
});

describe.skipIf(shared === undefined)(
  `the emulator answers as the shared recordings have it${shared ? '' : ' (skipped: ../shared is absent)'}`,
  () => {
    const recorded = scenarios.filter(({ name }) => shared?.has(name));
    const known = recorded.filter(({ apart }) => apart === undefined);

    it.skip.each(recorded.filter(({ apart }) => apart !== undefined))('$name (skipped: $apart)', () => {});

    it.concurrent.each(known)('$name', async (scenario) => {
      const raw = shared?.get(scenario.name);
      if (raw === undefined) throw new Error(`no shared run ${scenario.name}`);
      const { exit, stdout, stderr, requests } = normalise(raw, readings(scenario));
      const ours = normalise(await played(scenario), readings(scenario));
      // A long run was kept with its middle left out.
      const asked = raw.note === undefined ? requests : expect.arrayContaining([...requests]);
      expect({ exit: ours.exit, stderr: ours.stderr }).toEqual({ exit, stderr });
      expect(ours.requests).toEqual(asked);
      const queried = /^[[{]/.test(raw.stdout);
      // What a query prints is the state of another server: only deploys print the client's own words.
      if (!queried) expect(ours.stdout).toEqual(stdout);
    });
  },
);
