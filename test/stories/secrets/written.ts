import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demo, github } from '#local-cloud';
import type { ActionResult, StepResult } from '#local-runner';
import type { Stage } from '../../../scripts/stage.ts';
import { ask } from '../../support/github-client.ts';
import { leaks } from './planted.ts';

/** Everything a run has written, by where: what others can read when it is over. */
export async function written(
  stage: Stage,
  { job, main, post }: ActionResult,
): Promise<ReadonlyMap<string, string>> {
  const places = new Map<string, string>();
  places.set('log', job.log.map(({ line }) => line).join('\n'));
  for (const [name, step] of Object.entries({ main, post }))
    if (step !== undefined) addStep(places, name, step);
  for (const file of filesBelow(main.outputs.report ?? ''))
    places.set(`report ${file}`, readFileSync(file, 'utf8'));
  for (const file of filesBelow(stage.temp)) places.set(`file ${file}`, readFileSync(file, 'utf8'));
  await addRecords(places, stage);
  return places;
}

/** Of every place those that hold something of a secret. */
export function found(places: ReadonlyMap<string, string>): readonly string[] {
  return [...places].flatMap(([place, text]) => leaks(place, text));
}

function addStep(places: Map<string, string>, name: string, step: StepResult): void {
  places.set(`${name}: summary`, step.summary);
  places.set(`${name}: annotations`, JSON.stringify(step.annotations));
  for (const [output, value] of Object.entries(step.outputs)) places.set(`${name}: output ${output}`, value);
  for (const [state, value] of Object.entries(step.state)) places.set(`${name}: state ${state}`, value);
}

async function addRecords(places: Map<string, string>, { cloud }: Stage): Promise<void> {
  const service = cloud.service(github);
  const get = async (path: string) =>
    (await ask(service, `GET /repos/acme/shop/${path}`, { token: demo.github.token })).body;
  const records = await get('deployments?per_page=100');
  for (const record of records) {
    const statuses = await get(`deployments/${record.id}/statuses?per_page=100`);
    places.set(`record ${record.id}`, JSON.stringify([record, statuses]));
  }
  const comments = await get('issues/7/comments').catch(() => []);
  places.set('comments', JSON.stringify(comments));
}

function filesBelow(folder: string): readonly string[] {
  if (folder === '') return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
