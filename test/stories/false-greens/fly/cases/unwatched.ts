import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { flyToml } from '../fly-toml.ts';
import { imageRef } from '../ground.ts';

const image = imageRef('v2');
const immediate = `flyctl deploy --image ${image} --strategy immediate`;
const belay = { image, checks: homeCheck };
const reviewSize = '--vm-cpu-kind shared --vm-cpus 1 --vm-memory 256';
const reviewApps = (region: string) =>
  `flyctl deploy --config fly.toml --app shop --regions ${region} --image ${image} --strategy immediate --ha=true ${reviewSize}`;

/** Where the client was told not to look, or never looks. */
export const unwatched: readonly Case[] = [
  {
    name: 'an immediate deploy of a version that crashes at once',
    happens: 'With `--strategy immediate` flyctl ends as soon as the API has taken the updates.',
    given: ({ image }) => void image('v2', { SHOP_CRASH_AT_START: 'true' }),
    client: [immediate],
    belay: { ...belay, strategy: 'immediate' },
    laterMs: 2_000,
  },
  {
    name: 'an immediate deploy of a version that is never healthy',
    happens: 'The health check fails on every machine, so Fly’s proxy sends no request to any.',
    given: ({ image }) => void image('v2', { SHOP_HEALTH: 'failing' }),
    client: [immediate],
    belay: { ...belay, strategy: 'immediate' },
    laterMs: 2_000,
  },
  {
    name: 'a detached deploy of a version that is never healthy',
    happens: 'With `--detach` flyctl does not wait for health checks.',
    given: ({ image }) => void image('v2', { SHOP_HEALTH: 'failing' }),
    client: [`flyctl deploy --image ${image} --detach`],
    belay,
    laterMs: 2_000,
  },
  {
    name: 'a review app whose new version crashes',
    happens: 'The action always deploys with `--strategy immediate`.',
    by: 'superfly/fly-pr-review-apps',
    given: ({ image }) => void image('v2', { SHOP_CRASH_AT_START: 'true' }),
    client: [reviewApps('iad')],
    belay,
    laterMs: 2_000,
  },
  {
    name: 'a review app in another region',
    happens:
      'The action always deploys with `--regions`, `iad` where the workflow says nothing. The app’s machines are in `fra`: flyctl leaves them as they are, and makes two of the new version in `iad`.',
    by: 'superfly/fly-pr-review-apps',
    app: { regions: ['fra'] },
    config: flyToml({ region: 'fra' }),
    given: ({ image }) => void image('v2'),
    client: [reviewApps('iad')],
    belay,
  },
];
