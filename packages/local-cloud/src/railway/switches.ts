import type { Apps } from '../apps/apps.ts';
import type { Images } from '../apps/images.ts';
import type { CloudClock } from '../clock.ts';
import type { Ids } from './ids.ts';
import type { DeploymentStatus } from './model.ts';

/** How long each step takes, in milliseconds of the cloud's time. */
export interface Pace {
  /** From the request to a snapshot of the code. */
  readonly snapshotMs: number;
  readonly buildMs: number;
  /** From the container's start to SUCCESS, where no health check is in force. Railway takes three to nine seconds. */
  readonly settleMs: number;
  /** Between two health checks. */
  readonly probeMs: number;
  /** Before a process that ended is started again. */
  readonly restartMs: number;
  /** From REMOVING to REMOVED, once the processes have ended: about fifteen seconds on Railway. */
  readonly removalMs: number;
  /** For how long a service's `latestDeployment` still is the one before. */
  readonly latestMs: number;
  /** Until a rollback has its deployment: the mutation answers `true` before there is one. */
  readonly rollbackMs: number;
  /** For how long the log streams of a deployment stay open once it has ended. */
  readonly streamTailMs: number;
  /** Until the services are in an environment that is made in the background. */
  readonly copyMs: number;
  /** "Wait for CI" gives up: https://docs.railway.com/deployments/github-autodeploys. */
  readonly waitForCiMs: number;
}

/** What a test may turn; `reset` turns everything back. */
export interface RailwaySwitches {
  /** Railway's limits per token: 1,000 requests an hour and 10 a second on Hobby. */
  rateLimits: boolean;
  /** `policy`: only `ratelimit-policy`, as seen of late; `documented`: the `x-ratelimit-` headers of the documentation. */
  rateLimitHeaders: 'policy' | 'documented';
  pace: Pace;
  /** The largest archive that is taken. Railway says nowhere what it is; people met it between 240 and 270 MB. */
  uploadBytes: number;
  /** `read`: as before 2026-12-01, `railway.json` and `railway.toml` at the root of what is deployed are in force. */
  configFile: 'ignored' | 'read';
  /** How many deployments a service may have begun within a minute. */
  deploysPerMinute: number;
  /** Whether a project token may roll back. It may redeploy; of this nobody knows for certain. */
  projectTokenRollback: 'granted' | 'refused';
  /** What a redeploy takes settings and variables from: Railway says those of then, and nobody has established it. */
  redeploySettings: 'of-then' | 'of-now';
  /** The subscription `deployment` completes at this status, whatever comes after it; null: it never does by itself. */
  statusStreamEndsAt: DeploymentStatus | null;
  /** `ends-early`: log subscriptions complete as soon as what there was has been sent. */
  logStream: 'whole' | 'ends-early';
  /** `equal`: all lines of a second bear the same time. */
  logTimes: 'increasing' | 'equal';
  /** After how many `next` frames a socket is cut; Infinity: never. */
  socketFrames: number;
  /** `mute`: it is opened and never acknowledged; `silent`: nothing comes after that; `garbage`: no frame can be read. */
  socketSpeaks: 'well' | 'mute' | 'silent' | 'garbage';
  /** Fields an older or newer API has not, such as `ServiceInstance.tracingEnabled`: asked for, they cannot be queried. */
  missingFields: readonly string[];
  /** A region whose edge sends requests to what served before, for so long after SUCCESS. */
  lateRegion: { readonly region: string; readonly ms: number } | null;
  /** An incident is open, and `platformStatus` says so. */
  incident: string | null;
}

export const initialPace: Pace = {
  snapshotMs: 150,
  buildMs: 300,
  settleMs: 400,
  probeMs: 1_000,
  restartMs: 200,
  removalMs: 15_000,
  latestMs: 300,
  rollbackMs: 400,
  streamTailMs: 1_000,
  copyMs: 400,
  waitForCiMs: 7_200_000,
};

export const initialSwitches: Readonly<RailwaySwitches> = {
  rateLimits: true,
  rateLimitHeaders: 'policy',
  pace: initialPace,
  uploadBytes: 256 * 1024 * 1024,
  configFile: 'ignored',
  deploysPerMinute: Number.POSITIVE_INFINITY,
  projectTokenRollback: 'granted',
  redeploySettings: 'of-then',
  statusStreamEndsAt: null,
  logStream: 'whole',
  logTimes: 'increasing',
  socketFrames: Number.POSITIVE_INFINITY,
  socketSpeaks: 'well',
  missingFields: [],
  lateRegion: null,
  incident: null,
};

/** What everything inside the emulator is given. */
export interface RailwayDoors {
  readonly clock: CloudClock;
  readonly apps: Apps;
  readonly images: Pick<Images, 'resolve'>;
  readonly switches: RailwaySwitches;
  readonly ids: Ids;
  /** Aborted when the cloud closes or is reset: nothing waits any longer. */
  readonly closed: AbortSignal;
  /** A new directory for what is uploaded or checked out; it goes with the cloud. */
  readonly directory: () => Promise<string>;
}
