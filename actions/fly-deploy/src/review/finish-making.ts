import { openFlyAccount, openReviewApps, type Ports } from '#core';
import type { FlyDeployInputs } from '../inputs.ts';
import type { ReviewWanted } from './decide.ts';

const state = 'review-app-making';

/** Kept for `post`: whether the app is being made, and not marked yet. */
export function keepMaking(runner: Ports['runner'], isMaking: boolean): void {
  runner.saveState(state, String(isMaking));
}

/** Whether main was cut while it made the app of a pull request. */
export function wasMaking(runner: Ports['runner']): boolean {
  return runner.state(state) === 'true';
}

/** Marks, in `post`, the app that main had made when it was cut: without its mark no run would deploy to it or destroy it. */
export async function finishMaking(
  ports: Ports,
  inputs: FlyDeployInputs,
  { access, subject }: Extract<ReviewWanted, { readonly subject: unknown }>,
): Promise<string | undefined> {
  const { token, repository } = access;
  const { owner, name, id } = repository;
  const account = await openFlyAccount(ports, { ...inputs, flyToken: token });
  const apps = await openReviewApps(ports, account, { id, label: `${owner}/${name}` });
  const isMarked = await apps.finishMaking(subject);
  return isMarked
    ? `The app ${subject.name} had been made, and is marked as this pull request's.`
    : undefined;
}
