import { type BelayAction, belayUse } from './actions.ts';
import { checksFindings } from './checks-lint.ts';
import type { Finding } from './page-blocks.ts';
import { plausible } from './plausible.ts';
import { type Mapping, mapping, scalarText } from './values.ts';
import type { Path, YamlText } from './yaml-text.ts';

/** A step of one of Belay's actions, where it stands. */
export interface BelayStep {
  readonly path: Path;
  readonly step: Mapping;
  /** What workflow, job and step set, later over earlier. */
  readonly env: Mapping;
  /** What a dispatch would give. */
  readonly inputs: Readonly<Record<string, string>>;
  /** A fragment leaves out what the example above it has. */
  readonly fragment: boolean;
}

export interface ReadStep {
  readonly findings: readonly Finding[];
  /** As the action itself would have them; undefined when it refuses them. */
  readonly values?: Mapping;
}

/** A default that only the runner can fill in. */
const jobToken = { 'github-token': 'a-token-of-the-job' };

/** What every step needs, and a fragment leaves to the example above it; one that names a target on Railway needs no other. */
function untoldIn(given: Mapping): Readonly<Record<string, string>> {
  const url = { url: 'https://shop.example' };
  if (Object.keys(given).some((name) => name.startsWith('railway-'))) return url;
  return { ...url, 'fly-app': 'shop', 'fly-token': 'a-token-of-the-app' };
}

/** Asks the manifest for names and the action's own reader for values. */
export async function readStep(
  yaml: YamlText,
  { path, step, env, inputs, fragment }: BelayStep,
  actions: ReadonlyMap<string, BelayAction>,
): Promise<ReadStep> {
  const uses = scalarText(step.uses);
  const at = (...keys: readonly string[]) => yaml.lineOf([...path, ...keys]);
  const use = belayUse(uses);
  const action = actions.get(use?.name ?? '');
  if (use === undefined || action === undefined)
    return { findings: [{ line: at('uses'), what: `there is no ${uses}` }] };
  const findings: Finding[] = [];
  if (!/^(v\d+(\.\d+\.\d+)?|[0-9a-f]{40}|<[^>]+>)$/.test(use.ref)) {
    findings.push({ line: at('uses'), what: `${uses} is pinned to nothing: end it with @v1 or a commit` });
  }
  const given = mapping(step.with);
  const declared = action.manifest.inputs.map(({ name }) => name);
  for (const name of Object.keys(given).filter((one) => !declared.includes(one))) {
    findings.push({ line: at('with', name), what: `${use.name} has no input \`${name}\`` });
  }
  const filled = (values: Mapping) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, plausible(scalarText(value), inputs).trim()]),
    );
  const texts = filled(given);
  const known: Readonly<Record<string, string>> = {
    ...jobToken,
    ...(fragment ? untoldIn(given) : {}),
    ...texts,
  };
  try {
    const values = action.reader.read({
      input: (name) => known[name] ?? '',
      env: filled(env),
      mask: () => undefined,
    });
    const { checks } = texts;
    if (checks !== undefined)
      findings.push(...(await inlineFindings(yaml, [...path, 'with', 'checks'], checks, values)));
    return { findings, values };
  } catch (error) {
    return { findings: [...findings, ...refusals(error, use.name, (name) => at('with', name))] };
  }
}

/** What the reader said, each at the input it names first. */
function refusals(error: unknown, action: string, lineOf: (input: string) => number): readonly Finding[] {
  const { message, details } = error as { message: string; details?: readonly string[] };
  return (details ?? [message]).map((text) => ({
    line: lineOf(/`([\w-]+)/.exec(text)?.[1] ?? ''),
    what: `${action} refuses its inputs: ${text}`,
  }));
}

async function inlineFindings(
  yaml: YamlText,
  path: Path,
  text: string,
  values: Mapping,
): Promise<readonly Finding[]> {
  // A block scalar begins on the line after its key.
  const first = yaml.lineOf(path) + 1;
  const found = await checksFindings(text, {
    variables: mapping(values.checkVariables) as Readonly<Record<string, string>>,
    secrets: mapping(values.checkSecrets) as Readonly<Record<string, string>>,
  });
  return found.map(({ line, what }) => ({ line: first + line - 1, what }));
}
