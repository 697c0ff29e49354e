/**
 * Values as they are pushed, for whoever iterates. `begin` is given how to push and how to end, and answers how to stop
 * listening, which happens once: when it ended, or when nobody iterates any more.
 */
export function pushed<T>(
  begin: (to: { readonly push: (value: T) => void; readonly end: () => void }) => () => void,
): AsyncIterableIterator<T> {
  const values: T[] = [];
  let waiting: ((result: IteratorResult<T>) => void) | undefined;
  let isOver = false;
  let stop: (() => void) | undefined;

  const answer = (): void => {
    if (waiting === undefined || (values.length === 0 && !isOver)) return;
    const resolve = waiting;
    waiting = undefined;
    const [value] = values.splice(0, 1);
    resolve(value === undefined ? { done: true, value: undefined } : { done: false, value });
  };
  const end = () => {
    isOver = true;
    stop?.();
    stop = undefined;
    answer();
  };
  stop = begin({
    push: (value) => {
      if (isOver) return;
      values.push(value);
      answer();
    },
    end,
  });
  if (isOver) end();

  return {
    next: () =>
      new Promise((resolve) => {
        waiting = resolve;
        answer();
      }),
    return: async () => {
      values.length = 0;
      end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
