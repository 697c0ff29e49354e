/**
 * Whether this names one commit for good: 40 hex digits, as Git writes them. Anything shorter or longer may be a
 * branch, a tag or a path, and never goes into an address.
 */
export function isCommit(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
}
