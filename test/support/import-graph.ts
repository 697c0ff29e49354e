import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../../scripts/root.ts';
import { importsOf, type Source } from './sources.ts';

/** One import of a file; what is a file of the repository is its path from the root. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

const aliases: Readonly<Record<string, string | { readonly source: string }>> = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
).imports;

/** Each import of each file, `#core` and the like as the file they stand for. */
export function edgesOf(files: readonly Source[], importsOfFile = importsOf): readonly Edge[] {
  return files.flatMap((source) =>
    importsOfFile(source).map((to) => ({ from: source.file, to: fileOf(to, source.file) })),
  );
}

function fileOf(to: string, from: string): string {
  if (to.startsWith('.')) return posix.join(posix.dirname(from), to);
  const alias = aliases[to];
  if (alias === undefined) return to;
  return posix.normalize(typeof alias === 'string' ? alias : alias.source);
}

/**
 * Every group of files of which each reaches each by imports, types included, and every file that imports itself; sorted.
 * After Tarjan, "Depth-first search and linear graph algorithms" (1972).
 */
export function circles(edges: readonly Edge[]): readonly (readonly string[])[] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): number => {
    const at = order.size;
    let low = at;
    order.set(file, at);
    open.push(file);
    for (const { to } of next.get(file) ?? []) {
      if (!order.has(to)) low = Math.min(low, visit(to));
      else if (open.includes(to)) low = Math.min(low, lowest.get(to) ?? order.get(to) ?? low);
    }
    lowest.set(file, low);
    if (low === at) {
      const group = open.splice(open.indexOf(file));
      const isSelf = (next.get(file) ?? []).some(({ to }) => to === file);
      if (group.length > 1 || isSelf) found.push(group.sort());
    }
    return low;
  };
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return found.sort();
}
