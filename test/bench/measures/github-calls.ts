import { commits, demo, github, images } from '#local-cloud';
import type { Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { deploy, openGround } from '../ground.ts';

const records = 1_000;
const repository = `${demo.github.owner}/${demo.github.repository}` as const;

/** What a deploy asks of GitHub when a thousand records lie there, kept or restored, by GraphQL or without it. */
export async function measureGitHubCalls(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const graphql of ['answers', 'refused'] as const) {
    const stage = await openGround();
    try {
      const { switches } = stage.cloud.service(github);
      seedRecords(stage);
      switches.graphql = graphql;
      const how = graphql === 'answers' ? 'GraphQL' : 'GraphQL refused';
      figures.push(await figure(stage, how, { image: images.v3, sha: commits.v3, ends: 'live/verified' }));
      const broken = { image: images.v2Error, sha: commits.v3, ends: 'restored/checks-failed' };
      figures.push(await figure(stage, how, broken));
    } finally {
      await stage.close();
    }
  }
  return figures;
}

async function figure(
  stage: Stage,
  how: string,
  run: { readonly image: string; readonly sha: string; readonly ends: string },
): Promise<Figure> {
  const since = stage.cloud.journal.lastSeq;
  await deploy(stage, run);
  const calls = stage.cloud.journal.entries({ since }).filter(({ service }) => service === 'github');
  const routes = Map.groupBy(calls, ({ route }) => route ?? 'unknown');
  return {
    name: `GitHub calls, ${run.ends}, ${how}`,
    unit: 'calls',
    values: [calls.length],
    atMost: 20,
    exact: true,
    how: `${[...routes].map(([route, { length }]) => `${length} ${route}`).join(', ')}; ${records} records`,
  };
}

/** Every second record is Belay's own, of this app; the others are what any other tool leaves. None names what serves. */
function seedRecords(stage: Stage): void {
  stage.cloud.service(github).seedDeployments(repository, records, (index) => {
    const isOwn = index % 2 === 0;
    if (!isOwn) return { sha: commits.v1, statuses: [{ state: 'success', description: 'Deployed' }] };
    const release = `v${100_000 + index}`;
    return {
      sha: commits.v1,
      task: 'belay:deploy',
      payload: ownPayload(index),
      statuses: [
        { state: 'in_progress', description: `belay/1 shipped ${release} ${release}` },
        { state: 'success', description: 'belay/1 verdict pass' },
      ],
    };
  });
}

function ownPayload(index: number): object {
  return {
    schema: 1,
    platform: 'fly',
    target: `fly:${demo.fly.app}`,
    service: demo.fly.app,
    environment: 'production',
    commit: commits.v1,
    previous: null,
    restores: null,
    replaces: null,
    barrier: false,
    actor: 'ada',
    trigger: 'push',
    reason: '',
    run: String(index),
    attempt: 1,
  };
}
