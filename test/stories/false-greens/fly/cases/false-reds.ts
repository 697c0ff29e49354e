import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { imageRef } from '../ground.ts';

const image = imageRef('v2');
const deploy = [`flyctl deploy --image ${image} --wait-timeout 5s`];
const belay = { image, checks: homeCheck };

/** Red, and the new version serves everybody. */
export const falseReds: readonly Case[] = [
  {
    name: 'one machine is slow to become healthy',
    happens: 'The new version needs a few seconds more than `--wait-timeout` gives it.',
    app: { machines: 1 },
    given: ({ image }) => void image('v2', { SHOP_HEALTHY_AFTER_MS: '6500' }),
    client: deploy,
    belay,
    laterMs: 3_000,
  },
  {
    name: 'an answer is lost',
    happens: 'The last machine is updated; the connection breaks before flyctl hears of it.',
    given: ({ image, stage }) => {
      image('v2');
      stage.cloud.faults.add({ route: 'flaps.machines.update', kind: 'reset-after', nth: 2 });
    },
    client: deploy,
    belay,
    laterMs: 1_000,
  },
  {
    name: 'a look fails',
    happens: 'Both machines are updated and up. The API answers 500 when flyctl looks at the last one.',
    given: ({ image, stage }) => {
      image('v2');
      const after = { route: 'flaps.machines.update', nth: 2 };
      stage.cloud.faults.add({ route: 'flaps.machines.get', kind: 'status', status: 500, count: 1, after });
    },
    client: deploy,
    belay,
    laterMs: 1_000,
  },
  {
    name: 'an answer to an immediate deploy is lost',
    happens: 'As above with `--strategy immediate`: the API has taken both updates.',
    given: ({ image, stage }) => {
      image('v2');
      stage.cloud.faults.add({ route: 'flaps.machines.update', kind: 'reset-after', nth: 2 });
    },
    client: [`flyctl deploy --image ${image} --strategy immediate`],
    belay: { ...belay, strategy: 'immediate' },
    laterMs: 1_000,
  },
];
