/** `echo a "b c"` as `['echo', 'a', 'b c']`; undefined where a quote is left open. There is no shell: nothing is expanded. */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const [word = ''] = /^(?:[^\s"']|'[^']*'|"[^"]*")+/.exec(rest) ?? [];
    if (word === '' || !/^(?:\s|$)/.test(rest.slice(word.length))) return undefined;
    words.push(word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}
