import { errorMessage } from '../../../outcome/failure.ts';
import type { PlatformFailure, Remember } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { classOf } from '../api/deployment-status.ts';
import { mayBeDone } from '../api/failures.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';
import type { OwnDeployments } from './own-deployments.ts';

export interface SourceParts {
  readonly api: RailwayApi;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  log(line: string): void;
  warn(line: string): void;
}

/**
 * The image that a service is deployed from. Whoever deploys next ships what stands there, so what was rejected must not
 * stay: what stood there is remembered before it is changed, and put back.
 */
export class SourceKeeper {
  readonly #parts: SourceParts;
  /** Railway has not said whether it named this one as the source: it may do so yet. */
  #unanswered: string | undefined;
  readonly #told = new Set<'not answered' | 'not put back'>();

  constructor(parts: SourceParts) {
    this.#parts = parts;
  }

  /** Names an image as the source. Failures: those of the API; `wrong-source` where it is no image any more. */
  async change(image: string, remember: Remember | undefined): Promise<PlatformFailure | undefined> {
    const { api, ids, own, log } = this.#parts;
    const was = imageOf(await api.serviceInstance(ids));
    if (was === '') return noImage();
    if (isSame(was, image)) return undefined;
    own.changesSource({ was, set: image });
    remember?.();
    log(`The source of the service: ${image} (it was ${was}).`);
    this.#unanswered = image;
    try {
      await api.serviceInstanceUpdate(ids, { source: { image } });
    } catch (error) {
      if (!mayBeDone(error)) this.#unanswered = undefined;
      // To name it is no deploy: where the answer alone was lost, it stands there.
      if (!isSame(imageOf(await api.serviceInstance(ids)), image)) throw error;
    }
    this.#unanswered = undefined;
    return undefined;
  }

  /**
   * Puts back what stood there, unless somebody else has changed it since, or, unless it was `takenBack`, what this run has
   * deployed serves. Never throws: what could not be put back is warned of.
   */
  async putBack({ takenBack = false, withinMs = 20_000 } = {}): Promise<void> {
    const { api, ids, own, log, warn } = this.#parts;
    const { source } = own;
    if (source === undefined) return;
    const quick = api.within(withinMs);
    try {
      const instance = await quick.serviceInstance(ids);
      if (!takenBack && this.#serves(instance)) return;
      const now = imageOf(instance);
      const isOurs = isSame(now, source.set);
      if (isOurs) await quick.serviceInstanceUpdate(ids, { source: { image: source.was } });
      // What comes yet is put back by `post`, which looks again.
      if (isOurs || this.#unanswered === undefined) own.changesSource(undefined);
      if (isOurs) log(`The source of the service is ${source.was} again.`);
      else if (now !== source.was)
        warn(
          `Somebody else has changed the source of the service to ${now === '' ? 'no image' : now} meanwhile: it is left so.`,
        );
      else if (this.#unanswered !== undefined)
        this.#warnOnce(
          'not answered',
          `Railway has not said whether it named ${source.set} as the source of the service. It is ${source.was} now, and may change yet: see that it is ${source.was} before anybody deploys.`,
        );
    } catch (error) {
      this.#warnOnce(
        'not put back',
        `The source of the service could not be put back: ${errorMessage(error)}. It may still be ${source.set}; set it to ${source.was} in Railway’s dashboard before anybody deploys.`,
      );
    }
  }

  /** It is tried more than once, and each time comes to the same. */
  #warnOnce(of: 'not answered' | 'not put back', line: string): void {
    if (!this.#told.has(of)) this.#parts.warn(line);
    this.#told.add(of);
  }

  #serves({ activeDeployments }: WireServiceInstance): boolean {
    const { own } = this.#parts;
    return activeDeployments.some((one) => {
      const of = classOf(one);
      return (of === 'live' || of === 'asleep') && own.has(one.id) && own.restores(one.id) === undefined;
    });
  }
}

/** Railway may write a name otherwise than it was given. */
function isSame(image: string, other: string): boolean {
  const [digest, wanted] = [image, other].map((one) => one.split('@')[1]);
  return image === other || (digest !== undefined && digest === wanted);
}

function imageOf({ source }: Pick<WireServiceInstance, 'source'>): string {
  return source?.image ?? '';
}

function noImage(): PlatformFailure {
  return {
    reason: 'wrong-source',
    what: 'The source of the service is no image (any more)',
    why: 'an image would take the place of its source',
    next: 'Choose the mode that fits the source of the service.',
  };
}
