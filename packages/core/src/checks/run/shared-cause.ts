import type { Attempt } from '../check-result.ts';

/** Failures that a shared cause may have: nothing answered, or something in front answered in the service's place. */
export function mayBeShared({ failureClass }: Attempt): boolean {
  return failureClass !== undefined && shared.includes(failureClass);
}

const shared: readonly string[] = ['resolve', 'connect', 'timeout', 'tls-transient', 'gateway'];
