import { type Decoder, decodedJson, flag, list, object, optional, text } from '../../../text/decode.ts';
import { defined } from '../../../text/defined.ts';
import type { Relation, Release } from '../../platform.ts';
import { messageMark } from '../api/deploy-message.ts';
import { newestFirst } from '../api/newest-first.ts';
import type { WireDeployment } from '../api/wire.ts';
import { tellOurs } from '../watch/tell-ours.ts';
import { type Asked, type AskedOf, answerTo, askedShape } from './asked.ts';

/** A deployment that this step made. */
interface Made {
  readonly id: string;
  /** Id of the older one that it brings back. */
  readonly restores?: string | undefined;
  /** Another run may have made it: nothing but the moment speaks for this one. */
  readonly isMaybe?: boolean | undefined;
  /** Railway made it of the commit that is waited for, at this moment, ISO 8601. */
  readonly foundAt?: string | undefined;
}

/**
 * Which deployments this step made. What it ships is known by the id that Railway answers, or, where the answer was lost, by
 * the mark in an upload's message, else by what it is made of; a rollback answers no id.
 */
export class OwnDeployments {
  #mark: string;
  readonly #made = new Map<string, Made>();
  /** A rollback whose deployment has not been seen yet. */
  #back: RollbackUnseen | undefined;
  /** A deployment of this step that has not been seen yet. */
  #asked: Asked | undefined;
  #isAskedTold = false;
  #source: ChangedSource | undefined;
  /** When the newest deployment was made that was seen, ISO 8601; `` before any was. */
  #newest = '';
  /** The commit of which Railway’s own deployments are this step’s. */
  #commit: string | undefined;
  /** Id of the one that is followed; others of its commit that come later are it again. */
  #followed: string | undefined;

  /** `mark`: of this step alone. Two steps of one run may upload to one service, and each looks for its own. */
  constructor(mark: string) {
    this.#mark = mark;
  }

  /** What this step writes into messages. */
  get mark(): string {
    return this.#mark;
  }

  /** A rollback to an older one begins: what it makes is younger than all that was seen; undefined: it was refused. */
  rollsBack(id: string | undefined): void {
    this.#back = id === undefined ? undefined : { id, since: this.#newest };
  }

  /** A deployment is asked for, of which nothing but its answer tells whose it is; undefined: it was refused. */
  asks(of: AskedOf | undefined): void {
    this.#asked = of && { ...of, since: this.#newest };
  }

  /** What was asked for and has neither been answered nor seen, unless people have been told. */
  get unanswered(): AskedOf | undefined {
    return this.#isAskedTold ? undefined : this.#asked;
  }

  /** People have been told that it may still come. */
  tellsAsked(): void {
    this.#isAskedTold = true;
  }

  /** What Railway makes of a commit by itself counts as what this step made. */
  watches(commit: string): void {
    this.#commit = commit;
  }

  /** The one of them that this step goes by. */
  follows({ id, createdAt }: Pick<WireDeployment, 'id' | 'createdAt'>): void {
    this.made({ id, foundAt: createdAt });
    this.#followed = id;
  }

  /** Id of it. */
  get followed(): string | undefined {
    return this.#followed;
  }

  made({ id, ...made }: Made): void {
    this.#made.set(id, { id, ...made });
    if (made.restores === undefined) this.#asked = undefined;
    else this.#back = undefined;
  }

  /** The source of the service as this step has changed it; undefined: it is as it was. */
  get source(): ChangedSource | undefined {
    return this.#source;
  }

  changesSource(source: ChangedSource | undefined): void {
    this.#source = source;
  }

  /**
   * Those that Railway has, in any order: finds the upload whose answer was lost, of which a copy that a rollback makes is
   * younger, and what a rollback has made that another process asked for, which may be somebody else's.
   */
  see(deployments: readonly WireDeployment[]): void {
    if (this.upload === undefined) {
      const marked = deployments.filter(({ meta }) => messageMark(meta.commitMessage).mark === this.#mark);
      const upload = newestFirst(marked).at(-1);
      if (upload !== undefined) this.made({ id: upload.id });
    }
    this.#seeAsked(deployments);
    for (const one of deployments) this.#seeFound(one);
    this.#seeCopy(deployments);
    const newest = newestFirst(deployments)[0]?.createdAt ?? '';
    if (this.#newest === '' || Date.parse(newest) > Date.parse(this.#newest)) this.#newest = newest;
  }

  #seeAsked(deployments: readonly WireDeployment[]): void {
    if (this.#asked === undefined) return;
    const id = answerTo(this.#asked, deployments, (one) => this.#made.has(one));
    if (id !== undefined) this.made({ id, isMaybe: true });
  }

  #seeFound({ id, createdAt, meta }: WireDeployment): void {
    const isOfCommit = this.#commit !== undefined && meta.commitHash === this.#commit;
    if (isOfCommit && !this.#made.has(id)) this.made({ id, foundAt: createdAt });
  }

  /** Told by what it is made of: what somebody pushed meanwhile brings nothing back. */
  #seeCopy(deployments: readonly WireDeployment[]): void {
    const back = this.#back;
    const wanted = deployments.find(({ id }) => id === back?.id);
    if (back === undefined || wanted === undefined) return;
    const since = Date.parse(back.since);
    const appeared = deployments.filter((one) => made(one) > since && !this.#made.has(one.id));
    const ours = tellOurs(appeared, wanted);
    if (ours.kind !== 'none') this.made({ id: ours.deployment.id, restores: back.id, isMaybe: true });
  }

  /** Id of what this step has shipped. */
  get upload(): string | undefined {
    const isUpload = ({ restores, foundAt }: Made) => restores === undefined && foundAt === undefined;
    return [...this.#made.values()].find(isUpload)?.id;
  }

  /** It is another run's, by the records. */
  disown(id: string): void {
    if (this.#made.get(id)?.isMaybe === true) this.#made.delete(id);
  }

  /** It ships what somebody else has named: theirs, also where this step asked for it. */
  givesUp(id: string): void {
    this.#made.delete(id);
  }

  has(id: string): boolean {
    return this.#made.has(id);
  }

  /** Whether this step asked for it, beyond doubt. */
  isSure(id: string): boolean {
    const made = this.#made.get(id);
    return made !== undefined && made.isMaybe !== true && made.foundAt === undefined;
  }

  restores(id: string): string | undefined {
    return this.#made.get(id)?.restores ?? this.#again(id);
  }

  /** Of what Railway has made once more, the id of what it is again. */
  #again(id: string): string | undefined {
    const [one, followed] = [id, this.#followed].map((of) => this.#made.get(of ?? '')?.foundAt);
    const isLater = one !== undefined && followed !== undefined && Date.parse(one) >= Date.parse(followed);
    return isLater && id !== this.#followed ? this.#followed : undefined;
  }

  relation(id: string): Relation {
    const made = this.#made.get(id);
    const isFollowed = this.#followed === undefined || this.#followed === id;
    if (made === undefined || (made.foundAt !== undefined && !isFollowed)) return { made: 'no' };
    return { made: made.isMaybe === true ? 'maybe' : 'yes', ...defined({ restores: made.restores }) };
  }

  /** What `recall` needs in another process. */
  memory(): string {
    const made = [...this.#made.values()];
    return JSON.stringify({
      mark: this.#mark,
      newest: this.#newest,
      made,
      ...defined({ back: this.#back, asked: this.#asked, source: this.#source, followed: this.#followed }),
    });
  }

  /**
   * Takes up what another process had made. It is remembered before each change, so what was asked for when it was cut
   * stands in no memory: an upload is found by its mark, and `back`, the release it was to bring back, may have been asked
   * for.
   */
  recall(
    memory: string | undefined,
    { back }: { readonly back?: Pick<Release, 'id'> | undefined } = {},
  ): void {
    const kept = memory === undefined ? undefined : decodedJson(memoryShape, memory);
    if (kept === undefined) return;
    this.#mark = kept.mark;
    this.#newest = kept.newest;
    for (const made of kept.made) this.#made.set(made.id, made);
    this.#back = kept.back;
    this.#asked = kept.asked;
    this.#source = kept.source;
    this.#followed = kept.followed;
    const isKnown = back === undefined || kept.made.some(({ restores }) => restores === back.id);
    if (!isKnown && this.#back === undefined) this.rollsBack(back.id);
  }
}

/** The image that a service is deployed from, before this step and since. */
export interface ChangedSource {
  readonly was: string;
  readonly set: string;
}

/** A rollback that was asked for and whose own deployment is not known. */
interface RollbackUnseen {
  readonly id: string;
  /** When the newest there was had been made, ISO 8601. */
  readonly since: string;
}

function made({ createdAt }: WireDeployment): number {
  return Date.parse(createdAt);
}

const memoryShape: Decoder<{
  readonly mark: string;
  readonly newest: string;
  readonly made: readonly Made[];
  readonly back: RollbackUnseen | undefined;
  readonly asked: Asked | undefined;
  readonly source: ChangedSource | undefined;
  readonly followed: string | undefined;
}> = object({
  mark: text,
  newest: text,
  made: list(
    object({ id: text, restores: optional(text), isMaybe: optional(flag), foundAt: optional(text) }),
  ),
  back: optional(object({ id: text, since: text })),
  asked: optional(askedShape),
  source: optional(object({ was: text, set: text })),
  followed: optional(text),
});
