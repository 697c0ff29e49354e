import { commits, demo } from '#local-cloud';
import { crew, cutBluegreen, idleCrew, lostHost, movedTags, shop, stranger, tags } from './scenes.ts';
import { commonInputs, type FlyStory, limits } from './story.ts';

const common = {
  ...commonInputs,
  'fly-app': demo.fly.app,
  'fly-token': demo.fly.token,
  'wait-timeout': '5s',
};
const deploying = { ...common, 'restore-timeout': `${limits.restoreTimeoutMs / 1000}s` };

/** Set with the release, and needed by it. */
const staging = { secrets: 'SHOP_STAGED=demo-app-secret', 'required-secrets': 'SHOP_BEFORE' };

const deploy = {
  platform: 'fly',
  action: 'fly-deploy',
  sha: commits.v3,
  roles: { old: 'v2', new: 'v3' },
  allowedMs: limits.timeoutMs + limits.restoreTimeoutMs,
  ending: 'live/verified',
} as const;

const takenBack = { ...deploy, ending: 'restored/checks-failed' } as const;

const rollback = {
  platform: 'fly',
  action: 'rollback',
  sha: commits.v2,
  inputs: common,
  roles: { old: 'v1', new: 'v2' },
  allowedMs: limits.timeoutMs,
  ending: 'restored/verified',
} as const;

const shipping = (image: string, more: Readonly<Record<string, string>> = {}) => ({
  inputs: { ...deploying, image, ...more },
});

/** `crew.json` lies in the workspace. */
const crewed = { config: 'crew.json' };

export const flyStories: readonly FlyStory[] = [
  { name: 'deploy', scene: shop, faults: 'all', looks: true, ...deploy, ...shipping(tags.v3, staging) },
  { name: 'restore', scene: shop, faults: 'all', looks: true, ...takenBack, ...shipping(tags.v3Error) },
  { name: 'snapshot', scene: shop, faults: 'news', ...deploy, ...shipping(tags.v3, { snapshot: 'data' }) },
  { name: 'rollback', scene: shop, faults: 'all', looks: true, ...rollback },
  { name: 'canary', scene: shop, faults: 'news', ...deploy, ...shipping(tags.v3, { strategy: 'canary' }) },
  {
    name: 'bluegreen',
    scene: shop,
    faults: 'news',
    ...deploy,
    ...shipping(tags.v3, { strategy: 'bluegreen' }),
  },
  {
    // flyctl ends when the blue machines do not stop: they take over again, and the green ones go.
    name: 'bluegreen undone',
    scene: shop,
    faults: 'news',
    given: [{ service: 'fly', route: 'flaps.machines.stop', kind: 'status', status: 403, count: 2 }],
    ...deploy,
    ...shipping(tags.v3, { strategy: 'bluegreen' }),
    ending: 'restored/deploy-failed',
  },
  {
    name: 'bluegreen again',
    scene: cutBluegreen('serves'),
    faults: 'news',
    ...deploy,
    ...shipping(tags.v3, { strategy: 'bluegreen' }),
  },
  {
    name: 'bluegreen again, cut late',
    scene: cutBluegreen('cordoned'),
    faults: 'none',
    ...deploy,
    ...shipping(tags.v3, { strategy: 'bluegreen' }),
  },
  {
    name: 'crew taken back',
    scene: crew,
    faults: 'news',
    ...takenBack,
    ...shipping(tags.v3Ends, crewed),
    ending: 'restored/crashed',
  },
  { name: 'crew rolled back', scene: idleCrew, faults: 'news', ...rollback },
  { name: 'crew deployed', scene: idleCrew, faults: 'none', ...deploy, ...shipping(tags.v3, crewed) },
  {
    name: 'tags moved, taken back',
    scene: movedTags,
    faults: 'news',
    ...takenBack,
    ...shipping(tags.v3Error),
  },
  { name: 'tags moved, rolled back', scene: movedTags, faults: 'news', ...rollback },
  {
    name: 'stranger, refused',
    scene: stranger,
    faults: 'none',
    ...deploy,
    ...shipping(tags.v3),
    ending: 'blocked/unmanaged-machines',
  },
  {
    name: 'stranger, rolled back',
    scene: stranger,
    faults: 'none',
    ...rollback,
    ending: 'stranded/unmanaged-machines',
  },
  { name: 'lost host, deployed', scene: lostHost, faults: 'none', ...deploy, ...shipping(tags.v3) },
  {
    name: 'lost host, taken back',
    scene: lostHost,
    faults: 'news',
    ...takenBack,
    ...shipping(tags.v3Error),
  },
  { name: 'lost host, rolled back', scene: lostHost, faults: 'none', ...rollback },
];
