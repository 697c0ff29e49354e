import { readFileSync } from 'node:fs';
import type { Recorded } from './case.ts';

/** What came of the cases on one platform, when they were last recorded. */
export interface Recording {
  readonly platform: string;
  /** The clients that were asked, as they name themselves. */
  readonly clients: readonly string[];
  readonly cases: readonly Recorded[];
}

export const recordingFile = new URL('recorded/fly.json', import.meta.url);

export function readRecording(): Recording {
  return JSON.parse(readFileSync(recordingFile, 'utf8'));
}
