/** Whether a text is an id of GitHub's. A record is anybody's text: only such a one goes into an address. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text);
}

/** An id as endpoints are given it: in the digits of its text, since a number would round one of more than sixteen. */
export function idOf(text: string): number {
  if (!isId(text)) throw new TypeError(`${JSON.stringify(text)} is no id`);
  return text as unknown as number;
}
