import { problem, value } from '../text/parsed.ts';
import type { Input, InputSource, Presence, Present } from './input.ts';
import { manifestFacts } from './input.ts';

export interface SecretOptions extends Presence {
  /** Environment variables looked at, in this order, when the input is empty. */
  readonly env?: readonly string[];
}

/** A secret, masked as it is read and never shown in a message. */
export function secret<const P extends SecretOptions>(name: string, options?: P): Input<Present<string, P>> {
  const variables = options?.env ?? [];
  return {
    ...manifestFacts(options),
    name,
    read(source) {
      const text = source.input(name) || firstSet(variables, source.env);
      if (text !== undefined) {
        source.mask(text);
        if (/[\r\n\0]/.test(text.trim()))
          return problem('holds a line break: it was stored with more than the secret.');
        return value(text as Present<string, P>);
      }
      if (options?.required !== true) return value(undefined as Present<string, P>);
      const env = variables.length === 0 ? '' : `, or set ${variables.join(' or ')} in the step's env`;
      return problem(`is required and was not given. Pass it as an input${env}.`);
    },
  };
}

function firstSet(variables: readonly string[], env: InputSource['env']): string | undefined {
  for (const name of variables) {
    const text = env[name]?.trim();
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}
