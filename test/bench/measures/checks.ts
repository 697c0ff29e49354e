import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '../figure.ts';
import { repeat } from '../ground.ts';
import type { Endpoint } from '../many-checks/endpoint.ts';
import { openEndpoint } from '../many-checks/endpoint.ts';
import type { Task } from '../many-checks/tools.ts';
import { client, curl, hasHurl, hurl, parallel, smoke } from '../many-checks/tools.ts';

const rounds = 7;
const how = `5 ms endpoint, ${parallel} at a time, a status and a JSON field each, process start included`;

/** Many checks of an endpoint that answers after 5 ms, beside the tools people would take instead. */
export async function measureChecks(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'belay-bench-'));
  const endpoint = await openEndpoint();
  try {
    const { ours, figures } = await inClear(folder, endpoint);
    return [...figures, ...(await overTls(folder, endpoint)), await many(folder, endpoint, ours)];
  } finally {
    endpoint.close();
    rmSync(folder, { recursive: true });
  }
}

async function inClear(folder: string, endpoint: Endpoint) {
  const runs = await beside(taskOf(folder, endpoint, { service: endpoint.clear, count: 1000 }));
  const memory = runs.map(({ ours }) => ours.megabytes);
  const figures: readonly Figure[] = [
    against('1,000 checks, against a Node client', runs, ({ ours, theirs }) => ours.ms / theirs.ms, 1.6),
    ...asides('1,000 checks', runs),
    against(
      '1,000 checks: peak memory, against a Node client',
      runs,
      ({ ours, theirs }) => ours.megabytes / theirs.megabytes,
      1.5,
    ),
    { name: '1,000 checks: peak memory', unit: 'MB', values: memory, how },
  ];
  return { ours: Math.min(...memory), figures };
}

async function overTls(folder: string, endpoint: Endpoint): Promise<readonly Figure[]> {
  const runs = await beside(taskOf(folder, endpoint, { service: endpoint.secure, count: 1000 }));
  const name = '1,000 checks over TLS';
  const byHurl = ({ ours, hurl: theirs }: Run) => ours.ms / (theirs?.ms ?? Number.NaN);
  return [
    against(`${name}, against a Node client`, runs, ({ ours, theirs }) => ours.ms / theirs.ms, 1.3),
    ...(hasHurl ? [against(`${name}, against hurl`, runs, byHurl, 0.6)] : []),
    ...asides(name, runs),
  ];
}

async function many(folder: string, endpoint: Endpoint, usual: number): Promise<Figure> {
  const { megabytes } = await smoke(taskOf(folder, endpoint, { service: endpoint.clear, count: 10_000 }));
  const values = [megabytes / usual];
  return { name: '10,000 checks: peak memory', unit: '×', values, atMost: 1.5, how: 'against 1,000 checks' };
}

function taskOf(folder: string, endpoint: Endpoint, asked: Pick<Task, 'service' | 'count'>): Task {
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, endpoint.authority);
  return { folder, authority, ...asked };
}

type Run = Awaited<ReturnType<typeof beside>>[number];

/** Ours between two runs of the client, so that what drifts on this machine falls on both. */
function beside(task: Task) {
  return repeat(rounds, async () => {
    const before = await client(task);
    const ours = await smoke(task);
    const after = await client(task);
    const theirs = {
      ms: (before.ms + after.ms) / 2,
      megabytes: Math.max(before.megabytes, after.megabytes),
    };
    return { ours, theirs, curl: await curl(task), hurl: hasHurl ? await hurl(task) : undefined };
  });
}

/** For information: what others take beside the same client. */
function asides(name: string, runs: readonly Run[]): readonly Figure[] {
  const tools: readonly [string, (run: Run) => number | undefined][] = [
    ['curl -Z, which asserts nothing', (run) => run.curl.ms],
    ['hurl', (run) => run.hurl?.ms],
  ];
  return tools.flatMap(([tool, ms]) => {
    const values = runs.flatMap((run) => (ms(run) ?? Number.NaN) / run.theirs.ms).filter(Number.isFinite);
    const aside: Figure = { name: `${name} by ${tool}, against a Node client`, unit: '×', values, how };
    return values.length === 0 ? [] : [aside];
  });
}

function against(name: string, runs: readonly Run[], ratio: (run: Run) => number, atMost: number): Figure {
  const aside = hasHurl ? '' : '; hurl is not on PATH, so it is left out';
  return { name, unit: '×', values: runs.map(ratio), atMost, how: `${how}${aside}` };
}
