import { lineOf } from '../../../text/cut.ts';
import { classOf, unknownStatusWarning } from '../api/deployment-status.ts';
import type { WireDeployment, WireEvent, WireLogLine } from '../api/wire.ts';
import type { Bell } from './bell.ts';
import type { LogSource, PushSink } from './deployment-push.ts';
import type { FollowedLine } from './followed.ts';
import { LogLines } from './log-lines.ts';

/** Events that are kept: a deployment has about ten. */
const mostEvents = 200;

interface Telling {
  tell(note: string): void;
  readonly line: ((line: FollowedLine) => void) | undefined;
  readonly isEnd: (seen: WireDeployment) => boolean;
  readonly bell: Bell;
}

/** What is known of a deployment that is followed, pushed and looked at, and who is told of it. */
export class FollowedDeployment implements PushSink {
  /** By the newest look. */
  newest: WireDeployment | undefined;
  isPushed = false;
  /** Called when its containers may have begun to log. */
  onDeploying: () => void = () => {};
  readonly #telling: Telling;
  readonly #events = new Map<string, WireEvent>();
  readonly #logs = { build: new LogLines(), deploy: new LogLines() };
  readonly #said = new Set<string>();
  #status: string | undefined;
  #pushed: WireDeployment | undefined;
  #wasQuiet = false;
  constructor(telling: Telling) {
    this.#telling = telling;
  }

  get events(): readonly WireEvent[] {
    const all = [...this.#events.values()];
    return all.toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
  }

  /** What was pushed last. */
  get pushed(): WireDeployment | undefined {
    return this.#pushed;
  }

  /** Whether what pushes has stopped since the last question of this. */
  hasGoneQuiet(): boolean {
    const was = this.#wasQuiet;
    this.#wasQuiet = false;
    return was;
  }

  looked(seen: WireDeployment): void {
    const pushed = this.#pushed;
    const isNews = this.newest?.status !== seen.status;
    // Pushed it would have been known: what pushes is behind, or silent. Where it is ahead, the next look may tell as well.
    const isAhead = pushed !== undefined && this.#telling.isEnd(pushed);
    if (pushed?.status !== seen.status && (isNews || isAhead)) this.pushing(false);
    this.newest = seen;
    this.#tellStatus(seen);
  }

  status(seen: WireDeployment): void {
    this.#pushed = seen;
    this.#tellStatus(seen);
    if (this.#telling.isEnd(seen)) this.#telling.bell.ring();
  }

  event(seen: WireEvent): void {
    const known = this.#events.get(seen.id);
    this.#events.set(seen.id, seen);
    if (this.#events.size > mostEvents) this.#events.delete([...this.#events.keys()][0] ?? '');
    if (seen.step === 'CREATE_CONTAINER') this.onDeploying();
    const error = seen.payload?.error ?? '';
    if (error !== '' && error !== known?.payload?.error)
      this.#telling.tell(`${seen.step} failed: ${lineOf(error, 200)}`);
    else if (known === undefined && seen.payload?.skipped !== true) this.#telling.tell(seen.step);
  }

  lines(source: LogSource, reading: unknown, lines: readonly WireLogLine[]): void {
    const { line } = this.#telling;
    if (line === undefined) return;
    for (const one of this.#logs[source].take(reading, lines)) line({ ...one, source });
  }

  pushing(isPushed: boolean, why?: string): void {
    if (this.isPushed && !isPushed) {
      this.#wasQuiet = true;
      this.#telling.bell.ring();
    }
    this.isPushed = isPushed;
    if (!isPushed && why !== undefined)
      this.#tellOnce(`Railway’s socket tells nothing (${why}): it is asked instead.`);
  }

  trouble(error: Error): void {
    this.#tellOnce(`Railway could not be asked: ${lineOf(error.message, 200)}`);
  }

  #tellStatus(seen: WireDeployment): void {
    const of = classOf(seen);
    if (seen.status === 'DEPLOYING' || of === 'live' || of === 'crashed') this.onDeploying();
    if (seen.status === this.#status) return;
    this.#status = seen.status;
    this.#telling.tell(seen.status);
    const warning = unknownStatusWarning(seen);
    if (warning !== undefined) this.#tellOnce(warning);
  }

  #tellOnce(note: string): void {
    if (this.#said.has(note) || this.#said.size >= 20) return;
    this.#said.add(note);
    this.#telling.tell(note);
  }
}
