import { readWorkflow, type Workflow } from '#local-runner';
import { belayUse } from '../../support/blocks/actions.ts';
import { kindOf } from '../../support/blocks/kinds.ts';
import { everyBlock } from '../../support/blocks/page-blocks.ts';

/** A complete workflow that stands on a page, for people to copy. */
export interface PageWorkflow {
  /** `README.md:27`. */
  readonly place: string;
  readonly text: string;
  readonly workflow: Workflow;
  /** Its steps of Belay's actions, in their order: the action's name, and what is given to it as it is written. */
  readonly steps: readonly { readonly action: string; readonly given: Readonly<Record<string, string>> }[];
}

/** Every complete workflow of every page that uses an action of this repository. */
export function pageWorkflows(): readonly PageWorkflow[] {
  return everyBlock()
    .filter((block) => block.page.endsWith('.md') && kindOf(block, new Set()) === 'workflow')
    .map(({ page, line, text }) => {
      const workflow = readWorkflow(text);
      return { place: `${page}:${line}`, text, workflow, steps: stepsOf(workflow) };
    });
}

function stepsOf({ jobs }: Workflow): PageWorkflow['steps'] {
  return jobs
    .flatMap(({ steps }) => steps)
    .flatMap((step) => {
      const action = 'uses' in step ? belayUse(step.uses)?.name : undefined;
      if (action === undefined || !('uses' in step)) return [];
      const given = Object.entries(step.with ?? {}).map(([name, value]) => [name, String(value)] as const);
      return [{ action, given: Object.fromEntries(given) }];
    });
}

/** The names that an expression of its may take from `secrets`. */
export function secretNames({ text }: PageWorkflow): readonly string[] {
  return [...new Set([...text.matchAll(/\bsecrets\.(\w+)/g)].map(([, name = '']) => name))];
}
