import { decodeAnswer } from '../../../io/decode-answer.ts';
import { type Http, type HttpAnswer, HttpError } from '../../../io/http.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { lineOf } from '../../../text/cut.ts';
import { object, optional, text } from '../../../text/decode.ts';
import type { ServiceIds } from '../api/api.ts';
import { isPolicyRefusal } from '../api/problem.ts';
import { type RailwayToken, tokenHeaders } from '../token/token.ts';

const host = 'https://backboard.railway.com';

/** What is uploaded. */
export interface UploadAsked {
  readonly ids: ServiceIds;
  readonly token: RailwayToken;
  readonly message: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly onProgress: (sentBytes: number) => void;
  /** For the whole of it, milliseconds. */
  readonly budgetMs: number;
  readonly signal: AbortSignal;
}

/** The deployment that Railway made of an upload. */
export interface Uploaded {
  readonly deploymentId: string;
  readonly logsUrl: string | undefined;
}

// All four are always there; what we do not need is not missed. Source: railwayapp/cli, `src/controllers/upload.rs`.
const answered = object({ deploymentId: text, logsUrl: optional(text) });

/**
 * Sends an archive, once. Failures: `upload-refused`, `upload-too-large`, `policy-refused`, `token-rejected`; an HttpError, after which
 * a deployment may be there all the same: see `mayHaveArrived`.
 */
export async function upload(http: Http, asked: UploadAsked): Promise<Uploaded> {
  const { ids, token, message, body, onProgress, budgetMs, signal } = asked;
  const query = new URLSearchParams({ serviceId: ids.serviceId, message });
  const answer = await http.upload({
    url: `${host}/project/${ids.projectId}/environment/${ids.environmentId}/up?${query}`,
    headers: { ...tokenHeaders(token.kind, token.value), 'content-type': 'application/gzip' },
    body,
    onProgress,
    timeoutMs: Math.max(1, budgetMs),
    signal,
  });
  if (answer.status >= 400) throw refused(answer);
  return decodeAnswer(answer, answered);
}

/** Whether a deployment may have come of an upload that failed so: an answer that cannot be read is an answer. */
export function mayHaveArrived(error: unknown): boolean {
  return error instanceof HttpError && (error.maybeEffective || error.kind === 'body');
}

function refused({ status, text: body }: HttpAnswer): ActionFailure {
  const said = lineOf(body, 300);
  if (status === 413) {
    return new ActionFailure({
      code: 'upload-too-large',
      what: `Railway refused the archive as too large (HTTP 413): ${said}`,
      why: 'its limit is not published; uploads of 240 to 270 MB after compression were refused',
      next: 'Leave out what the build does not need, by `.railwayignore` or `directory`.',
    });
  }
  if (isPolicyRefusal({ message: body })) {
    return new ActionFailure({
      code: 'policy-refused',
      what: `A guardrail of the workspace forbids the upload (HTTP ${status}): ${said}`,
      next: 'Ask an owner of the workspace to allow it, in its settings under Guardrails.',
    });
  }
  const isToken = status === 401 || status === 403;
  return new ActionFailure({
    code: isToken ? 'token-rejected' : 'upload-refused',
    what: `Railway refused the upload (HTTP ${status}): ${said}`,
    next: isToken
      ? 'Use a token that may deploy to this service.'
      : 'Read Railway’s answer, and correct what it names.',
  });
}
