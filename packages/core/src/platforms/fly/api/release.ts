import { defined } from '../../../text/defined.ts';
import type { Release, ReleaseState } from '../../platform.ts';
import type { WireRelease } from './wire.ts';

/** Fly's releases are known by their version: it is what people type, and unique within an app. */
export function releaseId(version: number): string {
  return `v${version}`;
}

/** The version in `v42`, or undefined. */
export function releaseVersion(id: string): number | undefined {
  const digits = /^v(\d{1,9})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** `sha256:…` at the end of a digest-qualified reference. */
export function digestOf(ref: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(ref)?.[1];
}

/** `repository@sha256:…`: a tag is never trusted to be what it was. */
export function pinnedRef(ref: string, digest: string): string {
  return `${ref.replace(/@.*$/, '').replace(/:[^:/]*$/, '')}@${digest}`;
}

/**
 * What the platform says of a release. `complete` only means that flyctl finished: whether it serves now is
 * asked of the machines; what is complete has served, so it is `superseded` until they say otherwise.
 */
export function toRelease(wire: WireRelease): Release {
  const artifact = wire.imageRef === undefined ? undefined : digestOf(wire.imageRef);
  return {
    id: releaseId(wire.version),
    label: releaseId(wire.version),
    state: stateOf(wire.status),
    created: wire.createdAt,
    ...defined({ artifact }),
    ...(wire.imageRef === undefined || wire.imageRef === ''
      ? { restorable: 'no', restorableWhy: 'the release has no image' }
      : { restorable: 'unknown' }),
  };
}

function stateOf(status: string): ReleaseState {
  if (status === 'complete') return 'superseded';
  if (status === 'failed' || status === 'interrupted') return 'failed';
  return 'building';
}
