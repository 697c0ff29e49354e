import type { AssertionFailure } from './check-result.ts';

/** `status: expected equals 200, got 503`. */
export function failureText({ read, expected, actual }: AssertionFailure): string {
  return `${read}: expected ${expected}, got ${actual}`;
}
