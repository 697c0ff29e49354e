import type { Release } from '#core';
import { differingParts, type Fingerprint } from '#core/deployment';

/** Whether what serves is everything that would be shipped. */
export type Comparison =
  | { readonly kind: 'same' }
  /** `parts` by name, sorted: `env.GREETING`, `vm-memory`. */
  | { readonly kind: 'differs'; readonly parts: readonly string[] }
  /** What an image will be is not known before it is built; `parts` differ besides. */
  | { readonly kind: 'builds'; readonly parts: readonly string[] }
  /** Nothing is known to differ, and not everything is known. */
  | { readonly kind: 'unknown'; readonly because: keyof typeof unknown };

export interface Compared {
  readonly live: Release;
  /** Of the record that shipped what serves: undefined without one, and with one that does not say. */
  readonly made: Fingerprint | undefined;
  readonly hasRecord: boolean;
  readonly liveCommit: string | undefined;
  readonly wanted: Fingerprint;
  /** Of the image that is asked for; undefined where one is to be built. */
  readonly digest: string | undefined;
  readonly commit: string | undefined;
}

/** An image is judged by its digest alone, however it came to be. */
export function compare(compared: Compared): Comparison {
  const { live, made, hasRecord, liveCommit, wanted, digest, commit } = compared;
  const told = made === undefined ? undefined : differingParts(made, wanted);
  const isAnotherCommit = hasRecord && (commit === undefined || commit !== liveCommit);
  const counts = (part: string) => digest === undefined || !buildParts.has(part);
  const parts = [
    ...(typeof told === 'object' ? told.filter((part) => part !== 'image' && counts(part)) : []),
    ...(digest !== undefined && live.artifact !== digest ? ['image'] : []),
    ...(isAnotherCommit ? ['commit'] : []),
  ].sort();
  if (digest === undefined) return { kind: 'builds', parts };
  if (parts.length > 0) return { kind: 'differs', parts };
  if (!hasRecord) return { kind: 'unknown', because: 'no-record' };
  if (told === undefined) return { kind: 'unknown', because: 'silent-record' };
  return told === 'another-key' ? { kind: 'unknown', because: told } : { kind: 'same' };
}

/** What made an image is in the image. */
const buildParts = new Set(['build', 'build-args']);

/** So many are named, and the rest are counted. */
const namedAtMost = 12;

/** The comparison in a sentence for people. */
export function describeComparison(comparison: Comparison, { label }: Release): string {
  switch (comparison.kind) {
    case 'same':
      return `${label} already is everything that would be shipped.`;
    case 'differs':
      return `${label}, which serves, differs from what is to be shipped in ${namesOf(comparison.parts)}.`;
    case 'builds': {
      const also =
        comparison.parts.length === 0
          ? ''
          : ` ${label}, which serves, differs in ${namesOf(comparison.parts)}.`;
      return `The image is yet to be built, so a release is made of it.${also}`;
    }
    case 'unknown':
      return unknown[comparison.because](label);
  }
}

function namesOf(parts: readonly string[]): string {
  const named = parts.slice(0, namedAtMost).map((part) => `\`${part}\``);
  const more = parts.length > namedAtMost ? ` and ${parts.length - namedAtMost} more` : '';
  return `${named.join(', ')}${more}`;
}

const unknown = {
  'no-record': (label: string) =>
    `No record says what ${label} was made of, so it ships again. A run that has the permission \`deployments: write\` leaves such a record.`,
  'silent-record': (label: string) =>
    `The record of ${label} does not say what it was made of, so it ships again. That of this deploy will.`,
  'another-key': (label: string) =>
    `The record of ${label} was marked with another \`fly-token\`, so what differs cannot be told, and it ships again.`,
};
