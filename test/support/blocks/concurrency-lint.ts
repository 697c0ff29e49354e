import { jobsOf, type LintedStep, type WorkflowFacts } from './linted-step.ts';
import type { Finding } from './page-blocks.ts';
import { isMapping, mapping, scalarText } from './values.ts';
import type { Path, YamlText } from './yaml-text.ts';

/** A `concurrency` of the workflow or of one job, and the jobs it keeps apart from others. */
interface Group {
  readonly path: Path;
  readonly value: unknown;
  readonly jobs: readonly string[];
}

/** A group for each, and none that is cut: a deploy that is cancelled half-way leaves whatever it had reached. */
export function concurrencyFindings(
  yaml: YamlText,
  { whole, example }: WorkflowFacts,
  steps: readonly LintedStep[],
): readonly Finding[] {
  const groups = groupsOf(yaml);
  const together = jobsOf(mapping(yaml.value)).filter(
    ([job]) => !groups.some(({ jobs }) => jobs.includes(job)),
  );
  const missing = { line: 1, what: 'runs at once are not kept apart: `concurrency` is missing' };
  return [
    ...(whole && together.length > 0 ? [missing] : []),
    ...(example ? groups.filter(cancels) : []).map(({ path }) => ({
      line: yaml.lineOf([...path, 'cancel-in-progress']),
      what: '`cancel-in-progress` cuts a deploy half-way: leave it out',
    })),
    ...groups.flatMap((group) => {
      const what = wrongName(group, steps);
      return what === undefined ? [] : [{ line: yaml.lineOf(group.path), what }];
    }),
  ];
}

function groupsOf({ value }: YamlText): readonly Group[] {
  const { concurrency, ...workflow } = mapping(value);
  const jobs = jobsOf(workflow);
  const all = [
    { path: ['concurrency'], value: concurrency, jobs: jobs.map(([name]) => name) },
    ...jobs.map(([name, job]) => ({
      path: ['jobs', name, 'concurrency'],
      value: job.concurrency,
      jobs: [name],
    })),
  ];
  return all.filter((group) => group.value !== undefined);
}

/** An expression may come to `true`. */
function cancels({ value }: Group): boolean {
  const cancelling = mapping(value)['cancel-in-progress'];
  return cancelling !== undefined && cancelling !== false;
}

/** A rollback in the group of the deploys would stand behind the very deploy that it undoes. */
function wrongName({ value, jobs }: Group, steps: readonly LintedStep[]): string | undefined {
  const name = scalarText(isMapping(value) ? value.group : value);
  const rollback = steps.find(({ job, belay }) => jobs.includes(job) && belay?.name === 'rollback');
  if (rollback === undefined) {
    return name.startsWith('belay-rollback-')
      ? `\`${name}\` is the group of rollbacks, which wait for nothing else`
      : undefined;
  }
  const wanted = `belay-rollback-${scalarText(mapping(rollback.step.with).environment ?? 'production')}`;
  return name === wanted
    ? undefined
    : `a rollback has a group of its own, \`${wanted}\`, so that it waits for no deploy`;
}
