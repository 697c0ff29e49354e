import type { Cursor } from './cursor.ts';
import { text } from './scalars.ts';

/** Notes that a run which is not trusted may not do `what`, a clause such as "runs a program"; in any other it is legal. */
export function refuseUntrusted(at: Cursor, what: string, on: 'key' | 'value' = 'value'): void {
  if (at.untrusted !== undefined) at.fail(untrustedText(`This ${what}`, at.untrusted), on);
}

/** Why it is refused, and the way out. */
export function untrustedText(what: string, untrusted: string): string {
  return `${what}. That is refused here: ${untrusted} Move it to a check file that only runs of accepted code use.`;
}

/** The path of a file that will be read. */
export function fileName(at: Cursor): string | undefined {
  const path = text(at);
  if (path !== undefined) refuseUntrusted(at, 'reads a file');
  return path;
}

/** A path, or PEM itself; what begins with a variable may turn out to be either. */
export function pemOrFileName(at: Cursor): string | undefined {
  return typeof at.value === 'string' && /^\s*(-----BEGIN|\$\{)/.test(at.value) ? text(at) : fileName(at);
}
