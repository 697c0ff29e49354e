import type { LintedStep } from './linted-step.ts';
import type { Finding } from './page-blocks.ts';
import { isMapping, type Mapping, mapping, scalarText } from './values.ts';
import type { YamlText } from './yaml-text.ts';

type Scopes = Readonly<Record<string, string>>;

const ranks = ['none', 'read', 'write'];

/** The least that the features in use need is named, and nothing more. */
export function permissionFindings(yaml: YamlText, steps: readonly LintedStep[]): readonly Finding[] {
  const workflow = mapping(yaml.value);
  const jobs = Object.entries(mapping(workflow.jobs)).filter(([, job]) => 'steps' in mapping(job));
  return jobs.flatMap(([name, job]) => {
    const own = mapping(job).permissions;
    const path = own === undefined ? ['permissions'] : ['jobs', name, 'permissions'];
    const granted = own ?? workflow.permissions;
    if (!isMapping(granted)) return [{ line: 1, what: `\`permissions\` of the job ${name} are not named` }];
    const its = steps.filter((one) => one.job === name);
    const needed = its.map(neededBy).reduce(joined, {});
    const mayHave = its.map(usefulTo).reduce(joined, needed);
    const lacking = Object.entries(needed).filter(([scope, level]) => rank(granted[scope]) < rank(level));
    const beyond = Object.entries(granted).filter(([scope, level]) => rank(level) > rank(mayHave[scope]));
    return [
      ...lacking.map(([scope, level]) => ({
        line: yaml.lineOf(path),
        what: `the steps of the job ${name} need \`${scope}: ${level}\``,
      })),
      // What others' actions need, and scripts that are given a token, they know.
      ...(its.every(isKnown) ? beyond : []).map(([scope, level]) => ({
        line: yaml.lineOf([...path, scope]),
        what: `no step of the job ${name} needs \`${scope}: ${scalarText(level)}\``,
      })),
    ];
  });
}

function rank(level: unknown): number {
  return Math.max(0, ranks.indexOf(scalarText(level)));
}

function joined(one: Scopes, other: Scopes): Scopes {
  const higher = Object.entries(other).filter(([scope, level]) => rank(level) > rank(one[scope]));
  return { ...one, ...Object.fromEntries(higher) };
}

function neededBy({ step, belay }: LintedStep): Scopes {
  if (scalarText(step.uses).startsWith('actions/checkout@')) return { contents: 'read' };
  const values: Mapping = belay?.read.values ?? {};
  const kept = { contents: 'read', deployments: 'write' };
  if (belay?.name === 'fly-deploy') {
    if (values.installOnly === true) return {};
    return values.reviewApp === 'false' ? kept : { ...kept, 'pull-requests': 'write' };
  }
  if (belay?.name === 'railway-up') {
    return values.preview === 'false' ? kept : { ...kept, 'pull-requests': 'write' };
  }
  if (belay?.name === 'rollback') return kept;
  if (belay?.name !== 'smoke-test') return {};
  const judges = Array.isArray(values.ledgerIds) && values.ledgerIds.length > 0;
  if (judges) return { deployments: 'write' };
  return values.release === 'live' ? { deployments: 'read' } : {};
}

/** Named in the page of tokens as worth having, and not needed. */
function usefulTo({ belay }: LintedStep): Scopes {
  return belay === undefined ? {} : { actions: 'read', contents: 'read', 'pull-requests': 'read' };
}

function isKnown({ step, belay }: LintedStep): boolean {
  if (belay !== undefined) return true;
  if (typeof step.run === 'string') return !/token/i.test(JSON.stringify(step.env ?? {}));
  return /^actions\/(checkout|setup-[a-z]+|upload-artifact)@/.test(scalarText(step.uses));
}
