import { HttpError } from '../../../packages/core/src/io/http.ts';
import type {
  ActivateOptions,
  Live,
  Platform,
  Release,
  Shipped,
  Target,
} from '../../../packages/core/src/platforms/platform.ts';
import type { Allowance } from '../../../packages/core/src/rollout/ports.ts';
import { stranger } from '../rollout-events.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { Effect, Script } from './script.ts';
import { World } from './world.ts';

const failure = { reason: 'unhealthy', what: 'The platform says no.', next: 'Look.' };

/** One entry for everything that was asked of the platform or of the runner's state. */
export interface Entry {
  readonly call: string;
  readonly cancelled: boolean;
  readonly lastSeenForeign: boolean;
  readonly saved: string;
}

/** A platform that does what its script says, and remembers what it was asked. */
export class ModelPlatform implements Platform {
  readonly world: World;
  readonly journal: Entry[] = [];
  readonly cancel = new AbortController();
  readonly killed: Promise<void>;
  saved = '';
  lastLookFailed = false;
  #calls = 0;
  #lastSeenForeign = false;
  readonly #script: Script;
  readonly #clock: VirtualClock;
  #kill: () => void = () => {};
  #isKilled = false;

  constructor(script: Script, clock: VirtualClock, world = new World(script.start)) {
    this.#script = script;
    this.#clock = clock;
    this.world = world;
    this.killed = new Promise((resolve) => {
      this.#kill = resolve;
    });
  }

  save(text: string): void {
    if (!this.#isKilled) this.saved = text;
  }

  /** The script's disturbances happen as a call comes in; then it takes its time. */
  async called(call: string, signal?: AbortSignal): Promise<void> {
    const at = this.#calls;
    this.#calls += 1;
    if (at === this.#script.killedAt) {
      this.#isKilled = true;
      this.#kill();
    }
    if (this.#isKilled) await new Promise<never>(() => {});
    if (at === this.#script.cancelledAt) this.cancel.abort(new Error('The job was cancelled.'));
    this.journal.push({
      call,
      cancelled: this.cancel.signal.aborted,
      lastSeenForeign: this.#lastSeenForeign,
      saved: this.saved,
    });
    if (at === this.#script.foreignAt) this.world.serve(this.world.make('foreign', 'foreign-build'), 'all');
    await this.#clock.sleep(this.#script.latencyMs, signal);
  }

  get isDead(): boolean {
    return this.#script.deadFrom !== undefined && this.#calls > this.#script.deadFrom;
  }

  async live(): Promise<Live> {
    await this.called('live');
    this.lastLookFailed = this.isDead;
    if (this.isDead) throw noAnswer('GET');
    this.#lastSeenForeign = this.world.owners.includes('foreign');
    return this.#script.stranger ? { ...this.world.live, unmanaged: [stranger] } : this.world.live;
  }

  async obtain({ signal }: Allowance): Promise<Shipped> {
    const { obtain, activation } = this.#script.plan;
    await this.called(obtain, signal);
    if (obtain === 'choose') return this.#chosen();
    if (this.#script.obtain === 'found') return { release: this.world.before };
    const release = this.world.make('ours', 'our-build');
    const takesTraffic = activation === 'with-obtain';
    const serve = (share: 'all' | 'half') => {
      if (takesTraffic) this.world.serve(release, share);
    };
    const isFailed = await this.#effect(this.#script.obtain, serve, signal);
    return isFailed ? { release: { ...release, state: 'failed' }, failure } : { release };
  }

  async activate(_: Target, wanted: Release, __: ActivateOptions, signal: AbortSignal): Promise<Release> {
    const restores = JSON.parse(this.saved).restore !== undefined;
    await this.called(`activate ${restores ? 'restore' : 'change'} ${wanted.id}`, signal);
    // As on Fly and Railway: what is activated anew gets an id of its own.
    const isNew = this.#script.latencyMs !== 400;
    const owner = this.world.ownerOf(wanted);
    const artifact = wanted.artifact?.slice('sha256:'.length) ?? '';
    const release = isNew ? this.world.make(owner, artifact, wanted) : wanted;
    const how = this.#script.activate[restores ? 'restore' : 'change'];
    const isFailed = await this.#effect(how, (share) => this.world.serve(release, share), signal);
    if (isFailed) throw new HttpError({ ...wire('POST'), status: 422, reason: 'no' });
    return release;
  }

  inspect(): Promise<Release> {
    throw new Error('not asked by a rollout');
  }

  async *releases(): AsyncIterable<Release> {}

  settle(): Promise<never> {
    throw new Error('not asked by a rollout');
  }

  #chosen(): Shipped {
    if (!this.#script.hasLastVerified) {
      return { failure: { reason: 'no-target', what: 'There is nothing older.', next: 'Deploy.' } };
    }
    return { release: this.world.older };
  }

  async #effect(how: Effect, apply: (share: 'all' | 'half') => void, signal: AbortSignal): Promise<boolean> {
    if (this.isDead) throw noAnswer('POST');
    if (how === 'partial') apply('half');
    if (how === 'done' || how.endsWith('-after')) apply('all');
    if (how.startsWith('hangs')) await this.#clock.sleep(1e9, signal);
    if (how.startsWith('lost')) throw noAnswer('POST');
    return how !== 'done';
  }
}

function wire(method: string) {
  return {
    kind: 'status' as const,
    method,
    url: 'https://platform.test/',
    maybeEffective: false,
    attempts: 1,
  };
}

function noAnswer(method: string): HttpError {
  return new HttpError({ ...wire(method), kind: 'reset', reason: 'connection reset', maybeEffective: true });
}
