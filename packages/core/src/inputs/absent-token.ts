import { trustOf } from '../gates/run-trust.ts';
import type { RunnerContext } from '../runner/runner.ts';
import type { Broken } from './inputs.ts';

/**
 * A token that came empty: the step may well name the secret, and GitHub had none to put there. Strangers' runs get no
 * secrets, which is no fault of the workflow's. https://docs.github.com/actions/reference/workflows-and-actions/contexts#secrets-context
 */
export function absentToken(input: string, variable: string, context: RunnerContext | undefined): Broken {
  const what = `\`${input}\` is empty, and ${variable} is not set.`;
  const standing = context && trustOf(context);
  if (standing?.kind === 'untrusted' && withoutSecrets.includes(standing.run.kind)) {
    const { what: whose, next } = standing.run;
    return { what, why: `${whose} Such runs get none of the repository’s secrets, and never deploy.`, next };
  }
  return {
    what,
    why: 'GitHub gives an empty text for a secret that does not exist under the name, that belongs to an environment which the job does not name, or that was not passed to a reusable workflow.',
    next: 'Create the secret under the name that the step reads, name its environment in `environment:` of the job, or pass it on with `secrets: inherit`.',
  };
}

const withoutSecrets: readonly string[] = ['fork', 'dependabot'];
