import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo, type Railway, shopTree } from '#local-cloud';

/** Somebody uploads a shop to the demo's service past Belay, as `railway up` without a message does. */
export async function somebodyUploads(railway: Railway, version: string): Promise<void> {
  const { projectId, environmentId, serviceId } = demo.railway;
  const path = `/project/${projectId}/environment/${environmentId}/up?serviceId=${serviceId}`;
  const answer = await railway.handle({
    host: 'backboard.railway.com',
    method: 'POST',
    url: new URL(path, 'https://backboard.railway.com'),
    headers: { 'user-agent': 'CLI 5.71.0', 'project-access-token': demo.railway.token },
    signal: new AbortController().signal,
    body: archiveOf(version),
  });
  if (answer?.status !== 200) throw new Error(`the upload was answered ${answer?.status}`);
}

function archiveOf(version: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'belay-person-'));
  try {
    for (const [name, text] of Object.entries(shopTree({ version }))) writeFileSync(join(folder, name), text);
    return spawnSync('tar', ['-czf', '-', '-C', folder, '.']).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
