import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { bundleStarted } from '../support/bundle-process.ts';
import { shopStage } from '../support/shop-stage.ts';

const shop = shopStage();

/** Milliseconds after the process of main was started. */
const moments = [0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200];

/** Cancels the job so long after the process of main was there. */
function cancelledAfter(ms: number): { readonly signal: AbortSignal } {
  const cancel = new AbortController();
  void bundleStarted('index.js', shop.stage.temp, cancel.signal)
    .then(() => delay(ms))
    .then(() => cancel.abort());
  return { signal: cancel.signal };
}

/** What changed, what post said at last, what serves, and what is left on the machine. */
async function came({ job, post }: ActionResult) {
  return {
    conclusion: job.conclusion,
    changed: shop.mutations(),
    said: post?.annotations.map(({ message }) => message),
    summary: post?.summary.split('\n')[0],
    served: await shop.served(),
    left: readdirSync(shop.stage.temp, { recursive: true }).filter((name) => /belay-fly/.test(String(name))),
  };
}

it.skipIf(!existsSync('/proc')).each(moments)(
  'a deploy cancelled %i ms after its start ships nothing, and post says what serves',
  async (ms) => {
    const result = await shop.deploy({ image: images.v3 }, cancelledAfter(ms));
    expect(await came(result)).toEqual({
      conclusion: 'cancelled',
      changed: [],
      said: [nothingChanged('v1')],
      summary: '## 🧹 fly-deploy, after the job’s last step: fly:shop serves v1.',
      served: 'v1',
      left: [],
    });
  },
);

it.skipIf(!existsSync('/proc')).each([0, 60, 120])(
  'a rollback cancelled %i ms after its start switches nothing, and post says what serves',
  async (ms) => {
    await shop.deploy({ image: images.v3 });
    shop.stage.cloud.journal.clear();
    const result = await shop.rollback({ to: 'v1', reason: 'a rehearsal' }, cancelledAfter(ms));
    expect(await came(result)).toEqual({
      conclusion: 'cancelled',
      changed: [],
      said: [nothingChanged('v2')],
      summary: '## 🧹 rollback, after the job’s last step: fly:shop serves v2.',
      served: 'v3',
      left: [],
    });
  },
);

function nothingChanged(release: string) {
  return expect.stringMatching(
    `^(The step was cut before it had begun, and changed nothing|The job was cancelled)\\. fly:shop serves ${release}\\. Next: (Do what the step’s own summary says; run|Run) the job again when it is wanted\\.$`,
  );
}
