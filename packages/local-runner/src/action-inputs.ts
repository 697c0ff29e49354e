import { fillTemplate, type Scope } from './expressions.ts';
import type { Values } from './job-spec.ts';
import type { Manifest } from './manifest.ts';

export interface ActionInputs {
  /** `INPUT_*`, every declared input among them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** Joins what the step gives with what the manifest defaults to. Names are compared without case; `required` is not enforced. */
export function actionInputs(
  manifest: Manifest,
  given: Values,
  scopes: { readonly given: Scope; readonly defaults: Scope },
): ActionInputs {
  const variables: Record<string, string> = {};
  for (const [name, { default: template }] of manifest.inputs) {
    if (!hasName(Object.keys(given), name)) {
      variables[variableOf(name)] = fillTemplate(template, scopes.defaults);
    }
  }
  for (const [name, value] of Object.entries(given)) {
    variables[variableOf(name)] = fillTemplate(String(value), scopes.given);
  }
  return { variables, warnings: warningsFor(manifest, Object.keys(given)) };
}

function warningsFor(manifest: Manifest, given: readonly string[]): string[] {
  const declared = [...manifest.inputs.keys()];
  const deprecated = [...manifest.inputs].flatMap(([name, { deprecationMessage }]) =>
    deprecationMessage !== undefined && hasName(given, name)
      ? [`Input '${name}' has been deprecated with message: ${deprecationMessage}`]
      : [],
  );
  const unexpected = given.filter((name) => !hasName(declared, name));
  if (unexpected.length === 0) return deprecated;
  return [
    ...deprecated,
    `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${declared.join("', '")}']`,
  ];
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toLowerCase() === name.toLowerCase());
}

/** Hyphens stay: `app-name` is `INPUT_APP-NAME`, which no POSIX shell can export. */
function variableOf(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
