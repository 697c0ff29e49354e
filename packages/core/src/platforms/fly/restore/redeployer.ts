import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionFailure } from '../../../outcome/failure.ts';
import { defined } from '../../../text/defined.ts';
import type { ActivateOptions, PlatformFailure, Release, Target } from '../../platform.ts';
import type { FlyParts } from '../adapter-parts.ts';
import type { StoredRelease } from '../api/api.ts';
import { pinnedRef } from '../api/release.ts';
import type { WireMachine, WireRelease } from '../api/wire.ts';
import { groupsOf, withMounts } from '../deploy/definition.ts';
import type { FlyDeployer } from '../deploy/deployer.ts';
import type { Decided } from '../deploy/last-look.ts';
import { freeRoom } from '../deploy/room.ts';
import { appMachines, groupOf, isHostLost, lostBeside } from '../machines/fleet.ts';

/** An older release that flyctl is to deploy again. */
export interface Redeploy {
  readonly target: Target;
  readonly release: Release;
  readonly stored: StoredRelease;
  readonly options: ActivateOptions;
  readonly signal: AbortSignal;
  /** What was known when this was decided; undefined where nobody had looked. */
  readonly decided: Decided | undefined;
}

/** Lets flyctl deploy an older release as it was stored, and tries again what failed. */
export class Redeployer {
  readonly #parts: FlyParts;
  readonly #deployer: FlyDeployer;
  constructor(parts: FlyParts, deployer: FlyDeployer) {
    this.#parts = parts;
    this.#deployer = deployer;
  }

  /**
   * What failed is tried again as a whole for as long as there is time. Where a group is to be made anew, and flyctl
   * could not, the machines that are there get the old release first. The failure is told, whatever was brought back.
   */
  async redeploy(restore: Redeploy, machines: readonly WireMachine[]): Promise<Release> {
    const { clock } = this.#parts;
    const { options, signal } = restore;
    const from = clock.monotonic();
    const spent = () => clock.monotonic() - from;
    const missesGroup = isMissingGroup(restore.stored.definition, machines);
    let failure: PlatformFailure | undefined;
    for (let attempt = 0; attempt < attemptsAtMost; attempt += 1) {
      if (attempt > 0 && spent() >= options.budgetMs * tryingShare) break;
      if (attempt > 1) await clock.sleep(Math.min(againMs * attempt, options.budgetMs / 10), signal);
      const updateOnly = attempt === 1 && missesGroup;
      const shipped = await this.#run({
        ...restore,
        machines,
        updateOnly,
        budgetMs: options.budgetMs - spent(),
      });
      if (shipped.failure === undefined && !updateOnly) {
        if (failure !== undefined) this.#parts.warn(failedAtFirst(restore.release, failure));
        return shipped.release ?? restore.release;
      }
      failure = shipped.failure ?? failure;
      if (failure === undefined || isFinal(failure)) break;
    }
    throw asFailure(failure ?? failureWithout);
  }

  async #run(
    run: Redeploy & {
      readonly machines: readonly WireMachine[];
      readonly updateOnly: boolean;
      readonly budgetMs: number;
    },
  ) {
    const { target, release, stored, signal, machines, decided, updateOnly, budgetMs } = run;
    const { dir, scope, waitTimeoutMs } = this.#parts;
    const config = join(dir, `${release.id}.json`);
    await freeRoom(dir);
    await writeFile(config, JSON.stringify(withMounts(stored.definition, machines)));
    return this.#deployer.deploy(
      {
        app: target.name,
        scope,
        lost: lostBeside(machines),
        config,
        image: imageOf(stored.wire, release),
        // An old release may have been made by a strategy that refuses a mixed fleet.
        strategy: 'rolling',
        buildArgs: [],
        waitTimeoutMs: Math.min(waitTimeoutMs, budgetMs),
        skipReleaseCommand: true,
        smokeChecks: false,
        updateOnly,
        extra: [],
      },
      { budgetMs, signal, machines, decided, restores: release.restores ?? release.id },
    );
  }
}

/** How much of its time a restore spends on trying: what is brought back has to become healthy in the rest. */
const tryingShare = 0.5;
/** Each that gets so far is a release, and a restart of what is well. */
const attemptsAtMost = 4;
/** Before the third try, and longer before the last, milliseconds. */
const againMs = 5_000;

/** What another try cannot change. */
function isFinal({ reason }: PlatformFailure): boolean {
  return [
    ...['token-rejected', 'token-kind', 'app-not-found', 'image-not-found', 'config-invalid'],
    ...['crashed', 'unhealthy', 'deploy-timeout', 'superseded'],
  ].includes(reason);
}

/** Whether the configuration has a process group that no machine is of: flyctl makes its machines. */
function isMissingGroup(definition: unknown, machines: readonly WireMachine[]): boolean {
  const there = appMachines(machines)
    .filter((machine) => !isHostLost(machine))
    .map(groupOf);
  return groupsOf(definition)?.some((group) => !there.includes(group)) ?? true;
}

function failedAtFirst({ label }: Release, { what }: PlatformFailure): string {
  return `Making ${label} live again had failed at first: ${what}`;
}

const failureWithout: PlatformFailure = {
  reason: 'deploy-failed',
  what: 'flyctl did not bring the release back',
  next: 'Read flyctl’s output above.',
};

/** The image by digest where it is known: a tag may have moved since. */
function imageOf({ imageRef = '' }: WireRelease, { artifact }: Release): string {
  return artifact === undefined ? imageRef : pinnedRef(imageRef, artifact);
}

/** The same, to be thrown. */
export function asFailure(failure: PlatformFailure): ActionFailure {
  return new ActionFailure({
    code: failure.reason,
    what: failure.what,
    next: failure.next,
    ...defined({ why: failure.why }),
  });
}
