/**
 * At most the first `most` characters of a text, and a `…` where it goes on: by that the redactor knows a secret that was
 * cut, so no text that others wrote is cut otherwise before it is masked.
 */
export function startOf(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** At most the last `most` characters, and a `…` before them where there are more. */
export function endOf(text: string, most: number): string {
  return text.length <= most ? text : `…${text.slice(-most)}`;
}

/** The start of a text on one line, for a sentence. */
export function lineOf(text: string, most: number): string {
  return startOf(text.replace(/\s+/g, ' ').trim(), most) || 'no text';
}
