import { ActionFailure } from '../outcome/failure.ts';
import { nearest } from '../text/nearest.ts';
import type { Input, InputSource } from './input.ts';

/** Every input of an action: the property is the name in code, the input knows its name in action.yml. */
export type InputSpec = Readonly<Record<string, Input<unknown>>>;

type Values<S extends InputSpec> = {
  readonly [K in keyof S]: S[K] extends Input<infer T> ? T : never;
};

/** A rule between inputs. Asked only when all of `between` could be read. */
export interface InputRule<V> {
  readonly between: readonly (keyof V & string)[];
  /** Those of `between` that are to be corrected; all of them when absent. */
  readonly accuses?: readonly (keyof V & string)[];
  /** What is wrong, in whole sentences naming the inputs as action.yml does; undefined when nothing is. */
  broken(values: V, source: InputSource): string | Broken | undefined;
}

/** What is wrong where more is to be said than that the inputs are to be corrected. */
export interface Broken {
  /** Whole sentences, both of them. */
  readonly what: string;
  readonly why: string;
  /** One imperative sentence. */
  readonly next: string;
}

/** The inputs an action accepts. `spec` is compared with action.yml by a contract test. */
export interface Inputs<S extends InputSpec> {
  readonly spec: S;
  /** Reads all inputs, or throws one ActionFailure `input-invalid` that lists every bad one. */
  read(source: InputSource): Values<S>;
}

/** The value `read` answers: `type FlyDeployInputs = InputValues<typeof inputs>`. */
export type InputValues<I> = I extends Inputs<infer S> ? Values<S> : never;

/**
 * Declares what an action accepts; its `inputs.ts` exports the answer as `inputs`.
 *
 *     export const inputs = defineInputs({
 *       flyApp: text('fly-app', { required: true }),
 *       strategy: choice('strategy', ['rolling', 'immediate'], { default: 'rolling' }),
 *     });
 */
export function defineInputs<S extends InputSpec>(
  spec: S,
  rules: readonly InputRule<Values<S>>[] = [],
): Inputs<S> {
  return {
    spec,
    read(source) {
      const read = new Map<string, unknown>();
      const problems: InputProblem[] = [...slipsOf(spec, source)];
      for (const [key, input] of Object.entries(spec)) {
        const parsed = input.read(source);
        if (parsed.kind === 'value') read.set(key, parsed.value);
        else problems.push({ inputs: [input.name], text: `\`${input.name}\` ${parsed.problem}` });
      }
      const values = Object.fromEntries(read) as Values<S>;
      for (const rule of rules) {
        if (!rule.between.every((key) => read.has(key))) continue;
        const broken = rule.broken(values, source);
        if (broken === undefined) continue;
        const told = typeof broken === 'string' ? { text: broken } : { text: broken.what, more: broken };
        problems.push({ inputs: (rule.accuses ?? rule.between).map((key) => nameOf(spec, key)), ...told });
      }
      if (problems.length > 0) throw inputFailure(problems);
      return values;
    },
  };
}

/**
 * What was given under a name that is nearly one of ours: the runner only warns of it, and a step without its `checks` is
 * green. A name that resembles none is the runner's to warn of.
 */
function slipsOf(spec: InputSpec, { env }: InputSource): readonly InputProblem[] {
  const names = Object.values(spec).map(({ name }) => name);
  const given = Object.keys(env)
    .filter((key) => key.startsWith('INPUT_') && env[key] !== '')
    .map((key) => key.slice('INPUT_'.length).toLowerCase().replaceAll('_', '-'));
  return [...new Set(given)].flatMap((name) => {
    const meant = names.includes(name) ? undefined : nearest(name, names);
    if (meant === undefined) return [];
    return [{ inputs: [name], text: `\`${name}\` is no input of this action: did you mean \`${meant}\`?` }];
  });
}

interface InputProblem {
  readonly inputs: readonly string[];
  readonly text: string;
  readonly more?: Broken;
}

function nameOf(spec: InputSpec, key: string): string {
  return spec[key]?.name ?? key;
}

function inputFailure(problems: readonly InputProblem[]): ActionFailure {
  const accused = [...new Set(problems.flatMap((one) => one.inputs))];
  const names = accused.map((name) => `\`${name}\``).join(', ');
  const [only] = problems.length === 1 ? problems : [];
  return new ActionFailure({
    code: 'input-invalid',
    what: only?.text ?? `${accused.length} inputs cannot be used: ${names}.`,
    next: `Correct ${names} in the step's \`with:\`.`,
    ...only?.more,
    ...(only === undefined ? { details: problems.map(detailOf) } : {}),
  });
}

function detailOf({ text, more }: InputProblem): string {
  return more === undefined ? text : `${text} ${more.why}`;
}
