import type { Ports } from '../action/ports.ts';
import type { GateFacts } from '../gates/gate.ts';
import { gates } from '../gates/gates.ts';
import { githubApi } from '../github/api.ts';
import { createLedger, type TransientRecords } from '../ledger/github-ledger.ts';
import { withTimeBudget } from '../ledger/http-time-budget.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { RunStates } from '../ledger/run-state.ts';
import { errorLine } from '../outcome/failure.ts';
import type { RunInInstance } from '../platforms/instances.ts';
import type { Health, Live, Platform, Release, Target } from '../platforms/platform.ts';
import { recordsLine } from '../report/records-line.ts';
import type { RolloutPorts } from '../rollout/ports.ts';
import { Timeline } from '../rollout/timeline.ts';
import { defined } from '../text/defined.ts';
import { type CheckInputs, type ChecksPort, createChecksPort } from './checks.ts';
import { countedHttp } from './counted-http.ts';
import { lastVerifiedRelease } from './find-target.ts';
import { History } from './history.ts';
import { recordedBaselines } from './latencies.ts';
import { platformTime } from './platform-time.ts';
import { Relations } from './relations.ts';
import { Turns } from './turns.ts';

/** The inputs every rollout has, whatever it ships. */
export interface RolloutInputs extends CheckInputs {
  readonly githubToken: string | undefined;
  readonly ledgerKeys: readonly string[];
  /** Names of the gates to pass. */
  readonly force: readonly string[];
  readonly overrideReason: string | undefined;
}

/** The longest a GitHub that does not answer may hold up a rollout, milliseconds; never more than a quarter of it. */
const ledgerBudgetMs = 30_000;

export interface RolloutSubject {
  readonly kind: 'deploy' | 'rollback';
  readonly platform: Platform & Partial<Health>;
  readonly target: Target;
  /** Runs a command in one instance of the target, where the platform can. */
  readonly runInInstance?: RunInInstance;
  /** The commit this rollout is about, as far as it is known by now. */
  commit(): string | undefined;
  /** Set for a target that is made and destroyed again under one name. */
  readonly transient?: TransientRecords & { readonly since?: string };
}

/** Everything of a rollout that does not depend on what is shipped. */
export interface BoundRollout {
  readonly history: History;
  readonly checks: ChecksPort | undefined;
  readonly timeline: Timeline;
  /** The GitHub environment whose records it keeps. */
  readonly environment: string;
  /** The commit a release was built from, where anybody knows it. */
  commit(release: Release): Promise<string | undefined>;
  /** Who could have written the records, as Markdown; undefined where none could be read. */
  recordsLine(): string | undefined;
  readonly ports: Omit<RolloutPorts, 'intent' | 'obtain' | 'settle'>;
}

/** Reads the checks and opens the ledger; asks nobody anything yet. Failure: `checks-invalid`. */
export async function createRolloutPorts(
  ports: Ports,
  inputs: RolloutInputs,
  subject: RolloutSubject,
): Promise<BoundRollout> {
  const { runner, clock, http } = ports;
  const { target, platform, transient, runInInstance } = subject;
  const warn = (message: string) => runner.warning(message);
  const patient = withTimeBudget(http, clock, Math.min(ledgerBudgetMs, inputs.timeoutMs / 4));
  const github = platformTime({ http: patient, clock });
  const counted = countedHttp(github.http);
  const ledger = createLedger({
    ...{
      http,
      clock: github.clock,
      readHttp: counted.http,
      context: runner.context,
      token: inputs.githubToken,
      warn,
    },
    keys: inputs.ledgerKeys,
    redact: runner.redact,
    ...defined({ transient }),
  });
  const runs = new RunStates(
    githubApi(counted.http, runner.context, inputs.githubToken),
    runner.context,
    (line) => runner.info(line),
  );
  const history = new History(ledger, {
    environment: inputs.environment,
    service: inputs.service ?? target.name,
    target: target.id,
    ...(transient?.since === undefined ? {} : { since: transient.since }),
  });
  const relations = new Relations({ platform, history, context: runner.context, kind: subject.kind });
  const commit = async (release: Release) => {
    const { mine, restores } = await relations.of(release);
    if (mine) return subject.commit();
    return history.commit(restores === undefined ? release : { ...release, id: restores });
  };
  const health = platform.health === undefined ? undefined : async () => platform.health?.(target) ?? [];
  const checks = await createChecksPort(ports, inputs, {
    target,
    commit,
    health,
    runInInstance,
    judgesLatency: subject.kind === 'deploy',
    verdict: (release) => history.verdict(release),
    recorded: async () => recordedBaselines(await history.latencies()),
  });
  const timeline = new Timeline(clock);
  // GitHub makes a merge commit for each run of a pull request: none of them comes before another.
  const ordered = () => (transient === undefined ? subject.commit() : undefined);
  return {
    history,
    checks,
    timeline,
    commit,
    environment: inputs.environment,
    recordsLine: () =>
      ledger.availability === 'none'
        ? undefined
        : recordsLine({
            repository: runner.context.repository,
            isSigned: ledger.isSigned,
            doubted: ledger.doubted,
          }),
    ports: {
      platform,
      target,
      clock,
      timeline,
      ledger,
      gates,
      ...(inputs.force.length > 0 && inputs.overrideReason !== undefined
        ? { force: { gates: inputs.force, reason: inputs.overrideReason } }
        : {}),
      log: (line) => runner.info(line),
      save: forgivingSave(runner),
      verdict: (release) => history.verdict(release),
      activeRecords: () => history.activeRecords(),
      gateFacts: (kind, live) => gateFacts({ kind, live, ledger, history, commit: ordered() }),
      lastVerified: (live) =>
        lastVerifiedRelease({ platform, target, history, live, now: github.clock.now() }),
      turn: new Turns({
        ledger,
        runs,
        now: () => github.clock.now(),
        github: counted,
        // What was not known to be another's may be by now.
        newest: () => {
          relations.renew();
          return history.newest();
        },
      }),
      relation: (release) => relations.of(release),
      isPending: (release) => relations.isPending(release),
      renew: () => {
        history.renew();
        relations.renew();
      },
      known: (release) => history.known(release),
      ...(checks === undefined
        ? {}
        : {
            verify: (request, allowance) => checks.verify(request, allowance),
            latencies: () => checks.latencies(),
          }),
    },
  };
}

/** What cannot be kept for `post` takes no deploy and no way back with it: it is warned of, once. */
function forgivingSave(runner: Ports['runner']): (text: string) => void {
  let isWarned = false;
  return (text) => {
    try {
      runner.saveState('rollout', text);
    } catch (error) {
      if (!isWarned)
        runner.warning(`A job that is cancelled now cannot be finished in \`post\`. ${errorLine(error)}`);
      isWarned = true;
    }
  };
}

interface GateSubject {
  readonly kind: GateFacts['kind'];
  readonly live: Live;
  readonly ledger: Ledger;
  readonly history: History;
  readonly commit: string | undefined;
}

async function gateFacts(subject: GateSubject): Promise<GateFacts> {
  const { kind, live, commit } = subject;
  const order = await commitOrder(subject);
  return {
    kind,
    live,
    ...defined({ commit, commitOrder: order }),
  };
}

async function commitOrder({
  kind,
  live,
  ledger,
  history,
  commit,
}: GateSubject): Promise<GateFacts['commitOrder']> {
  if (kind !== 'deploy' || commit === undefined || live.kind !== 'one') return undefined;
  const liveCommit = await history.commit(live.release);
  return liveCommit === undefined ? undefined : ledger.commitOrder(commit, liveCommit);
}
