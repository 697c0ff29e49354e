import type { LogLine } from './log-book.ts';

type Test = (line: LogLine) => boolean;

/**
 * Railway's filter syntax (https://docs.railway.com/observability/logs#filtering-logs): words, "phrases", `@name:value`,
 * `-` for what must not be, AND, OR and parentheses. Nothing matches all. Undefined where it cannot be read.
 */
export function logFilter(text: string | null | undefined): Test | undefined {
  const words = text?.match(/[()]|-?(?:@[\w.]+:)?"[^"]*"|[^\s()]+/g) ?? [];
  if (words.length === 0) return () => true;
  const rest = [...words];
  const test = anyOf(rest);
  return rest.length === 0 ? test : undefined;
}

function anyOf(rest: string[]): Test | undefined {
  let test = allOf(rest);
  while (rest[0] === 'OR') {
    rest.shift();
    const [one, other] = [test, allOf(rest)];
    if (one === undefined || other === undefined) return undefined;
    test = (line) => one(line) || other(line);
  }
  return test;
}

function allOf(rest: string[]): Test | undefined {
  let test = single(rest);
  while (rest.length > 0 && rest[0] !== 'OR' && rest[0] !== ')') {
    if (rest[0] === 'AND') rest.shift();
    const [one, other] = [test, single(rest)];
    if (one === undefined || other === undefined) return undefined;
    test = (line) => one(line) && other(line);
  }
  return test;
}

function single(rest: string[]): Test | undefined {
  const word = rest.shift();
  if (word === undefined || word === ')') return undefined;
  if (word === '(') {
    const inner = anyOf(rest);
    return rest.shift() === ')' ? inner : undefined;
  }
  if (!word.startsWith('-')) return term(word);
  const negated = term(word.slice(1));
  return (line) => !negated(line);
}

function term(word: string): Test {
  const [, name, value] = /^@([\w.]+):(.*)$/s.exec(word) ?? [];
  if (name === undefined || value === undefined) {
    const wanted = unquoted(word).toLowerCase();
    return ({ message }) => message.toLowerCase().includes(wanted);
  }
  return (line) => tagsOf(line, name).includes(unquoted(value));
}

/** The CLI asks for a build by its snapshot's id, as a snapshot and as a replica: `controllers/upload.rs`. */
function tagsOf(line: LogLine, name: string): readonly (string | undefined)[] {
  const { deployment, kind, replica, severity, attributes } = line;
  switch (name) {
    case 'snapshot':
      return kind === 'build' ? [deployment.snapshotId] : [];
    case 'replica':
      return [replica];
    case 'deployment':
      return [deployment.id];
    case 'service':
      return [deployment.instance.service.id];
    case 'level':
      return [severity];
    default:
      return attributes.filter(({ key }) => key === name).map((attribute) => attribute.value);
  }
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, '$1');
}
