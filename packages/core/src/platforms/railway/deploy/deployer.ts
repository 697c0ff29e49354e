import type { Clock } from '../../../io/clock.ts';
import type { Http } from '../../../io/http.ts';
import type { Shipped } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { digestNamed, digestOf, shortId } from '../api/release.ts';
import { AskingSender } from './asking-sender.ts';
import { leftWords } from './cancel-own.ts';
import { type CommitSource, ofCommit } from './commit-source.ts';
import type { Follower } from './follower.ts';
import { type ImageSource, ofImage } from './image-source.ts';
import type { OwnDeployments } from './own-deployments.ts';
import { askedAgain, describeRedeploy, type RedeploySource, redeployOf } from './redeploy-source.ts';
import type { Allowed, Deployed, Sent } from './sent.ts';
import type { SourceKeeper } from './source-keeper.ts';
import { UploadSender, type UploadSource } from './upload-sender.ts';

/** What `ship` makes a deployment of. */
export type RailwaySource = UploadSource | CommitSource | RedeploySource | ImageSource;

export interface DeployerParts {
  readonly api: RailwayApi;
  readonly http: Http;
  readonly clock: Clock;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  readonly follower: Follower;
  readonly keeper: SourceKeeper;
  log(line: string): void;
}

/** Has Railway make a deployment, and follows what becomes of it. */
export class RailwayDeployer {
  readonly #parts: DeployerParts;
  readonly #uploads: UploadSender;
  readonly #asking: AskingSender;
  /** The newest deployment that Railway has made of what was sent. */
  deployed: Deployed | undefined;

  constructor(parts: DeployerParts) {
    this.#parts = parts;
    this.#uploads = new UploadSender(parts);
    this.#asking = new AskingSender(parts);
  }

  async ship(source: RailwaySource, allowed: Allowed): Promise<Shipped> {
    const { clock, keeper } = this.#parts;
    const end = clock.monotonic() + allowed.budgetMs;
    try {
      const sent = await this.#send(source, allowed);
      const shipped =
        'reason' in sent ? { failure: sent } : await this.#follow(sent, source, { ...allowed, end });
      if (shipped.failure !== undefined) await keeper.putBack();
      return shipped;
    } catch (error) {
      // A job that is cancelled has other things to do first: see `cancelOwn`.
      if (!allowed.signal.aborted) await keeper.putBack();
      throw error;
    }
  }

  async #follow(
    sent: Deployed,
    source: RailwaySource,
    { end, signal }: Allowed & { readonly end: number },
  ): Promise<Shipped> {
    const { clock, follower, own, log } = this.#parts;
    this.deployed = sent;
    // What may be somebody else's is not cancelled, whatever becomes of it.
    const goesOn = !own.isSure(sent.id);
    const shipped = await follower.follow(sent.id, { budgetMs: end - clock.monotonic(), signal, goesOn });
    if (await this.#isOther(source, shipped, sent)) {
      own.givesUp(sent.id);
      return { failure: anothers(sent.id) };
    }
    if (goesOn && shipped.release?.state === 'building') log(leftWords(sent.id));
    return shipped;
  }

  /**
   * Whether it turns out to be of another image: Railway deploys what the source names at that moment, and somebody else
   * may have changed it since; or its answer was lost, and another was taken for it.
   */
  async #isOther(source: RailwaySource, { release }: Shipped, { id }: Deployed): Promise<boolean> {
    if (source.kind !== 'image' || release === undefined) return false;
    const made = digestOf(release.artifact) ?? (await this.#digestNamed(id));
    return made !== undefined && made !== digestNamed(source.image);
  }

  /** The digest may be told later than that it is live; the name of the image is not. */
  async #digestNamed(id: string): Promise<string | undefined> {
    const asked = this.#parts.api.within(5_000).deployment(id);
    const { meta } = await asked.catch(() => ({ meta: undefined }));
    return digestNamed(meta?.image);
  }

  async #send(source: RailwaySource, allowed: Allowed): Promise<Sent> {
    const { api, ids, keeper, log } = this.#parts;
    switch (source.kind) {
      case 'upload':
        return this.#uploads.send(source, allowed);
      case 'commit':
        return this.#asking.send(ofCommit(ids, source.commit), allowed);
      case 'redeploy': {
        const redeploy = redeployOf(await api.serviceInstance(ids));
        if ('reason' in redeploy) return redeploy;
        log(describeRedeploy(redeploy));
        return this.#asking.send(askedAgain(ids, redeploy), allowed);
      }
      case 'image': {
        const failure = await keeper.change(source.image, allowed.remember);
        return failure ?? this.#asking.send(ofImage(ids, source.image), allowed);
      }
    }
  }
}

function anothers(id: string) {
  return {
    reason: 'superseded',
    what: `The deployment ${shortId(id)} is of another image than this run asked for`,
    why: 'somebody else has changed the source of the service, or deployed it, at the same moment',
    next: 'See what serves now, and run the job again where it is still wanted.',
  };
}
