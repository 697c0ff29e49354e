/** Text read as a value, or what is wrong with it and what would be right. One sentence or two, whole. */
export type Parsed<V> =
  | { readonly kind: 'value'; readonly value: V }
  | { readonly kind: 'problem'; readonly problem: string };

export function value<V>(read: V): Parsed<V> {
  return { kind: 'value', value: read };
}

export function problem(text: string): Parsed<never> {
  return { kind: 'problem', problem: text };
}

/** A value as shown in a message: quoted, on one line, at most 80 characters. */
export function shown(text: string): string {
  const cut = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return JSON.stringify(cut);
}
