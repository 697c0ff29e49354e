import { isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Finding } from './page-blocks.ts';

export type Path = readonly (string | number)[];

/** A scalar of a text, and the keys that lead to it. */
export interface Leaf {
  readonly path: Path;
  readonly text: string;
  readonly line: number;
}

/** A YAML text that knows its lines. */
export interface YamlText {
  readonly value: unknown;
  /** What a parser says of it; whoever finds something here asks nothing else of it. */
  readonly problems: readonly Finding[];
  readonly leaves: readonly Leaf[];
  /** The line of what stands at a path, of its key where it has one; of the nearest place above it that is there. */
  lineOf(path: Path): number;
}

export function yamlText(text: string): YamlText {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lineAt = (offset: number) => counter.linePos(offset).line;
  const problems = document.errors.map(({ message, pos: [at] }) => ({
    line: lineAt(at),
    what: `is no YAML: ${message.replace(/ at line \d+, column \d+:.*$/s, '')}`,
  }));
  const leaves: Leaf[] = [];
  if (problems.length === 0) {
    visit(document, {
      Scalar(key, node, ancestors) {
        if (key === 'key' || typeof node.value !== 'string') return;
        leaves.push({ path: pathOf(ancestors, node), text: node.value, line: lineAt(node.range?.[0] ?? 0) });
      },
    });
  }
  const lineOf = (path: Path): number => {
    const parent = document.getIn(path.slice(0, -1), true);
    const key = path.at(-1);
    if (isMap(parent)) {
      const pair = parent.items.find((one) => isScalar(one.key) && one.key.value === key);
      if (isScalar(pair?.key)) return lineAt(pair.key.range?.[0] ?? 0);
    }
    const node = document.getIn(path, true) as Node | undefined;
    if (node?.range) return lineAt(node.range[0]);
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1));
  };
  return { value: problems.length === 0 ? document.toJS() : undefined, problems, leaves, lineOf };
}

/** The keys from the top to a node, told by the collections around it. */
function pathOf(ancestors: readonly unknown[], node: unknown): Path {
  const path: (string | number)[] = [];
  const chain = [...ancestors, node];
  chain.forEach((one, at) => {
    const below = chain[at + 1];
    if (typeof one !== 'object' || one === null || below === undefined) return;
    if ('key' in one && 'value' in one && one.value === below) path.push(String(one.key));
    else if ('items' in one && Array.isArray(one.items) && !isMap(one)) path.push(one.items.indexOf(below));
  });
  return path;
}
