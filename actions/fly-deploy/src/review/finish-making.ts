import type { Ports } from '#core';
import { openFlyAccount, openReviewApps } from '#core/fly';
import type { Wanted } from '../decide.ts';
import type { FlyDeployInputs } from '../inputs.ts';
import { namesOf, type ReviewSubject, type ReviewWanted } from './decide.ts';

const state = 'review-app-making';
const nameState = 'review-app-name';

/** Kept for `post`: the name of the app this run is about, once it is known. */
export function keepName(runner: Ports['runner'], { name }: ReviewSubject): void {
  runner.saveState(nameState, name);
}

/** What is wanted, of the app that main was about: its name is not told by the inputs alone. */
export function asMainHadIt(runner: Ports['runner'], wanted: Wanted): Wanted {
  if (wanted.kind !== 'review' && wanted.kind !== 'close-review') return wanted;
  const { access, subject } = wanted;
  const name = runner.state(nameState);
  return { ...wanted, subject: namesOf(access, subject).find((one) => one.name === name) ?? subject };
}

/** Kept for `post`: whether the app is being made, and not marked yet. */
export function keepMaking(runner: Ports['runner'], isMaking: boolean): void {
  runner.saveState(state, String(isMaking));
}

/** Whether main was cut while it made the app of a pull request. */
export function wasMaking(runner: Ports['runner']): boolean {
  return runner.state(state) === 'true';
}

/** Labels, in `post`, the app that main had made when it was cut: without its owner label no run would deploy to it or destroy it. */
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
