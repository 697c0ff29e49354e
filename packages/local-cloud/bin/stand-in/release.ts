import { setTimeout as delay } from 'node:timers/promises';
import type { FlyApi } from './api.ts';
import { CommandError, messageOf } from './errors.ts';
import type { Release } from './machine-config.ts';
import { warn } from './terminal.ts';
import { version } from './version.ts';

const egressQuery =
  'query ($appName: String!) { app(name: $appName) { egressIpAddresses { nodes { id ip version region updatedAt } } } }';

export interface ReleaseRequest {
  readonly app: string;
  readonly definition: unknown;
  readonly image: string;
  readonly strategy: string;
  /** Of the build that found or made the image; 0 where nothing was looked for. */
  readonly buildId?: number;
}

export async function createRelease(api: FlyApi, wanted: ReleaseRequest): Promise<Release> {
  const { app, definition, image, strategy, buildId = 1 } = wanted;
  const body = { app_name: app, build_id: buildId, definition, image, strategy: strategy.toUpperCase() };
  const answer = await api.uiex('POST', 'releases', body);
  if (answer.status !== 200 && answer.status !== 201) {
    throw new CommandError(`failed to create release (status ${answer.status}): ${answer.text}`);
  }
  const { release } = JSON.parse(answer.text);
  return { id: release.id, version: release.version, image };
}

export async function askEgressIps(api: FlyApi, app: string): Promise<void> {
  await api.graphql({ query: egressQuery, variables: { appName: app } });
}

/** Three tries on a server error; a refusal counts at once. */
export async function setReleaseStatus(api: FlyApi, id: string, status: string, metadata: unknown = null) {
  for (let attempt = 1; ; attempt++) {
    const answer = await api.uiex('PATCH', `releases/${id}`, { metadata, status });
    if (answer.status === 200) return;
    if (answer.status < 500 || attempt === 3) {
      throw new Error(`failed to update release (status ${answer.status}): ${answer.text}`);
    }
    await delay(500 * attempt);
  }
}

/** The last word on a release. After a good deploy a failure here is only a warning: the release stays `running`. */
export async function finishRelease(
  api: FlyApi,
  id: string,
  end: { status: 'complete' | 'failed' | 'interrupted'; error?: string },
): Promise<void> {
  const metadata = { post_deployment_info: { flyctl_version: version, error: end.error ?? '' } };
  try {
    await setReleaseStatus(api, id, end.status, metadata);
  } catch (error) {
    const after = end.status === 'complete' ? ' after successful deployment' : '';
    warn(`failed to set final release status${after}: ${messageOf(error)}`);
  }
}
