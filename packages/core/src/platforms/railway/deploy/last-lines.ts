import type { RailwayApi } from '../api/api.ts';
import type { WireLogLine } from '../api/wire.ts';

/** What a person reads first, of the build and of the containers each. */
const atMost = 50;
/** For both, milliseconds. */
const waitMs = 4_000;

/** The last lines of a deployment's build and of its containers. What cannot be had is left out. Never throws. */
export async function newestLines(api: RailwayApi, id: string): Promise<readonly string[]> {
  const quick = api.within(waitMs);
  const none = (): readonly WireLogLine[] => [];
  const [build, run] = await Promise.all([
    quick.buildLogs(id, atMost).catch(none),
    quick.deploymentLogs(id, atMost).catch(none),
  ]);
  return [...told('build', build), ...told('log', run)];
}

function told(what: string, lines: readonly WireLogLine[]): readonly string[] {
  return lines.slice(-atMost).map(({ message }) => `${what}: ${message}`);
}
