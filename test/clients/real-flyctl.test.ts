import { describe, expect, it } from 'vitest';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { readings, recordingOf } from './recordings.ts';
import { type Client, runClient } from './run-client.ts';
import { scenarios } from './scenarios.ts';
import { normalise } from './transcript.ts';

const found = findFlyctl();
const client: Client = [found.path ?? ''];

describe.skipIf(found.path === undefined)(
  `the real flyctl${found.why ? ` (skipped: ${found.why})` : ''}`,
  () => {
    it.concurrent.each(scenarios)('does $name as it was recorded', async (scenario) => {
      const transcript = normalise(await runClient(client, scenario), readings(scenario));
      expect(transcript).toEqual(recordingOf(scenario.name));
    });
  },
);
