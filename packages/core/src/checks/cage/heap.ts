import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lateCompilers } from '../../io/late-compilers.ts';

/**
 * Once everything of Node's own is loaded: with other flags than it was built with, Node compiles that anew, which takes
 * half as long as it takes to start.
 */
export function compileLate(): void {
  for (const flag of lateCompilers) setFlagsFromString(flag);
}

/**
 * For thousands of checks: after 4,000 of them dozens of functions would be due together, and what their compilation
 * fills, 25 MB, is never given back. For fewer, compiling what is used most is worth its time.
 */
export function compileLater(): void {
  for (const flag of ['--invocation-count-for-maglev=40000', '--invocation-count-for-turbofan=300000'])
    setFlagsFromString(flag);
}

/** To have read and filled in so many checks leaves more behind than giving that back takes time. */
export const manyChecks = 2000;

let collect: (() => void) | undefined;

/** Gives back at once what nobody holds. */
export function collectGarbage(): void {
  collect ??= exposed();
  collect();
}

function exposed(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}
