import { type Ports, type Release, testedCommit } from '#core';
import {
  deployPorts,
  type Fingerprint,
  type OpenDeploy,
  openDeploy,
  type RolloutPorts,
  rollbackMeanwhile,
  type Shipment,
} from '#core/deployment';
import {
  deployLabel,
  type FlyBefore,
  FlyBuildFirst,
  type FlySource,
  flyFingerprint,
  keepRoom,
  type OpenFly,
  openFly,
  releaseCommandOf,
  requiredFile,
  resolveImage,
  usedConfig,
  validateConfig,
} from '#core/fly';
import { defined } from '#core/inputs';
import { AppSecrets } from './app-secrets.ts';
import { type Access, scopeOf, sourceOf } from './decide.ts';
import { type Comparison, compare, describeComparison } from './decide-unchanged.ts';
import type { FlyDeployInputs } from './inputs.ts';
import type { ReviewSubject } from './review/decide.ts';
import type { Prepares, SnapshotFirst, SnapshotParts } from './snapshot.ts';

/** A deploy to Fly with every port open and nothing changed yet. */
export interface OpenFlyDeploy extends OpenDeploy {
  readonly fly: OpenFly;
  readonly source: FlySource;
  /** Of what is built from source, before anything takes traffic. */
  readonly build: FlyBuildFirst;
  /** Of the image asked for; undefined for a source build. */
  readonly digest: string | undefined;
  readonly secrets: AppSecrets;
  /** Absent: nothing is saved before the release. */
  readonly snapshot: SnapshotFirst | undefined;
  /** Set for the app of a pull request. */
  readonly review: Access['review'];
  /** Whether the release that serves is everything that would be shipped. */
  comparison(live: Release): Promise<Comparison>;
  readonly rollout: RolloutPorts;
}

interface Opening extends FlyBefore {
  /** `recallSource` in `post`. */
  readonly lookUp?: typeof lookUpSource;
}

/** Looks at everything a deploy stands on. Failures: those of `openFly`, `image-not-found`, `config-invalid`, `checks-invalid`. */
export async function openFlyDeploy(
  ports: Ports,
  given: FlyDeployInputs,
  { app, token, review }: Access,
  { lookUp = lookUpSource, ...before }: Opening = {},
): Promise<OpenFlyDeploy> {
  const { context } = ports.runner;
  if (given.checks !== undefined) ports.checks.start();
  const commit = testedCommit(context, given.commit);
  const inputs = review === undefined ? given : { ...given, environment: review.environment };
  const access = {
    flyApp: app,
    flyToken: token,
    scope: scopeOf(inputs),
    // `accept-machines` is refused beside `review-app`.
    ...(review === undefined ? {} : { mayStay: false as const }),
  };
  const fly = await openFly(ports, { ...inputs, ...access }, before);
  const { platform } = fly;
  const [opened, { source, digest }, toSave] = await Promise.all([
    openDeploy(ports, fly, inputs, {
      commit,
      ...(review === undefined ? {} : { transient: transientRecords(review, fly) }),
    }),
    lookUp(fly, inputs, deployLabel(context)),
    inputs.snapshot === undefined ? undefined : openSnapshot(fly, inputs, inputs.snapshot),
  ]);
  const { bound } = opened;
  const secrets = new AppSecrets(fly, { secrets: inputs.secrets, token, clock: ports.clock });
  const snapshot = toSave?.({ ports, bound, commit });
  // Kept for `post` from the first moment: what was asked for is known there by this, also where it was never begun.
  platform.intends(source);
  const fingerprint = await flyFingerprint(fly, source, { secretsMark: secrets.mark, token });
  const machines = { platform, ha: inputs.ha };
  const comparison = comparing({ bound, secrets, fingerprint, digest, machines }, commit);
  const build = new FlyBuildFirst(fly, ports.clock, source);
  const shipment = {
    ...shipping(ports, { fly, bound, build, secrets }, inputs),
    fingerprint,
    isBarrier: () => inputs.rollbackBarrier || snapshot?.isBarrier === true,
    alreadyServes: sayingWhy(comparison, bound.ports.log),
  };
  const whole: Shipment = snapshot?.before(shipment, bound.ports.log) ?? shipment;
  const rollout = deployPorts(ports, opened, inputs, whole);
  return { ...opened, fly, source, build, digest, secrets, snapshot, review, comparison, rollout };
}

/** Loaded where one is asked for: most deploys save nothing. Failures: those of `findSnapshotSource`. */
async function openSnapshot({ storage, target }: OpenFly, inputs: FlyDeployInputs, wanted: string) {
  const { findSnapshotSource, SnapshotFirst } = await import('./snapshot.ts');
  const source = await findSnapshotSource(storage, target.name, wanted);
  return (given: Omit<SnapshotParts, 'source'>): SnapshotFirst =>
    new SnapshotFirst({ ...given, source }, inputs);
}

/** Whether the release that serves is what is wanted, and why, told once. */
function sayingWhy(comparison: OpenFlyDeploy['comparison'], log: (line: string) => void) {
  let said = '';
  return async (live: Release) => {
    const compared = await comparison(live);
    const told = describeComparison(compared, live);
    if (told !== said) log(told);
    said = told;
    return compared.kind === 'same';
  };
}

interface Compares extends Pick<OpenFlyDeploy, 'bound' | 'secrets' | 'digest'> {
  readonly fingerprint: Fingerprint;
  readonly machines: { readonly platform: Pick<OpenFly['platform'], 'isHalfMade'>; readonly ha: boolean };
}

/** What would be shipped, held against what the record of a release says it was shipped with. */
function comparing(
  { bound, secrets, fingerprint, digest, machines }: Compares,
  commit: string | undefined,
): OpenFlyDeploy['comparison'] {
  return async (live) => {
    const [record, liveCommit] = await Promise.all([
      bound.history.shipment(live),
      bound.history.commit(live),
    ]);
    const made = record?.intent.fingerprint;
    const compared = compare({
      live,
      made,
      hasRecord: record !== undefined,
      liveCommit,
      wanted: fingerprint,
      digest,
      commit,
    });
    if (compared.kind !== 'same') return compared;
    // flyctl goes on with what is missing only beside something to ship.
    if (machines.ha && machines.platform.isHalfMade) return { kind: 'differs', parts: ['machines'] };
    if (secrets.names.length === 0) return compared;
    // What was brought back has the secrets that were set last, whoever shipped it.
    const isAsShipped = record?.facts.some(({ fact }) => fact.kind === 'shipped' && fact.release === live.id);
    if (isAsShipped === true && (await secrets.areUntouchedSince(live))) return compared;
    return { kind: 'differs', parts: ['secrets'] };
  };
}

/** Records of a review app hang on its pull request's own commit; those of an earlier app of the name are not its own. */
function transientRecords({ head }: ReviewSubject, { created }: OpenFly) {
  return {
    ...defined({ ref: head, since: created }),
  };
}

/** The image by digest, or `label` for one to be built, and the configuration file judged by flyctl. */
export async function lookUpSource(fly: OpenFly, inputs: FlyDeployInputs, label: string) {
  const [image, config, dockerfile] = await Promise.all([
    inputs.image === undefined ? undefined : resolveImage(fly, inputs.image),
    usedConfig(fly.cwd, inputs.config),
    inputs.dockerfile === undefined ? undefined : requiredFile(fly.cwd, 'dockerfile', inputs.dockerfile),
  ]);
  if (config !== undefined) await validateConfig(fly, config);
  return {
    source: sourceOf(inputs, { image: image?.ref, config, dockerfile, label }),
    digest: image?.digest,
  };
}

/** The same for `post`, which ships nothing: what main has judged is not judged again, and what is gone since is not missed. */
export async function recallSource(
  fly: OpenFly,
  inputs: FlyDeployInputs,
  label: string,
): ReturnType<typeof lookUpSource> {
  const ref = inputs.image;
  const image =
    ref === undefined ? undefined : await resolveImage(fly, ref).catch(() => ({ ref, digest: undefined }));
  const missing = { config: undefined, dockerfile: undefined };
  return { source: sourceOf(inputs, { image: image?.ref, ...missing, label }), digest: image?.digest };
}

function shipping(
  { clock }: Ports,
  { fly, bound, build, secrets }: Pick<OpenFlyDeploy, 'fly' | 'bound' | 'build' | 'secrets'>,
  { onFailure }: FlyDeployInputs,
): Pick<Shipment, 'obtain' | 'stop' | 'restoreCaveat'> & Prepares {
  const { platform, target } = fly;
  let releaseCommand: string | undefined;
  // Staging takes seconds, or minutes: the last look at the records was before it.
  const meanwhile = async () => (secrets.names.length === 0 ? undefined : rollbackMeanwhile(bound.ports));
  return {
    prepare: (allowance) => build.prepare(allowance),
    obtain: async ({ signal, budgetMs }) => {
      const end = clock.monotonic() + budgetMs;
      const full = await keepRoom(fly.dir);
      if (full !== undefined) return { failure: full };
      if (secrets.names.length > 0) bound.ports.log(`Staging the secrets ${secrets.names.join(', ')}.`);
      const failure = (await secrets.stage({ signal, budgetMs })) ?? (await meanwhile());
      if (failure !== undefined) return { failure };
      const shipped = await platform.ship(
        target,
        build.source,
        { budgetMs: end - clock.monotonic() },
        signal,
      );
      if (shipped.release !== undefined) releaseCommand = await releaseCommandOf(fly, shipped.release);
      return shipped;
    },
    // flyctl has ended by now: what is left to stop is what it left behind.
    stop: (_release, { signal }) =>
      platform.clearAway(target, { signal, ...(onFailure === 'none' ? { only: 'release-command' } : {}) }),
    restoreCaveat: () => {
      const command =
        releaseCommand === undefined
          ? undefined
          : `The release command \`${releaseCommand}\` of the new version ran and is not undone.`;
      const caveats = [secrets.caveat(), command].filter((sentence) => sentence !== undefined);
      return caveats.length === 0 ? undefined : caveats.join(' ');
    },
  };
}
