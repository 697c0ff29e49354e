import { commits, demo } from '#local-cloud';
import { commonInputs, limits, type RailwayStory } from '../story.ts';
import { railwayLedger } from './scenes.ts';

const common = {
  ...commonInputs,
  'railway-token': demo.railway.token,
  'railway-service': demo.railway.service,
  environment: railwayLedger.environment,
};

/** Builds, health checks and a way back of real processes, beside others on a machine of two cores. */
const uploadMs = 20_000;

const uploading = {
  ...common,
  timeout: `${uploadMs / 1000}s`,
  stabilize: '1s',
  'restore-timeout': `${limits.restoreTimeoutMs / 1000}s`,
};

const rollbackMs = 30_000;

const upload = {
  platform: 'railway',
  action: 'railway-up',
  scene: {},
  faults: 'all',
  sha: commits.v3,
  roles: { old: 'v2', new: 'v3' },
  allowedMs: uploadMs + limits.restoreTimeoutMs,
} as const;

export const railwayStories: readonly RailwayStory[] = [
  {
    name: 'railway upload',
    ...upload,
    inputs: { ...uploading, directory: 'good' },
    ending: 'live/verified',
  },
  {
    name: 'railway restore',
    ...upload,
    inputs: { ...uploading, directory: 'broken' },
    ending: 'restored/checks-failed',
  },
  {
    // What waits for a person is cancelled, since an approval would make it live unseen.
    name: 'railway approval',
    ...upload,
    scene: { fate: { kind: 'needs-approval' } },
    inputs: { ...uploading, directory: 'good' },
    ending: 'rejected/needs-approval',
  },
  {
    name: 'railway rollback',
    ...upload,
    action: 'rollback',
    sha: commits.v2,
    inputs: { ...common, timeout: `${rollbackMs / 1000}s`, stabilize: '1s' },
    roles: { old: 'v1', new: 'v2' },
    allowedMs: rollbackMs,
    ending: 'restored/verified',
  },
];
