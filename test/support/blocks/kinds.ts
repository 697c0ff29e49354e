import type { PageBlock } from './page-blocks.ts';
import { isMapping, list, type Mapping } from './values.ts';
import { yamlText } from './yaml-text.ts';

/** What a block is to its reader. */
export type Kind =
  | 'workflow'
  | 'jobs'
  | 'steps'
  | 'part of a workflow'
  | 'part of a job'
  | 'part of a step'
  | 'inputs'
  | 'checks'
  | 'JSON'
  | 'TOML'
  | 'commands'
  | 'text';

/** Languages that are not YAML, and what is held against them. */
const languages: Readonly<Record<string, Kind>> = {
  json: 'JSON',
  toml: 'TOML',
  sh: 'commands',
  shell: 'commands',
  bash: 'commands',
  // Nothing here reads these; they are named so that what is YAML is never passed over as one of them.
  text: 'text',
  mermaid: 'text',
  markdown: 'text',
  html: 'text',
  dockerfile: 'text',
};

const workflowKeys = ['name', 'run-name', 'on', 'permissions', 'env', 'defaults', 'concurrency'];
const jobKeys = [
  ...['name', 'runs-on', 'needs', 'if', 'permissions', 'environment', 'concurrency', 'outputs', 'env'],
  ...['defaults', 'timeout-minutes', 'strategy', 'continue-on-error', 'container', 'services', 'steps'],
];
const stepKeys = ['uses', 'run', 'with', 'id', 'name', 'if', 'env', 'continue-on-error', 'timeout-minutes'];
const checkFileKeys = [
  ...['version', 'target', 'defaults', 'variables', 'secrets', 'release', 'window', 'watch', 'baseline'],
  ...['concurrency', 'fail-fast', 'redact-query', 'checks', 'scenarios'],
];

/** What a block is, told by what stands in it; undefined when it is nothing that is known. */
export function kindOf({ language, text }: PageBlock, inputNames: ReadonlySet<string>): Kind | undefined {
  if (language !== 'yaml' && language !== 'yml') return languages[language];
  const { value, problems } = yamlText(text);
  // What cannot be read is told by whoever lints it.
  if (problems.length > 0) return 'part of a workflow';
  if (Array.isArray(value)) return kindOfList(value);
  return isMapping(value) ? kindOfMapping(value, inputNames) : undefined;
}

/** Whether a text is of a workflow, whatever it is called. */
export function isHiddenYaml(text: string): boolean {
  const { value } = yamlText(text);
  return [value].flat().some((one) => isMapping(one) && ['uses', 'on', 'jobs'].some((key) => key in one));
}

function kindOfList(items: readonly unknown[]): Kind | undefined {
  const all = items.filter(isMapping);
  if (all.length === 0 || all.length < items.length) return undefined;
  if (all.every((item) => 'uses' in item || 'run' in item)) return 'steps';
  return all.every((item) => 'name' in item) ? 'checks' : undefined;
}

function kindOfMapping(value: Mapping, inputNames: ReadonlySet<string>): Kind | undefined {
  const names = Object.keys(value);
  const allIn = (known: readonly string[]) => names.length > 0 && names.every((name) => known.includes(name));
  if ('jobs' in value) return 'on' in value ? 'workflow' : 'jobs';
  if ('uses' in value || 'with' in value) return allIn(stepKeys) ? 'part of a step' : undefined;
  // Inputs are texts: an `env`, a `release` or `checks` that is more is another thing of that name.
  if (allIn([...inputNames]) && Object.values(value).every((one) => typeof one !== 'object')) return 'inputs';
  // A check file may limit its `concurrency` too, by a number.
  if (allIn(checkFileKeys) && !isMapping(value.concurrency) && isCheckFile(value)) return 'checks';
  if (allIn(workflowKeys)) return 'part of a workflow';
  return allIn(jobKeys) ? 'part of a job' : undefined;
}

function isCheckFile(value: Mapping): boolean {
  return ['version', 'release', 'scenarios'].some((key) => key in value) || list(value.checks).length > 0;
}
