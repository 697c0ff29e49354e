import type { Unmanaged } from './platform.ts';

/** What takes the target's traffic though nobody manages it, and the ways on. */
export function describeUnmanagedTarget(unmanaged: readonly Unmanaged[]): {
  readonly what: string;
  readonly next: string;
} {
  const each = unmanaged.map(({ id, note }) => `${id} (${note})`);
  const ids = unmanaged.map(({ id }) => id);
  const isOne = unmanaged.length === 1;
  const subject = isOne ? '1 machine' : `${unmanaged.length} machines`;
  const accept = isOne
    ? `\`accept-machines: ${ids.join()}\``
    : `\`accept-machines\` with the lines ${all(ids)}`;
  const stay = unmanaged.some(({ mayStay }) => mayStay === false)
    ? ''
    : `, or set ${accept} to let ${isOne ? 'it' : 'them'} serve beside the release`;
  return {
    what: `${subject} that the platform’s client does not manage ${isOne ? 'answers' : 'answer'} on the target’s ports: ${each.join(', ')}.`,
    next:
      `Run ${all(unmanaged.map(({ adopt }) => `\`${adopt}\``))} to have ${isOne ? 'it' : 'them'} managed, ` +
      `or ${all(unmanaged.map(({ destroy }) => `\`${destroy}\``))} to be rid of ${isOne ? 'it' : 'them'}${stay}.`,
  };
}

function all(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
