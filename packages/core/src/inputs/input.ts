import type { Runner } from '../runner/runner.ts';
import { defined } from '../text/defined.ts';
import type { Parsed } from '../text/parsed.ts';
import { problem, value } from '../text/parsed.ts';

/** Where inputs are read from: the runner's port, or less of it in a test. */
export type InputSource = Pick<Runner, 'input' | 'env' | 'mask'> & Partial<Pick<Runner, 'context'>>;

/** How an input may be absent. Stated here and in action.yml; a contract test holds them equal. */
export interface Presence {
  /** The runner does not enforce `required: true`; we do. */
  readonly required?: true;
  /**
   * Text read when the input is empty. action.yml's default alone is not enough: an expression that
   * evaluates to nothing arrives as `''`, and the runner then leaves it so.
   */
  readonly default?: string;
  /** A default only the runner can evaluate: the expression, such as `github.token`. The value may still be absent. */
  readonly runnerDefault?: string;
}

/** `V`, or also undefined when neither required nor given a default. */
export type Present<V, P extends Presence> = P extends { required: true } | { default: string }
  ? V
  : V | undefined;

/** One input of an action: its manifest facts, and how its text becomes a value. */
export interface Input<T> extends Presence {
  readonly name: string;
  read(source: InputSource): Parsed<T>;
}

/** Declares an input whose text `parse` reads; `''` never reaches `parse`. */
export function declareInput<V, P extends Presence>(
  name: string,
  presence: P | undefined,
  parse: (text: string, source: InputSource) => Parsed<V>,
): Input<Present<V, P>> {
  return {
    ...manifestFacts(presence),
    name,
    read(source) {
      const text = source.input(name) || presence?.default || '';
      if (text !== '') return parse(text, source) as Parsed<Present<V, P>>;
      if (presence?.required === true) return problem('is required and was not given.');
      // `Present` allows undefined exactly where neither `required` nor `default` was stated.
      return value(undefined as Present<V, P>);
    },
  };
}

export function manifestFacts(presence: Presence = {}): Presence {
  return {
    ...defined({
      required: presence.required,
      default: presence.default,
      runnerDefault: presence.runnerDefault,
    }),
  };
}
