/** A command found in a line of output: `::error file=app.js,line=1::it broke`. */
export interface WorkflowCommand {
  /** Lower case. */
  readonly name: string;
  /** Keys in lower case: the runner compares them without case. */
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/** Order matters: `%25` last, else `%250A` would become a line break. */
const escapes = {
  data: [
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%25', '%'],
  ],
  property: [
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%3A', ':'],
    ['%2C', ','],
    ['%25', '%'],
  ],
  legacy: [
    ['%3B', ';'],
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%5D', ']'],
    ['%25', '%'],
  ],
} as const;

/** Reads a line as a command, or answers undefined when it is ordinary text. Only known names are commands. */
export function parseCommand(line: string, known: (name: string) => boolean): WorkflowCommand | undefined {
  return parseCurrent(line, known) ?? parseLegacy(line, known);
}

/** `::name key=value,key=value::data` at the start of a line, white space before it allowed. */
function parseCurrent(line: string, known: (name: string) => boolean): WorkflowCommand | undefined {
  const text = line.trimStart();
  if (!text.startsWith('::')) return undefined;
  const end = text.indexOf('::', 2);
  if (end < 0) return undefined;
  const { name, properties } = splitHead(text.slice(2, end), ',', escapes.property);
  if (!known(name)) return undefined;
  return { name, properties, data: unescaped(text.slice(end + 2), escapes.data) };
}

/** `##[name key=value;key=value]data` anywhere in a line: the reason tool output is an injection channel. */
function parseLegacy(line: string, known: (name: string) => boolean): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return undefined;
  const { name, properties } = splitHead(line.slice(start + 3, end), ';', escapes.legacy);
  if (!known(name)) return undefined;
  return { name, properties, data: unescaped(line.slice(end + 1), escapes.legacy) };
}

function splitHead(head: string, separator: string, pairs: Escapes) {
  const space = head.indexOf(' ');
  const properties = new Map<string, string>();
  for (const property of space < 0
    ? []
    : head
        .slice(space + 1)
        .trim()
        .split(separator)) {
    const equals = property.indexOf('=');
    const value = property.slice(equals + 1);
    if (equals > 0 && value !== '') {
      properties.set(property.slice(0, equals).toLowerCase(), unescaped(value, pairs));
    }
  }
  return { name: (space < 0 ? head : head.slice(0, space)).toLowerCase(), properties };
}

type Escapes = readonly (readonly [escaped: string, plain: string])[];

function unescaped(text: string, pairs: Escapes): string {
  return pairs.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text);
}
