import type { Deployment } from './deployment.ts';

/** The log lines there are now. A token that may not read logs gets none. */
export async function readLogs({ api, app }: Deployment, query: string): Promise<string[]> {
  const answer = await api.uiex('GET', `apps/${app}/logs?${query}`);
  if (answer.status !== 200) return [];
  const { data }: { data: { attributes: { message: string } }[] } = JSON.parse(answer.text);
  return data.map(({ attributes }) => attributes.message);
}
