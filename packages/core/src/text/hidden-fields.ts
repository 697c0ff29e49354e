import { endsInOne, isHidden } from './hidden-query.ts';

const secretFields = [
  'authorization',
  'cookie',
  'passwd',
  'passphrase',
  'credential',
  'credentials',
  'csrf',
  'xsrf',
  'session',
  'sessionid',
  'accesskey',
  'privatekey',
  'secretkey',
];

/** What stands in place of a value that is a credential by its name. */
export const notShown = '[not shown]';

/** Whether a field of a document holds a credential by its name: as a parameter of an address does, or a header. */
export function isHiddenField(name: string, listed: readonly string[] = []): boolean {
  return isHidden(name, listed) || endsInOne(name, secretFields);
}

/**
 * A text in which the fields of JSON that hold a credential by their name show `"[not shown]"`, wherever the JSON stands
 * and wherever it was cut off, also JSON within a text of JSON. What is null, a truth value or empty stays.
 */
export function withoutHiddenFields(text: string, listed: readonly string[] = []): string {
  const colon = /"\s*:\s*/g;
  let shown = '';
  let from = 0;
  for (let match = colon.exec(text); match !== null; match = colon.exec(text)) {
    const level = backslashesBefore(text, match.index);
    const name = nameBefore(text, match.index - level);
    if (name === undefined || !isHiddenField(name, listed)) continue;
    const start = colon.lastIndex;
    const end = endOfValue(text, start, level);
    if (/^(?:null|true|false|(?:\\*"){2})?$/.test(text.slice(start, Math.min(end, start + 20)))) continue;
    const quote = `${'\\'.repeat(level)}"`;
    shown += `${text.slice(from, start)}${quote}${notShown}${quote}`;
    from = end;
    colon.lastIndex = end;
  }
  return from === 0 ? text : shown + text.slice(from);
}

/** Characters. */
const longestName = 100;

function nameBefore(text: string, end: number): string | undefined {
  const before = text.slice(Math.max(0, end - longestName - 1), Math.max(0, end));
  const quote = before.lastIndexOf('"');
  return quote === -1 ? undefined : before.slice(quote + 1);
}

/** Which quotes are those of the text: as many backslashes stand before each as text of JSON is within text of JSON. */
function backslashesBefore(text: string, at: number): number {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return at - first;
}

function isQuote(text: string, at: number, level: number): boolean {
  return backslashesBefore(text, at) % (2 * (level + 1)) === level;
}

/** Behind the value that begins at `start`, or the end of what there is of it. */
function endOfValue(text: string, start: number, level: number): number {
  if (!/[{["\\]/.test(text[start] ?? '')) {
    const literal = /[^\s,}\]"\\]*/y;
    literal.lastIndex = start;
    literal.exec(text);
    return literal.lastIndex;
  }
  const marks = /["{}[\]]/g;
  marks.lastIndex = start;
  let depth = 0;
  let isInText = false;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') {
      if (isQuote(text, mark.index, level)) isInText = !isInText;
    } else if (!isInText) depth += mark[0] === '{' || mark[0] === '[' ? 1 : -1;
    if (!isInText && depth <= 0) return marks.lastIndex;
  }
  return text.length;
}
