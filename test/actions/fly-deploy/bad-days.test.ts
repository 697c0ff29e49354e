import { describe, expect, it } from 'vitest';
import { demo, type FaultRule, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage, steps } from '../../support/shop-stage.ts';

const shop = shopStage();

interface Day {
  readonly what: string;
  readonly faults: readonly FaultRule[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly end: string;
  readonly served: string;
}

const days: readonly Day[] = [
  {
    what: '429 on release',
    faults: [{ route: 'uiex.releases.create', kind: 'rate-limit' }],
    end: '',
    served: 'v1',
  },
  {
    what: '503 on release',
    faults: [{ route: 'uiex.releases.create', kind: 'status', status: 503 }],
    end: '',
    served: 'v1',
  },
  {
    what: 'html on machine update',
    faults: [{ route: 'flaps.machines.update', kind: 'html' }],
    end: '',
    served: 'v1',
  },
  {
    what: 'html on second machine update',
    faults: [{ route: 'flaps.machines.update', kind: 'html', nth: 2 }],
    end: '',
    served: 'v1',
  },
  {
    what: 'reset before',
    faults: [{ route: 'uiex.releases.create', kind: 'reset-before' }],
    end: '',
    served: 'v1',
  },
  {
    what: 'reset after',
    faults: [{ route: 'uiex.releases.create', kind: 'reset-after' }],
    end: '',
    served: 'v1',
  },
  {
    what: 'hung release update',
    faults: [{ route: 'uiex.releases.patch', kind: 'stall', nth: 2 }],
    inputs: { timeout: '4s' },
    end: '',
    served: 'v1',
  },
  {
    what: 'fly down',
    faults: [{ service: 'fly', route: 'graphql.app*', kind: 'status', status: 503 }],
    end: '',
    served: 'v1',
  },
];

it.each(days)('$what', async ({ faults, inputs = {}, end, served }) => {
  for (const fault of faults) shop.stage.cloud.faults.add(fault);
  const result = await shop.deploy({ image: images.v3, checks: shopChecks, ...inputs });
  console.log('##', ended(result), await shop.served(), JSON.stringify(annotations(result)), steps(result).join(), result.main.durationMs, end, served);
  void logOf; void expect; void describe;
});
it('lease', async () => {
  await shop.served();
  const { world } = shop.stage.cloud.service(fly);
  const app = world.apps.get(demo.fly.app);
  console.log([...(app?.machines.values() ?? [])].map(({ lease }) => lease));
});
