import type { Http } from '../io/http.ts';
import { HttpError } from '../io/http.ts';
import { ActionFailure } from '../outcome/failure.ts';
import type { ToolSpec } from './tool.ts';
import { versionPattern } from './version-request.ts';

/** The newest version, by the first source that names one: any of them may be down. */
export async function resolveLatest(spec: ToolSpec, http: Http, signal: AbortSignal): Promise<string> {
  const tried: string[] = [];
  for (const { read, ...request } of spec.latest) {
    try {
      const answer = await http.request({ ...request, retry: 'read', deadlineMs: 20_000, signal });
      const version = versionPattern.exec(read(answer) ?? '')?.[1];
      if (version !== undefined) return version;
      tried.push(`${request.method} ${request.url} → ${answer.status}, and named no version`);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      tried.push(error.message);
    }
  }
  throw new ActionFailure({
    code: 'install-failed',
    what: `the latest version of ${spec.name} could not be found out`,
    why: 'none of its sources answered with a version',
    next: `Set ${spec.inputs.version} to a version such as ${spec.defaultVersion}, which asks nobody`,
    details: tried,
  });
}
