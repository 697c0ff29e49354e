import type { Ports } from '#core';
import {
  commentMarker,
  openPullRequests,
  type PullRequests,
  recordedTargets,
  removedComment,
  retireRecords,
} from '#core/deployment';
import { openPreviews, type RailwayPreviews } from '#core/railway';
import type { RailwayUpInputs } from '../inputs.ts';
import { environmentOf, type Recorded } from './decide.ts';

/** Above each comment. */
export const title = 'Preview';

/** An environment of Railway's. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** Railway and GitHub, opened for the previews of a repository. */
export interface OpenPreview {
  readonly previews: RailwayPreviews;
  readonly pulls: PullRequests;
  /** The name of this part of the system in the ledger. */
  readonly service: string;
  /** Whether the ledger knows a deploy to this environment for a pull request; `unknown` where it cannot be read. */
  recorded(number: number, environment: Named): Promise<Recorded>;
  /** Says on the pull request’s page and in the ledger that what was deployed for it is gone. */
  announceRemoval(
    number: number,
    text: { readonly did: string; readonly because: string; readonly again: string },
  ): Promise<void>;
  /** Tells the comments on a pull request apart: one for each service. */
  readonly marker: string;
}

/** Failures: `token-kind`, at once where the token reaches no preview; those of `openPreviews`. */
export async function openPreview(ports: Ports, inputs: RailwayUpInputs): Promise<OpenPreview> {
  const [previews, pulls] = await Promise.all([openPreviews(ports, inputs), openPullRequests(ports, inputs)]);
  const service = inputs.service ?? previews.service.name;
  const marker = commentMarker('preview', `${previews.project.name}-${service}`);
  const targets = (number: number) =>
    recordedTargets(ports, inputs, { environment: environmentOf(number), service });
  return {
    previews,
    pulls,
    service,
    marker,
    recorded: async (number, environment) => {
      const known = await targets(number);
      if (known === undefined) return 'unknown';
      return known.has(previews.target(environment).id) ? 'yes' : 'no';
    },
    announceRemoval: async (number, text) => {
      const own = `railway:${previews.project.id}/`;
      const retired = async () => {
        for (const target of (await targets(number)) ?? []) {
          if (!target.startsWith(own)) continue;
          const key = { environment: environmentOf(number), service, target };
          await retireRecords(ports, inputs, { ...key, why: `${text.did}: ${text.because}` });
        }
      };
      const body = removedComment(title, text);
      await Promise.all([pulls.comment({ number, marker, body, create: false }), retired()]);
    },
  };
}
