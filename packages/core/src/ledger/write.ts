import {
  describeHttpError,
  describeRefusal,
  type GitHubApi,
  jsonOf,
  type RefusalKind,
  refusal,
} from '../github/api.ts';
import { idOf } from '../github/id.ts';
import type { Clock } from '../io/clock.ts';
import { type HttpAnswer, HttpError } from '../io/http.ts';
import { defined } from '../text/defined.ts';
import { readOpening } from './fold.ts';
import { sameIntent } from './intent.ts';
import type { LedgerState } from './ledger.ts';
import { Unreadable } from './read.ts';
import { list, restStatuses } from './read-rest.ts';
import type { Intent } from './record.ts';
import type { DeploymentRow, StatusRow } from './rows.ts';

export type Written =
  /** `created`: when, ISO 8601; absent where the answer to the writing was lost. */
  | { readonly kind: 'written'; readonly id: string; readonly created?: string }
  | { readonly kind: 'failed'; readonly because: RefusalKind; readonly note: string };

/** What it takes to find out whether something was written. */
interface Doubt {
  readonly clock: Pick<Clock, 'sleep'>;
}

export interface NewRecord {
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  /** Whether the environment goes away again. */
  readonly transient: boolean;
  readonly description: string;
  readonly payload: Intent;
}

export interface NewStatus {
  readonly state: LedgerState;
  readonly description: string;
  readonly logUrl: string | undefined;
  readonly environmentUrl: string | undefined;
}

/**
 * Creates a deployment with every default of GitHub's that would merge or wait turned off. When the answer is lost,
 * a record of the same intent that is not among the `known` is taken for it.
 */
export function createRecord(
  api: GitHubApi,
  record: NewRecord,
  { known, clock }: Doubt & { readonly known: ReadonlySet<string> },
): Promise<Written> {
  const { transient, payload, ...rest } = record;
  const body = {
    ...rest,
    payload: { ...payload },
    auto_merge: false,
    required_contexts: [],
    transient_environment: transient,
    production_environment: record.environment === 'production',
  };
  return writeOnce({
    clock,
    send: () => api.rest(({ repos }, repository) => repos.createDeployment({ ...repository, ...body })),
    find: () => existingRecord(api, record, known),
  });
}

/** `isIt`: whether a status says the same. `again`: it is looked for before it is sent. */
export function createStatus(
  api: GitHubApi,
  { id, ...status }: NewStatus & { readonly id: string },
  {
    clock,
    isIt,
    again,
  }: Doubt & { readonly isIt: (status: StatusRow) => boolean; readonly again?: true | undefined },
): Promise<Written> {
  const { state, description, logUrl, environmentUrl } = status;
  const body = {
    state,
    description,
    auto_inactive: false,
    ...defined({ log_url: logUrl, environment_url: environmentUrl }),
  };
  return writeOnce({
    clock,
    send: () =>
      api.rest(({ repos }, repository) =>
        repos.createDeploymentStatus({ ...repository, deployment_id: idOf(id), ...body }),
      ),
    find: async () => {
      // Only the newest: the same words further down are an older fact, not this one.
      const [newest] = await restStatuses(api, id);
      return newest !== undefined && isIt(newest) ? id : undefined;
    },
    ...(again && { again }),
  });
}

/** The id of the newest record that has this nonce, of all of an environment's newest. Throws Unreadable. */
export async function recordWithNonce(
  api: GitHubApi,
  environment: string,
  nonce: string,
): Promise<string | undefined> {
  const rows = await list(api, ({ repos }, repository) =>
    repos.listDeployments({ ...repository, environment, per_page: 100 }),
  );
  return rows.map((row) => readOpening(deploymentRow(row))).find((one) => one?.intent.nonce === nonce)?.id;
}

/** GitHub shows what was written a moment later: what is not listed sooner may be there all the same, milliseconds. */
const listedAfterMs = 3_000;

/** A POST whose answer was lost may have worked, so it is looked for before it is sent again, once. */
async function writeOnce(write: {
  readonly clock: Pick<Clock, 'sleep'>;
  send(): Promise<HttpAnswer>;
  find(): Promise<string | undefined>;
  readonly again?: true;
}): Promise<Written> {
  let note = '';
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const known = attempt === 0 && write.again ? await write.find() : undefined;
      if (known !== undefined) return { kind: 'written', id: known };
      const came = outcome(await write.send());
      if (came !== undefined) return came;
      note = 'GitHub answered 201 without the id of what it made';
    } catch (error) {
      if (error instanceof Unreadable) return { kind: 'failed', because: error.because, note: error.message };
      note = describeHttpError(error);
      // Sending again at once is what GitHub's limit punishes.
      if (error instanceof HttpError && error.status === 429)
        return { kind: 'failed', because: 'rate-limit', note };
    }
    try {
      await write.clock.sleep(listedAfterMs);
      const id = await write.find();
      if (id !== undefined) return { kind: 'written', id };
    } catch (error) {
      if (error instanceof Unreadable) return { kind: 'failed', because: 'other', note };
      throw error;
    }
  }
  return { kind: 'failed', because: 'other', note };
}

/** Undefined where it was made, and the answer does not say as what: it is looked for. */
function outcome(answer: HttpAnswer): Written | undefined {
  const { id, created_at: created } = Object(jsonOf(answer));
  if (answer.status === 201) {
    if (!Number.isSafeInteger(id)) return undefined;
    return { kind: 'written', id: String(id), ...(typeof created === 'string' && { created }) };
  }
  return { kind: 'failed', because: refusal(answer), note: describeRefusal('POST', answer) };
}

async function existingRecord(
  api: GitHubApi,
  record: NewRecord,
  known: ReadonlySet<string>,
): Promise<string | undefined> {
  const { task, environment } = record;
  const rows = await list(api, ({ repos }, repository) =>
    repos.listDeployments({ ...repository, task, environment, per_page: 100 }),
  );
  const openings = rows.map((row) => readOpening(deploymentRow(row)));
  const ours = openings.find(
    (opening) =>
      opening !== undefined && !known.has(opening.id) && sameIntent(opening.intent, record.payload),
  );
  return ours?.id;
}

function deploymentRow(row: unknown): DeploymentRow {
  const { id, task, payload, created_at } = Object(row);
  return { id: String(id), task: String(task), created: String(created_at), payload };
}
