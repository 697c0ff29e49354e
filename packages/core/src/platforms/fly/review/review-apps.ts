import type { Ports } from '../../../action/ports.ts';
import type { Clock } from '../../../io/clock.ts';
import { settle, settlePolicy } from '../../../io/settle.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { flyctlFailure } from '../deploy/failures.ts';
import type { FlyAccount } from '../open.ts';
import { ownerLabelPrefix, reviewAppOwnerLabel } from './review-app.ts';

/** flyctl makes or destroys an app within seconds; what takes longer has come to a halt. Milliseconds. */
const commandMs = 60_000;

/** One look at an app waits no longer for each answer, milliseconds. */
const lookMs = 20_000;

/** Before what Fly refused is tried once more, milliseconds. */
const secondTryMs = 1_000;

/** A younger app may be in another run's hands at this moment: made, and not yet marked or deployed to. */
const inTheMakingMs = 120_000;
/** How long another run's first steps are waited for, milliseconds. */
const timeBudgetMs = 15_000;

/** One review app: whose it is. */
export interface ReviewApp {
  readonly name: string;
  /** The pull request's number. */
  readonly number: number;
}

/** What there is under a review app's name. */
export type ReviewAppOwnership =
  | { readonly kind: 'absent' }
  | {
      /** `foreign`: nothing proves that it was made for this pull request. */
      readonly kind: 'ours' | 'foreign';
      /** Milliseconds since the epoch: when it was made, and when it was last made or deployed to. */
      readonly createdMs: number;
      readonly changedMs: number;
      /** Whether a deploy has ended, well or badly, and none is under way. */
      readonly settled: boolean;
    };

/** What became of an app that was to go. */
export type Destroyed =
  /** `created`: when it had been made (ISO 8601), where Fly told. */
  { readonly kind: 'destroyed'; readonly created?: string } | { readonly kind: 'absent' | 'foreign' };

/** What came of an app that is to be there. */
export type Prepared =
  | 'created'
  | 'there'
  /** Nothing proves that it was made for this pull request. */
  | 'foreign'
  /** The name is held by somebody whose apps this token does not see. */
  | 'elsewhere';

/** The review apps of one repository on Fly. An app is destroyed only where its owner label says that it was made here. */
export class ReviewApps {
  readonly #account: FlyAccount;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #repository: { readonly id: string; readonly label: string };

  constructor(
    { clock, signal }: Pick<Ports, 'clock' | 'signal'>,
    account: FlyAccount,
    repository: { readonly id: string; readonly label: string },
  ) {
    this.#account = account;
    this.#clock = clock;
    this.#signal = signal;
    this.#repository = repository;
  }

  /** The names of the organization's apps. */
  names(organization: string): Promise<readonly string[]> {
    return this.#account.api.apps(organization);
  }

  async standing({ name, number }: ReviewApp): Promise<ReviewAppOwnership> {
    const api = this.#account.api.within(lookMs);
    const app = await api.app(name).catch(absentWhenUnknown);
    if (app === undefined) return { kind: 'absent' };
    const secrets = await api.secrets(name);
    const label = reviewAppOwnerLabel(this.#repository.id, number);
    // Not told, it is not a number: older than nothing, so that nobody takes it for idle.
    const createdMs = Date.parse(app.created ?? '');
    const changes = app.releases.map(({ createdAt }) => Date.parse(createdAt));
    return {
      kind: secrets.some((secret) => secret.name === label) ? 'ours' : 'foreign',
      createdMs,
      changedMs: Math.max(createdMs, ...changes),
      settled: ended.includes(app.releases[0]?.status ?? ''),
    };
  }

  /**
   * Makes the app where there is none. Of two runs at once one makes it, and the other waits for its first deploy:
   * flyctl makes machines for an app that has none, and two would make twice as many. `making` is told, before it is made
   * and once it is marked, whether a run that is cut now leaves an app that nothing proves to be ours.
   */
  async prepare(
    app: ReviewApp,
    organization: string,
    making: (isMaking: boolean) => void = () => {},
  ): Promise<Prepared> {
    const first = await this.standing(app);
    if (isSettled(first)) return 'there';
    if (first.kind === 'absent') {
      making(true);
      const came = await this.#create(app, organization).finally(() => making(false));
      if (came === 'created') return 'created';
      if (await this.#account.api.within(lookMs).isHeldElsewhere(app.name)) return 'elsewhere';
    }
    return prepared[(await this.#wait(app, isSettled)).kind];
  }

  /** Who holds the name of an app that is not ours; undefined where nobody does, as far as Fly tells. */
  async holder(app: ReviewApp): Promise<'foreign' | 'elsewhere' | undefined> {
    if ((await this.standing(app)).kind === 'foreign') return 'foreign';
    const isElsewhere = await this.#account.api.within(lookMs).isHeldElsewhere(app.name);
    return isElsewhere ? 'elsewhere' : undefined;
  }

  /** Destroys the app, unless nothing proves that it is ours. Failures: those of flyctl, `app-not-destroyed`. */
  async destroy(app: ReviewApp): Promise<Destroyed> {
    const standing = await this.#wait(app, ({ kind }) => kind !== 'foreign');
    if (standing.kind !== 'ours') return { kind: standing.kind };
    const { createdMs } = standing;
    const failure = await this.#flyctl(['apps', 'destroy', app.name, '--yes'], 'app-not-destroyed');
    if (failure === undefined)
      return {
        kind: 'destroyed',
        ...(Number.isNaN(createdMs) ? {} : { created: new Date(createdMs).toISOString() }),
      };
    if ((await this.standing(app)).kind === 'absent') return { kind: 'absent' };
    throw failure;
  }

  /** What stands there once it `isReady`, or is too old for another run to be at it. */
  async #wait(
    app: ReviewApp,
    isReady: (standing: ReviewAppOwnership) => boolean,
  ): Promise<ReviewAppOwnership> {
    const settled = await settle({
      clock: this.#clock,
      signal: this.#signal,
      look: () => this.standing(app),
      isFinal: (standing) =>
        isReady(standing) ||
        (standing.kind !== 'absent' && this.#clock.now() - standing.createdMs > inTheMakingMs),
      policy: { ...settlePolicy, deadlineMs: timeBudgetMs },
    });
    if (settled.kind === 'unreachable') throw settled.error;
    return settled.kind === 'final' ? settled.value : settled.last;
  }

  /** Neither command is cut short when the job is cancelled: an app without its owner label could never be proved to be ours. */
  async #create(app: ReviewApp, organization: string): Promise<'created' | 'taken'> {
    const refused = await this.#flyctl(
      ['apps', 'create', app.name, '--org', organization],
      'app-not-created',
    );
    if (refused !== undefined) {
      if (/already been taken/i.test(refused.what)) return 'taken';
      if (isRefusal.test(refused.what)) throw organizationTokenNeeded(refused, organization);
      // The name was free and is no more: flyctl's answer was lost, or somebody else was faster, and labels it by now.
      await this.#clock.sleep(secondTryMs);
      const { kind } = await this.standing(app);
      if (kind === 'absent') throw refused;
      if (kind === 'ours' || (await this.#isSomebodysReviewApp(app))) return 'taken';
    }
    await this.#mark(app, { isSurelyOurs: refused === undefined });
    return 'created';
  }

  /** Labels the app that a run was making when it was cut: the name was free then. Answers whether there was one to label. */
  async finishMaking(app: ReviewApp): Promise<boolean> {
    if ((await this.standing(app)).kind !== 'foreign' || (await this.#isSomebodysReviewApp(app)))
      return false;
    await this.#mark(app, { isSurelyOurs: false });
    return true;
  }

  async #isSomebodysReviewApp({ name }: ReviewApp): Promise<boolean> {
    const secrets = await this.#account.api.within(lookMs).secrets(name);
    return secrets.some((secret) => secret.name.startsWith(ownerLabelPrefix));
  }

  /** An app that cannot be marked is destroyed at once; not where somebody else may have made it in that moment. */
  async #mark(
    { name, number }: ReviewApp,
    { isSurelyOurs }: { readonly isSurelyOurs: boolean },
  ): Promise<void> {
    const label = `${reviewAppOwnerLabel(this.#repository.id, number)}=${this.#repository.label}#${number}`;
    const command = ['secrets', 'set', label, '--stage', '--app', name];
    if ((await this.#flyctl(command, 'app-not-created')) === undefined) return;
    await this.#clock.sleep(secondTryMs);
    const failure = await this.#flyctl(command, 'app-not-created');
    if (failure === undefined) return;
    if (isSurelyOurs) await this.#flyctl(['apps', 'destroy', name, '--yes'], 'app-not-destroyed');
    throw failure;
  }

  /** undefined when it went well. */
  async #flyctl(
    args: readonly string[],
    otherwise: 'app-not-created' | 'app-not-destroyed',
  ): Promise<ActionFailure | undefined> {
    // What it says of a name that is taken looks like a failure, and is none where another run was faster.
    const result = await this.#account.flyctl.run(args, { deadlineMs: commandMs, echo: false });
    if (result.endedBy === 'exit' && result.exitCode === 0) return undefined;
    const { reason, what, next } = flyctlFailure(result.tail, result.exitCode);
    const isKnown = ofAnyCommand.includes(reason);
    const told = isKnown ? { code: reason, next } : { code: otherwise, next: adviceOf[otherwise](args) };
    return new ActionFailure({ ...told, what, details: result.tail });
  }
}

/** A name that is taken, and under which nobody here sees an app, is somebody else's. */
const prepared = { ours: 'there', foreign: 'foreign', absent: 'elsewhere' } as const;

/** How flyctl leaves a release. One whose last word was lost stays `running`, and is not waited for long. */
const ended = ['complete', 'failed', 'interrupted'];

function isSettled(standing: ReviewAppOwnership): boolean {
  return standing.kind === 'ours' && standing.settled;
}

function absentWhenUnknown(error: unknown): undefined {
  if (error instanceof ActionFailure && error.code === 'app-not-found') return undefined;
  throw error;
}

/** Of the known failures, those that are none of a deploy alone. */
const ofAnyCommand = ['token-rejected', 'token-kind', 'rate-limited', 'platform-error'];

/** What a table of failed deploys would advise is none for them. */
const adviceOf = {
  'app-not-created': () => 'Read what flyctl said below, then run the job again.',
  'app-not-destroyed': (args: readonly string[]) =>
    `Run \`fly ${args.join(' ')}\` yourself, or the sweep again; what flyctl said is below.`,
} as const;

const isRefusal = /not authorized|unauthorized|forbidden|organization .* not found/i;

function organizationTokenNeeded({ what }: ActionFailure, organization: string): ActionFailure {
  return new ActionFailure({
    code: 'token-kind',
    what,
    why: `making an app needs a token of the organization \`${organization}\`; a deploy token is bound to one app`,
    next: `Run \`fly tokens create org --org ${organization}\` and store its whole output as the secret, or correct \`fly-org\`.`,
  });
}
