/** What a step wrote to a `NAME=VALUE` file. Entries before a mistake still count; the mistake fails the step. */
export interface FileEntries {
  readonly entries: readonly (readonly [name: string, value: string])[];
  readonly mistake?: string;
}

/** Reads GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE as the runner does. A `\r` before a line break stays in the value. */
export function parseFileCommand(text: string): FileEntries {
  const entries: [string, string][] = [];
  let rest = text;
  while (rest !== '') {
    const { line, after } = firstLine(rest);
    rest = after;
    if (line === '') continue;
    const entry = readEntry(line, rest);
    if ('mistake' in entry) return { entries, mistake: entry.mistake };
    entries.push([entry.name, entry.value]);
    rest = entry.rest;
  }
  return { entries };
}

type Entry =
  | { readonly name: string; readonly value: string; readonly rest: string }
  | { readonly mistake: string };

/** Whichever of `=` and `<<` comes first decides the style. */
function readEntry(line: string, rest: string): Entry {
  const equals = line.indexOf('=');
  const heredoc = line.indexOf('<<');
  if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
    if (equals === 0) return { mistake: `Invalid format '${line}'. Name must not be empty` };
    return { name: line.slice(0, equals), value: line.slice(equals + 1), rest };
  }
  if (heredoc < 0) return { mistake: `Invalid format '${line}'` };
  const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
  if (name === '' || delimiter === '') {
    return { mistake: `Invalid format '${line}'. Name must not be empty and delimiter must not be empty` };
  }
  return readHeredoc(name, delimiter, rest);
}

/** The delimiter must be a whole line; the value ends before the line break that precedes it. */
function readHeredoc(name: string, delimiter: string, text: string): Entry {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '') {
    const { line, after } = firstLine(rest);
    if (line === delimiter) return { name, value: lines.join('\n'), rest: after };
    lines.push(line);
    rest = after;
  }
  return { mistake: `Invalid value. Matching delimiter not found '${delimiter}'` };
}

function firstLine(text: string): { line: string; after: string } {
  const end = text.indexOf('\n');
  return end < 0 ? { line: text, after: '' } : { line: text.slice(0, end), after: text.slice(end + 1) };
}
