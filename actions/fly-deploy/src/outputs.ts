import type { OpenFly, RolloutVerdict } from '#core';

/** The outputs only Fly has. What cannot be asked any more is left empty rather than failing a finished deploy. */
export async function flyOutputs(
  { platform, target }: OpenFly,
  { release, previous }: RolloutVerdict,
  digest: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const machines = await platform.health(target).catch(() => undefined);
  return {
    'release-version': release?.id.replace(/^v/, '') ?? '',
    image: release?.artifact ?? digest ?? '',
    machines: machines === undefined ? '' : JSON.stringify(machines),
    'previous-image': previous?.artifact ?? '',
    'app-name': target.name,
    hostname: target.url === undefined ? '' : new URL(target.url).host,
  };
}
