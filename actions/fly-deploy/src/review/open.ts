import type { Ports } from '#core';
import { openPullRequests, type PullRequests, retireRecords } from '#core/deployment';
import { type Destroyed, type FlyAccount, openFlyAccount, openReviewApps, type ReviewApps } from '#core/fly';
import type { FlyDeployInputs } from '../inputs.ts';
import { commentMarker, destroyedComment } from './comment.ts';
import type { ReviewAccess, ReviewSubject } from './decide.ts';

/** Fly and GitHub, opened for a repository’s review apps. */
export interface OpenReview {
  readonly account: FlyAccount;
  readonly apps: ReviewApps;
  readonly pulls: PullRequests;
  readonly organization: string;
  /** Says on the pull request’s page and in the ledger that its app is gone, whatever names it had. */
  announceRemoval(
    gone: readonly [DestroyedApp, ...DestroyedApp[]],
    text: { readonly because: string; readonly again: string },
  ): Promise<void>;
}

/** An app that is there no more. */
export interface DestroyedApp {
  readonly subject: ReviewSubject;
  /** When the app had been made: records of an earlier one of its name are left alone. */
  readonly since?: string;
}

/** Opens what every run about review apps needs. Failures: `token-kind`, `install-failed`. */
export async function openReview(
  ports: Ports,
  inputs: FlyDeployInputs,
  { token, organization, repository }: ReviewAccess,
): Promise<OpenReview> {
  const account = await openFlyAccount(ports, { ...inputs, flyToken: token });
  const { owner, name, id } = repository;
  const [apps, pulls] = await Promise.all([
    openReviewApps(ports, account, { id, label: `${owner}/${name}` }),
    openPullRequests(ports, inputs),
  ]);
  return {
    account,
    organization,
    pulls,
    apps,
    announceRemoval: async (gone, { because, again }) => {
      const retired = async () => {
        for (const { subject, ...since } of gone) {
          const { environment, service, name: app } = subject;
          const key = { environment, service, target: `fly:${app}` };
          await retireRecords(ports, inputs, { ...key, ...since, why: `Destroyed: ${because}` });
        }
      };
      const told = async () => {
        const [{ subject }] = gone;
        const { number } = subject;
        const body = destroyedComment(because, again);
        await pulls.comment({ number, marker: commentMarker(subject), body, create: false });
      };
      await Promise.all([told(), retired()]);
    },
  };
}

/** Since when an app that is gone had been there, where that is known. */
export function sinceOf(gone: Destroyed): { readonly since?: string } {
  return gone.kind === 'destroyed' && gone.created !== undefined ? { since: gone.created } : {};
}
