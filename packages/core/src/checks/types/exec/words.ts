/** The words of a command line, or why it is none. */
export type CommandWords =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

const token = /\s+|"([^"]*)"|'([^']*)'|[^\s"']+/g;
/** What a shell would act upon. `${name}` is a template. */
const forShells = /[|&;<>`*\\]|\$(?!\{)/;

/**
 * Splits by spaces; quotes of either kind keep what is inside as it is. Nothing else has a meaning, and what a shell
 * would act upon is refused where it is not quoted, rather than passed on as text that looks as if it worked.
 */
export function splitWords(line: string): CommandWords {
  const words: string[] = [];
  let open = false;
  let end = 0;
  for (const match of line.matchAll(token)) {
    if (match.index !== end) break;
    end += match[0].length;
    const [all, double, single] = match;
    if (/^\s/.test(all)) {
      open = false;
      continue;
    }
    const text = double ?? single ?? all;
    const special = text === all ? forShells.exec(text)?.[0] : undefined;
    if (special !== undefined) {
      return {
        kind: 'refused',
        why: `${special} means something to a shell only, and none is started; quote it to pass it on`,
      };
    }
    if (open) words.push(`${words.pop() ?? ''}${text}`);
    else words.push(text);
    open = true;
  }
  if (end < line.length) return { kind: 'refused', why: 'a quote is not closed' };
  return words.length === 0 ? { kind: 'refused', why: 'it names no program' } : { kind: 'words', words };
}
