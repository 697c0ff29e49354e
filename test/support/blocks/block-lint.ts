import { parse as parseToml } from 'smol-toml';
import type { BelayAction } from './actions.ts';
import { checksFindings } from './checks-lint.ts';
import { commandFindings } from './commands-lint.ts';
import { isHiddenYaml, type Kind, kindOf } from './kinds.ts';
import type { Finding, PageBlock } from './page-blocks.ts';
import { wholeWorkflow } from './whole-workflow.ts';
import { workflowFindings } from './workflow-lint.ts';

export interface LintedBlock {
  readonly block: PageBlock;
  readonly kind: Kind | undefined;
  /** `page:line: what is wrong`. */
  readonly findings: readonly string[];
}

type Actions = ReadonlyMap<string, BelayAction>;

/** Finds out what a block is and holds it against whatever reads such a thing. */
export async function lintBlock(block: PageBlock, actions: Actions): Promise<LintedBlock> {
  const names = [...actions.values()].flatMap(({ manifest }) => manifest.inputs.map(({ name }) => name));
  const kind = kindOf(block, new Set(names));
  const found =
    kind === undefined
      ? [{ line: 1, what: `a block of ${block.language || 'no language'} that is nothing this test knows` }]
      : await findingsOf(block, kind, actions);
  const findings = found.map(({ line, what }) => `${block.page}:${block.line + line - 1}: ${what}`);
  return { block, kind, findings: [...new Set(findings)] };
}

async function findingsOf(block: PageBlock, kind: Kind, actions: Actions): Promise<readonly Finding[]> {
  if (kind === 'checks') return checksFindings(block.text);
  if (kind === 'commands') return commandFindings(block.text);
  if (kind === 'JSON') return unreadable(() => JSON.parse(block.text));
  if (kind === 'text' && isHiddenYaml(block.text))
    return [{ line: 1, what: 'is YAML that nobody lints: open its fence with `yaml`' }];
  if (kind === 'TOML') return unreadable(() => parseToml(block.text));
  const whole = wholeWorkflow(block, kind, actionOf(block, actions));
  if (whole === undefined) return [];
  const facts = { whole: kind === 'workflow', example: block.page.endsWith('.md') };
  const found = await workflowFindings(whole.text, facts, actions);
  // What is wrong with the surroundings is wrong with the block.
  return found.map(({ line, what }) => ({ line: Math.max(1, line - whole.before), what }));
}

/** A page in an action's folder is about that action; elsewhere a fragment is of the first that has all its inputs. */
function actionOf({ page, text }: PageBlock, actions: Actions): string {
  const [, own = ''] = /^actions\/([^/]+)\//.exec(page) ?? [];
  if (actions.has(own)) return own;
  const inputs = [...text.matchAll(/^\s*([\w-]+):/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'with');
  const fits = [...actions].find(([, { manifest }]) =>
    inputs.every((input) => manifest.inputs.some(({ name }) => name === input)),
  );
  return fits?.[0] ?? [...actions.keys()][0] ?? '';
}

function unreadable(read: () => unknown): readonly Finding[] {
  try {
    read();
    return [];
  } catch (error) {
    return [{ line: 1, what: `cannot be read: ${String(error).split('\n')[0]}` }];
  }
}
