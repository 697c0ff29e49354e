import { tmpdir } from 'node:os';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { assertBindable } from '../../../packages/core/src/checks/run/bind.ts';
import type { Finding } from './page-blocks.ts';

interface Given {
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Given to the checks of every deploy, rollback and smoke test. */
const provided = {
  url: 'https://shop.example',
  sha: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00',
  release: 'v42',
  environment: 'production',
  service: 'shop',
  'previous-url': 'https://before.shop.example',
};

/** What the reader of checks says of a text, and of the names it uses; nothing of one that names files. */
export async function checksFindings(
  text: string,
  given: Given = { variables: {}, secrets: {} },
): Promise<readonly Finding[]> {
  if (isPaths(text)) return [];
  try {
    const file = await loadChecks(text, { root: tmpdir() });
    const listed = file.documents.flatMap(({ secrets }) => secrets).map((name) => [name, `<${name}>`]);
    const variables = { ...provided, ...given.variables };
    assertBindable(file, { variables, secrets: { ...Object.fromEntries(listed), ...given.secrets } });
    return [];
  } catch (error) {
    const { message, details } = error as { message: string; details?: readonly string[] };
    return (details ?? [message]).map((complaint) => {
      const [, line = '1', what = complaint] = /^checks:(\d+):\d+: (.*)$/s.exec(complaint) ?? [];
      return { line: Number(line), what: `the reader of checks refuses it: ${what}` };
    });
  }
}

/** Lines of paths and globs, which are a repository's own. */
function isPaths(text: string): boolean {
  return text.split('\n').every((line) => /^[\w./*-]*\.(ya?ml|json)$|^$/.test(line.trim()));
}
