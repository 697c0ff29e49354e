/** What a replica answers that has not heard of everything: a list that is well formed, and lacks what is there. */
export const staleLists = {
  'list-empty': (answer: unknown) => entriesOf(answer).slice(0, 0),
  'list-without-first': (answer: unknown) => entriesOf(answer).slice(1),
  'list-without-last': (answer: unknown) => entriesOf(answer).slice(0, -1),
} as const;

function entriesOf(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer;
  throw new Error('fault wrong: the answer is no list');
}
