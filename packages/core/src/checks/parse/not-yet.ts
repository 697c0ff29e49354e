/** Words of the check language that this version does not speak: refused by name, never as unknown. */
export const notYet = {
  file: [],
  check: [],
  release: [],
} as const satisfies Record<string, readonly string[]>;

export type Vocabulary = keyof typeof notYet;
