import { ActionFailure } from '../../../outcome/failure.ts';
import { nearest } from '../../../text/nearest.ts';
import type { Named } from '../token/token.ts';

export type Kind = 'project' | 'environment' | 'service';

/**
 * The one that is meant: by its id, by its name as it is written, else by its name in either case; where nothing is wanted,
 * the only one. Failures: `target-not-found`, which lists what there is; `target-ambiguous`.
 */
export function chooseNamed<T extends Named>(kind: Kind, wanted: string | undefined, all: readonly T[]): T {
  const found = wanted === undefined ? all : fitting(wanted, all);
  const [first, ...others] = found;
  if (first === undefined) throw notFound(kind, wanted, all);
  if (others.length > 0) throw ambiguous(kind, wanted, found);
  return first;
}

function fitting<T extends Named>(wanted: string, all: readonly T[]): readonly T[] {
  const lower = wanted.toLowerCase();
  const ways = [
    ({ id }: T) => id.toLowerCase() === lower,
    ({ name }: T) => name === wanted,
    ({ name }: T) => name.toLowerCase() === lower,
  ];
  return ways.map((way) => all.filter(way)).find((found) => found.length > 0) ?? [];
}

function notFound(kind: Kind, wanted: string | undefined, all: readonly Named[]): ActionFailure {
  const near =
    wanted === undefined
      ? undefined
      : nearest(
          wanted,
          all.map(({ name }) => name),
        );
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  return new ActionFailure({
    code: 'target-not-found',
    what:
      wanted === undefined
        ? `There is no ${kind} that this token sees`
        : `There is no ${kind} \`${wanted}\` that this token sees${meant}`,
    why: all.length === 0 ? `it sees no ${kind} at all` : `there are: ${listed(all)}`,
    next:
      kind === 'service' && wanted?.includes(',') === true
        ? 'Set `railway-service` to one that there is, or, where the step takes several (`mode: watch`, a rollback), write them one a line.'
        : `Set \`railway-${kind}\` to the name or id of one that there is.`,
  });
}

function ambiguous(kind: Kind, wanted: string | undefined, found: readonly Named[]): ActionFailure {
  return new ActionFailure({
    code: 'target-ambiguous',
    what:
      wanted === undefined
        ? `\`railway-${kind}\` is not set, and there are ${found.length}: ${listed(found)}`
        : `\`railway-${kind}: ${wanted}\` fits ${found.length}: ${listed(found)}`,
    why: wanted === undefined ? `only a single ${kind} is chosen by itself` : 'they have the same name',
    next: `Set \`railway-${kind}\` to the ${wanted === undefined ? 'name or ' : ''}id of the one that is meant.`,
  });
}

const mostListed = 20;

/** Each with its id, no more than a person reads. */
export function listed(all: readonly Named[]): string {
  const shown = all.slice(0, mostListed).map(({ id, name }) => `${name} (${id})`);
  const more = all.length > mostListed ? ` and ${all.length - mostListed} more` : '';
  return `${shown.join(', ')}${more}`;
}
