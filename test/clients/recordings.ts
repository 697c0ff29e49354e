import { existsSync, readFileSync } from 'node:fs';
import type { Scenario } from './scenario.ts';
import type { RawTranscript, Reading, Transcript } from './transcript.ts';

export function recordingFile(name: string): URL {
  return new URL(`recorded/flyctl/${name}.json`, import.meta.url);
}

export function recordingOf(name: string): Transcript {
  return JSON.parse(readFileSync(recordingFile(name), 'utf8'));
}

export function readings({ unordered = false }: Scenario): Reading {
  return { unordered, withoutTunnel: true };
}

/** The 39 runs kept outside the repository, by name; undefined where they are absent. */
export function sharedTranscripts(): ReadonlyMap<string, RawTranscript> | undefined {
  const shared = process.env.BELAY_SHARED ?? new URL('../../../shared', import.meta.url).pathname;
  const file = `${shared}/cases/flyctl-transcripts.json`;
  if (!existsSync(file)) return undefined;
  const runs: RawTranscript[] = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(runs.map((run) => [run.name, run]));
}
