import { readFileSync, writeFileSync } from 'node:fs';
import type { Recorded } from './case.ts';

/** What came of the cases on one platform, when they were last recorded. */
export interface Recording {
  readonly platform: string;
  /** The clients that were asked, as they name themselves. */
  readonly clients: readonly string[];
  readonly cases: readonly Recorded[];
}

/** In the order of the page. */
export const recordedPlatforms = ['fly', 'railway'] as const;
export type RecordedPlatform = (typeof recordedPlatforms)[number];

export function readRecording(platform: RecordedPlatform): Recording {
  return JSON.parse(readFileSync(fileOf(platform), 'utf8'));
}

export function writeRecording(platform: RecordedPlatform, recording: Recording): void {
  writeFileSync(fileOf(platform), `${JSON.stringify(recording, null, 2)}\n`);
}

function fileOf(platform: RecordedPlatform): URL {
  return new URL(`recorded/${platform}.json`, import.meta.url);
}
