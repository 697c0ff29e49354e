import type { Ports } from '#core';
import { pullRequestEvent } from '#core/deployment';
import type { RailwayUpInputs } from '../inputs.ts';
import { environmentOf, type PreviewSubject } from './decide.ts';
import type { PreviewKind } from './inputs.ts';

const state = 'preview-environment';

/** The environment of a pull request that is deployed to. */
export interface PreviewDeploy extends Pick<PreviewSubject, 'environment' | 'head'> {
  readonly by: 'railway' | 'us';
  /** Id of Railway's environment. */
  readonly environmentId: string;
}

/** Kept for `post`: no input names the environment that main was about. */
export function keepEnvironment(runner: Ports['runner'], environmentId: string): void {
  runner.saveState(state, environmentId);
}

/** What a deploy to it is given: as if its inputs had named it. */
export function inputsFor(
  given: RailwayUpInputs,
  { by, environmentId, environment, head }: PreviewDeploy,
): RailwayUpInputs {
  const named = { ...given, railwayEnvironment: environmentId, environment };
  // Railway deploys the pull request's own commit; what is uploaded is the merge that was checked out.
  return by === 'railway' ? { ...named, mode: 'watch', commit: head } : { ...named, mode: 'upload' };
}

/** What main had deployed to, in `post`; undefined where it had come to none. */
export function keptDeploy({ runner }: Pick<Ports, 'runner'>, kind: PreviewKind): PreviewDeploy | undefined {
  const event = pullRequestEvent(runner.context);
  const environmentId = runner.state(state);
  if (event === undefined || environmentId === '') return undefined;
  const by = kind === 'true' ? 'railway' : 'us';
  return { by, environmentId, environment: environmentOf(event.number), head: event.head };
}
