/** The same sentence for each of several words. */
export function same(words: string, sentence: string): Words {
  return Object.fromEntries(words.split(' ').map((word) => [word, sentence]));
}

/** A sentence for each of several words that are right in another place. */
export function placed(words: string, sentence: (word: string) => string): Words {
  return Object.fromEntries(words.split(' ').map((word) => [word, sentence(word)]));
}

/** What to write instead, by the words that other tools have for it. A sentence. */
export type Words = Readonly<Record<string, string>>;
