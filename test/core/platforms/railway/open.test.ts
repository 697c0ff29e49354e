import { describe, expect, it } from 'vitest';
import type { Ports } from '../../../../packages/core/src/action/ports.ts';
import { openRailway } from '../../../../packages/core/src/platforms/railway/open.ts';
import { railwayHttp } from '../../../support/railway-answers.ts';
import { answeredInstance } from '../../../support/railway-deployments.ts';
import { recordingRunner } from '../../../support/recording-runner.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const named = (id: string, name: string) => ({ id, name });

/** Railway with the service `web` of `shop`, opened with a project token. */
async function opened(
  inputs: { readonly stabilizeMs?: number } = {},
  source = { repo: null, image: 'shop:1' },
) {
  const project = named('p1', 'shop');
  const environment = named('e1', 'production');
  const edges = <T>(...nodes: readonly T[]) => ({ edges: nodes.map((node) => ({ node })) });
  const http = railwayHttp({
    ProjectToken: { data: { projectToken: { id: 't1', project, environment } } },
    Project: {
      data: {
        project: { ...project, environments: edges(environment), services: edges(named('s1', 'web')) },
      },
    },
    ServiceInstance: () => ({ data: { serviceInstance: answeredInstance({ source }) } }),
    ServiceInstanceUpdate: ({ input }) => {
      Object.assign(source, Object(input).source);
      return { data: { serviceInstanceUpdate: true } };
    },
    Plan: { data: { project: { subscriptionType: 'pro' } } },
  });
  const ports = { runner: recordingRunner(), http, clock: new VirtualClock() } as unknown as Ports;
  return openRailway(ports, { railwayToken: 'token', ...inputs });
}

describe('Railway, opened for a service', () => {
  it('gives the window of a deployment time beside that in which it comes to rest', async () => {
    const [usual, long] = [await opened(), await opened({ stabilizeMs: 600_000 })];
    expect([usual.settleMs, long.settleMs]).toEqual([310_000, 900_000]);
  });

  it('marks each step by itself, and `post` as its main', async () => {
    const [one, other, post] = [await opened(), await opened(), await opened()];
    post.recall(one.memory(), { back: undefined });
    expect(one.mark).toMatch(/^77-1-[0-9a-f]{8}$/);
    expect(other.mark).not.toBe(one.mark);
    expect(post.memory()).toBe(one.memory());
  });

  it.each([
    ['what was not proved is not left', 'shop:2', 'shop:1'],
    ['what somebody else has named since is left', 'shop:3', 'shop:3'],
  ])('tidies up the source of the service after the verdict: %s', async (_, image, after) => {
    const source = { repo: null, image };
    const { recall, memory, tidyUp } = await opened({}, source);
    recall(JSON.stringify({ ...JSON.parse(memory()), source: { was: 'shop:1', set: 'shop:2' } }), {
      back: undefined,
    });
    await tidyUp({ outcome: 'stranded', leftMs: 10_000 });
    expect(source.image).toBe(after);
  });
});
