import type { Cloud } from '#local-cloud';
import { proxied } from '../../support/proxied.ts';

/** More than there are machines or replicas: an edge sends to each in turn. */
const requests = 8;

/** What the home page is answered from outside, over HTTPS and through the proxy as a browser asks, each kind once. */
export async function homePages(cloud: Cloud, host: string): Promise<readonly string[]> {
  // Side by side: an edge may let one wait that asks for a machine on its way.
  const answers = await Promise.all(Array.from({ length: requests }, () => homePage(cloud, host)));
  return [...new Set(answers)].sort();
}

/** `v2`, where the shop's page came; else the status, with the version where the answer has one. */
async function homePage(cloud: Cloud, host: string): Promise<string> {
  const { status, text } = await proxied(cloud, `https://${host}/`).catch(() => ({ status: 0, text: '' }));
  if (status === 0) return 'no answer';
  const version = /<h1>Shop (\w+)<\/h1>/.exec(text)?.[1];
  if (status === 200) return version ?? 'an error page with status 200';
  return version === undefined ? String(status) : `${version}: ${status}`;
}
