import type { Clock } from '../../../io/clock.ts';
import type { Http } from '../../../io/http.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import type { PlatformFailure } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { type ArchiveListing, openArchive } from '../archive/archive.ts';
import type { OwnDeployments } from './own-deployments.ts';
import { ProgressLog } from './progress-log.ts';
import { type Allowed, failureOf, type Sent } from './sent.ts';
import { mayHaveArrived, type Uploaded, upload } from './upload.ts';

/** A folder that is uploaded. */
export interface UploadSource {
  readonly kind: 'upload';
  readonly listing: ArchiveListing;
  /** What Railway shows of the deployment; it ends with the mark of this step. */
  readonly message: string;
}

export interface UploadParts {
  readonly api: RailwayApi;
  readonly http: Http;
  readonly clock: Clock;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  log(line: string): void;
}

/** After an upload whose answer was lost, its deployment shows within this, milliseconds. */
const appearsWithinMs = 15_000;
const pauseMs = 1_000;

/** Uploads, once. */
export class UploadSender {
  readonly #parts: UploadParts;

  constructor(parts: UploadParts) {
    this.#parts = parts;
  }

  /** The deployment that Railway made of it, or why it made none. */
  async send(source: UploadSource, allowed: Allowed): Promise<Sent> {
    const { own, log } = this.#parts;
    // An answer that does not come in time is lost as well: its deployment is looked for while there is time to cancel it.
    const lookMs = Math.min(appearsWithinMs, allowed.budgetMs / 4);
    try {
      const taken = await this.#post(source, { ...allowed, budgetMs: allowed.budgetMs - lookMs });
      const { deploymentId: id, logsUrl } = taken;
      own.made({ id });
      allowed.remember?.();
      log(`Railway has taken the upload: deployment ${id}.`);
      return { id, logsUrl };
    } catch (error) {
      allowed.signal.throwIfAborted();
      if (error instanceof ActionFailure) return failureOf(error);
      if (!mayHaveArrived(error)) throw error;
      // Never sent twice: the deployment may be there.
      log(
        `The upload was cut before Railway answered (${(error as Error).message}): looking for its deployment.`,
      );
      const id = await this.#appeared({ ...allowed, budgetMs: lookMs });
      if (id === undefined) return notTaken(error as Error);
      allowed.remember?.();
      log(`Railway had taken the upload: deployment ${id}.`);
      return { id };
    }
  }

  async #post({ listing, message }: UploadSource, { budgetMs, signal }: Allowed): Promise<Uploaded> {
    const { api, http, ids, clock, log } = this.#parts;
    const progress = new ProgressLog(clock, log);
    return upload(http, {
      ids,
      token: api.token,
      message,
      body: openArchive(listing, { signal }),
      onProgress: (bytes) => progress.sent(bytes),
      budgetMs,
      signal,
    });
  }

  /** Id of the deployment with the mark of this step. */
  async #appeared({ budgetMs, signal }: Allowed): Promise<string | undefined> {
    const { api, ids, clock, own } = this.#parts;
    const end = clock.monotonic() + budgetMs;
    do {
      const page = await api
        .within(pauseMs * 4)
        .deploymentPage(ids, { first: 20 })
        .catch(() => undefined);
      own.see(page?.nodes ?? []);
      if (own.upload !== undefined) return own.upload;
      await clock.sleep(pauseMs, signal);
    } while (clock.monotonic() < end);
    return undefined;
  }
}

function notTaken(error: Error): PlatformFailure {
  return {
    reason: 'upload-failed',
    what: `Railway did not confirm the upload: ${error.message}`,
    why: 'no deployment of it has appeared either; one may still, where Railway was slow to answer',
    next: 'Look whether one has come in Railway’s dashboard, then run the job again.',
  };
}
