import { type BelayAction, belayUse } from './actions.ts';
import { concurrencyFindings } from './concurrency-lint.ts';
import { githubFindings } from './github-parser.ts';
import { jobsOf, type LintedStep, type WorkflowFacts } from './linted-step.ts';
import type { Finding } from './page-blocks.ts';
import { permissionFindings } from './permissions-lint.ts';
import { referenceFindings } from './references.ts';
import { readStep } from './step-lint.ts';
import { list, type Mapping, mapping, scalarText } from './values.ts';
import { type YamlText, yamlText } from './yaml-text.ts';

/** Everything wrong with a workflow: by GitHub's parser, by the actions it uses, and by the rules of the house. */
export async function workflowFindings(
  text: string,
  facts: WorkflowFacts,
  actions: ReadonlyMap<string, BelayAction>,
): Promise<readonly Finding[]> {
  const yaml = yamlText(text);
  if (yaml.problems.length > 0) return yaml.problems;
  const steps = await lintedSteps(yaml, facts, actions);
  return [
    ...(await githubFindings(text)),
    ...steps.flatMap(({ belay }) => belay?.read.findings ?? []),
    ...referenceFindings(yaml, facts.whole, actions),
    ...pinFindings(yaml, text),
    ...scriptFindings(yaml),
    ...concurrencyFindings(yaml, facts, steps),
    ...(facts.whole ? permissionFindings(yaml, steps) : []),
    ...roomFindings(yaml, steps),
  ];
}

async function lintedSteps(
  yaml: YamlText,
  { whole }: WorkflowFacts,
  actions: ReadonlyMap<string, BelayAction>,
): Promise<readonly LintedStep[]> {
  const workflow = mapping(yaml.value);
  const linted: LintedStep[] = [];
  for (const [job, { steps, env }] of jobsOf(workflow)) {
    for (const [index, step] of list(steps).map(mapping).entries()) {
      const uses = scalarText(step.uses);
      if (!uses.startsWith('OWNER/')) {
        linted.push({ job, index, step });
        continue;
      }
      const place = {
        path: ['jobs', job, 'steps', index],
        env: { ...mapping(workflow.env), ...mapping(env), ...mapping(step.env) },
        inputs: dispatchInputs(workflow),
        fragment: !whole,
      };
      const read = await readStep(yaml, { ...place, step }, actions);
      linted.push({ job, index, step, belay: { name: belayUse(uses)?.name ?? '', read } });
    }
  }
  return linted;
}

/** Defaults, and for what has none a line of text. */
export function dispatchInputs(workflow: Mapping): Readonly<Record<string, string>> {
  const declared = mapping(mapping(mapping(workflow.on).workflow_dispatch).inputs);
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [
      name,
      scalarText(mapping(input).default ?? 'told by the person who pressed the button'),
    ]),
  );
}

/** What others wrote is run as it was read: by commit, with the version a person can read beside it. */
function pinFindings(yaml: YamlText, text: string): readonly Finding[] {
  const lines = text.split('\n');
  return yaml.leaves
    .filter(({ path, text: uses }) => path.at(-1) === 'uses' && !/^(OWNER\/|\.\/|\$\/)/.test(uses))
    .filter(({ text: uses, line }) => !/@[0-9a-f]{40}$/.test(uses) || !/ # v\d/.test(lines[line - 1] ?? ''))
    .map(({ text: uses, line }) => ({
      line,
      what: `${uses} is not pinned: name its commit, and the version in a comment`,
    }));
}

function scriptFindings(yaml: YamlText): readonly Finding[] {
  return yaml.leaves
    .filter(({ path, text }) => path.at(-1) === 'run' && text.includes('${{'))
    .map(({ line }) => ({
      line,
      what: 'an expression in `run` is pasted into a script: give it to the step by `env`',
    }));
}

/** A job that GitHub ends before its steps may: then nobody takes back what they shipped. */
function roomFindings(yaml: YamlText, steps: readonly LintedStep[]): readonly Finding[] {
  return jobsOf(mapping(yaml.value)).flatMap(([name, job]) => {
    const minutes = job['timeout-minutes'];
    if (typeof minutes !== 'number') return [];
    const needed = steps
      .filter((one) => one.job === name)
      .map(({ belay }) => mapping(belay?.read.values))
      .reduce(
        (sum, { timeoutMs = 0, restoreTimeoutMs = 0 }) => sum + Number(timeoutMs) + Number(restoreTimeoutMs),
        0,
      );
    if (minutes * 60_000 > needed) return [];
    const line = yaml.lineOf(['jobs', name, 'timeout-minutes']);
    return [
      {
        line,
        what: `\`timeout-minutes: ${minutes}\` ends the job before its steps may: they have ${needed / 60_000} minutes`,
      },
    ];
  });
}
