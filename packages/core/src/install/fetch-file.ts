import { join } from 'node:path';
import { type Http, HttpError } from '../io/http.ts';
import { ActionFailure } from '../outcome/failure.ts';

/** What files are fetched with, and where they are put. */
export interface Fetching {
  readonly http: Http;
  readonly signal: AbortSignal;
  readonly folder: string;
}

/** Fetches one file of a release; undefined when the release has no such file. */
export async function fetchFile(
  url: string,
  name: string,
  { http, signal, folder }: Fetching,
): Promise<{ readonly path: string; readonly sha256: string } | undefined> {
  const path = join(folder, name);
  const { status, sha256 } = await download(url, path, { http, signal });
  if (status === 404) return undefined;
  if (status >= 200 && status < 300) return { path, sha256 };
  throw notFetched(url, `the host answered ${status}`);
}

async function download(url: string, file: string, { http, signal }: Pick<Fetching, 'http' | 'signal'>) {
  try {
    return await http.download({ url, file, signal });
  } catch (error) {
    if (error instanceof HttpError) throw notFetched(url, error.message, error);
    throw error;
  }
}

function notFetched(url: string, why: string, cause?: unknown): ActionFailure {
  const next =
    'Run the job again; if this stays, let the runner reach the host, or install the tool in its image';
  return new ActionFailure(
    { code: 'install-failed', what: `${url} could not be downloaded`, why, next },
    { cause },
  );
}
