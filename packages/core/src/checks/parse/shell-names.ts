// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language

import type { CheckDocument, LoadWarning } from '../check-file.ts';
import type { Origin } from '../origin.ts';
import { Cursor, isMapping } from './cursor.ts';

/** `$BASE_URL` as a shell has it, `{{ baseUrl }}` as hurl and Postman do: text here, and seldom meant as such. */
const foreign = /(?<![\w$\\])\$([A-Z_][A-Z\d_]{2,})\b|\{\{\s*([A-Za-z_][\w-]*)\s*\}\}/;

/** What is told of one document: a file made for another tool has a thousand. */
const mostTold = 20;

/** Warns of names that look like variables of a shell or of another tool, once each. */
export function shellNames({ source, checks, scenarios }: CheckDocument): LoadWarning[] {
  const everyCheck = [...checks, ...scenarios.flatMap(({ steps }) => steps)];
  const [first] = everyCheck;
  const warnings: LoadWarning[] = [];
  const seen = new Set<string>();
  const note = (check: string) => (at: Cursor, written: string) => {
    if (seen.has(written) || seen.size === mostTold) return;
    seen.add(written);
    warnings.push({
      check,
      message: `${written} is text here, and no variable. ${hint}`,
      where: source.place(at),
    });
  };
  for (const { name, origin } of everyCheck) walk(origin, note(name));
  const root = first && rootOf(first.origin);
  if (root instanceof Cursor && first !== undefined)
    for (const key of ['target', 'variables']) walkUnder(root, key, note(first.name));
  return warnings;
}

const hint =
  'Write ${NAME} in braces, and pass its value by `check-variables` or `check-secrets`, or define it under `variables`.';

type Note = (at: Cursor, written: string) => void;

function rootOf(origin: Origin): Origin {
  let root = origin;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

function walk(origin: Origin, note: Note): void {
  if (!(origin instanceof Cursor)) return;
  const { value } = origin;
  if (typeof value === 'string') {
    const found = foreign.exec(value)?.[0];
    if (found !== undefined) note(origin, found);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(origin.child(index, item), note);
  } else if (isMapping(value)) {
    // A program may be a shell.
    for (const key in value) if (key !== 'exec') walkUnder(origin, key, note);
  }
}

function walkUnder(at: Cursor, key: string, note: Note): void {
  if (isMapping(at.value) && Object.hasOwn(at.value, key)) walk(at.child(key, at.value[key]), note);
}
