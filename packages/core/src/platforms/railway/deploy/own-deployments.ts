import { type Decoder, decodedJson, flag, list, object, optional, text } from '../../../text/decode.ts';
import { defined } from '../../../text/defined.ts';
import type { Relation } from '../../platform.ts';
import { messageMark } from '../api/deploy-message.ts';
import type { WireDeployment } from '../api/wire.ts';

/** A deployment that this run made. */
interface Made {
  readonly id: string;
  /** Id of the older one that it brings back. */
  readonly restores?: string | undefined;
  /** Another run may have made it: nothing but the moment speaks for this one. */
  readonly isMaybe?: boolean;
}

/**
 * Which deployments this run made. An upload is known by the id that Railway answers, or, where the answer was lost, by
 * the mark in its message; a rollback answers no id.
 */
export class OwnDeployments {
  /** What this run writes into messages: of this run and attempt alone. */
  readonly mark: string;
  readonly #made = new Map<string, Made>();
  /** An upload whose answer has not come yet. */
  #isAsking = false;
  /** A rollback whose deployment has not been seen yet. */
  #back: RollbackUnseen | undefined;

  constructor(mark: string) {
    this.mark = mark;
  }

  /** An upload begins: what carries its mark from now on is this run's. */
  asks(): void {
    this.#isAsking = true;
  }

  /** A rollback to an older one begins; `since`: when the newest there is was made, ISO 8601. */
  rollsBack(id: string, since: string): void {
    this.#back = { id, since };
  }

  made({ id, ...made }: Made): void {
    this.#made.set(id, { id, ...made });
    this.#isAsking = false;
    this.#back = undefined;
  }

  /**
   * Those that Railway has, in any order: finds the upload whose answer was lost, of which a copy that a rollback makes is
   * younger, and what a rollback has made that another process asked for, which may be somebody else's.
   */
  see(deployments: readonly WireDeployment[]): void {
    const oldestOf = (isIt: (one: WireDeployment) => boolean) =>
      deployments.filter(isIt).toSorted((one, other) => made(one) - made(other))[0];
    if (this.#isAsking) {
      const upload = oldestOf(({ meta }) => messageMark(meta.commitMessage).mark === this.mark);
      if (upload !== undefined) this.made({ id: upload.id });
    }
    const back = this.#back;
    if (back === undefined) return;
    const copy = oldestOf((one) => made(one) > Date.parse(back.since) && !this.#made.has(one.id));
    if (copy !== undefined) this.made({ id: copy.id, restores: back.id, isMaybe: true });
  }

  /** It is another run's, by the records. */
  disown(id: string): void {
    if (this.#made.get(id)?.isMaybe === true) this.#made.delete(id);
  }

  has(id: string): boolean {
    return this.#made.has(id);
  }

  get ids(): readonly string[] {
    return [...this.#made.keys()];
  }

  restores(id: string): string | undefined {
    return this.#made.get(id)?.restores;
  }

  relation(id: string): Relation {
    const made = this.#made.get(id);
    if (made === undefined) return { made: 'no' };
    return { made: made.isMaybe === true ? 'maybe' : 'yes', ...defined({ restores: made.restores }) };
  }

  /** What `recall` needs in another process. */
  memory(): string {
    const made = [...this.#made.values()].map(({ id, restores }) => ({ id, ...defined({ restores }) }));
    return JSON.stringify({ made, isAsking: this.#isAsking, ...defined({ back: this.#back }) });
  }

  recall(memory: string | undefined): void {
    const kept = memory === undefined ? undefined : decodedJson(memoryShape, memory);
    for (const made of kept?.made ?? []) this.#made.set(made.id, made);
    this.#isAsking = kept?.isAsking === true;
    this.#back = kept?.back;
  }
}

/** A rollback that was asked for and whose own deployment is not known. */
interface RollbackUnseen {
  readonly id: string;
  readonly since: string;
}

function made({ createdAt }: WireDeployment): number {
  return Date.parse(createdAt);
}

const memoryShape: Decoder<{
  readonly made: readonly Pick<Made, 'id' | 'restores'>[];
  readonly isAsking: boolean;
  readonly back: RollbackUnseen | undefined;
}> = object({
  made: list(object({ id: text, restores: optional(text) })),
  isAsking: flag,
  back: optional(object({ id: text, since: text })),
});
