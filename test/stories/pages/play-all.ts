import { describe, it } from 'vitest';
import { ground } from './ground.ts';
import { type PageWorkflow, pageWorkflows } from './page-workflows.ts';
import type { Play } from './play.ts';

/** Whoever copies a workflow from a page gets what the page says: plays each of these with every workflow it fits. */
export function playAll(plays: readonly Play[]): void {
  const stage = ground();
  const played = pageWorkflows().map((page) => ({ page, fitting: fittingPlays(page, plays) }));
  describe.each(played.filter(({ fitting }) => fitting.length > 0))(
    'the workflow at $page.place',
    ({ page, fitting }) => {
      it.each(fitting)('started by $event, $name', { timeout: 180_000 }, async ({ play, event }) => {
        stage.prepare(page);
        await play(stage, page, event);
      });
    },
  );
}

/** The plays of a workflow, one for each of its events that a play is about. */
export function fittingPlays(
  page: PageWorkflow,
  plays: readonly Play[],
): readonly (Play & { event: string })[] {
  return [...page.workflow.on.keys()].flatMap((event) =>
    plays.filter((one) => one.events.includes(event) && one.fits(page)).map((one) => ({ ...one, event })),
  );
}
