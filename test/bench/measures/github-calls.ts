import { commits, demo, github, images } from '#local-cloud';
import type { Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { deploy, openGround } from '../ground.ts';

const records = 1_000;
const repository = `${demo.github.owner}/${demo.github.repository}` as const;

interface Case {
  readonly graphql: 'answers' | 'refused';
  /** What serves was shipped so many of Belay's records ago: the furthest that is read, so that all of it is. */
  readonly recordsAgo: number;
  readonly image: string;
  readonly ends: string;
}

const kept = { image: images.v3, ends: 'live/verified' };
const restored = { image: images.v2Error, ends: 'restored/checks-failed' };

const cases: readonly Case[] = [
  { graphql: 'answers', recordsAgo: 500, ...kept },
  { graphql: 'answers', recordsAgo: 500, ...restored },
  { graphql: 'refused', recordsAgo: 8, ...kept },
  { graphql: 'refused', recordsAgo: 8, ...restored },
];

/** The most a deploy asks of GitHub when a thousand records lie there, each on a cloud of its own. */
export async function measureGitHubCalls(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const one of cases) {
    const stage = await openGround();
    try {
      figures.push(await figure(stage, one));
    } finally {
      await stage.close();
    }
  }
  return figures;
}

async function figure(stage: Stage, { graphql, recordsAgo, image, ends }: Case): Promise<Figure> {
  seedRecords(stage, recordsAgo);
  stage.cloud.service(github).switches.graphql = graphql;
  const since = stage.cloud.journal.lastSeq;
  await deploy(stage, { image, sha: commits.v3, ends });
  const calls = stage.cloud.journal.entries({ since }).filter(({ service }) => service === 'github');
  const routes = Map.groupBy(calls, ({ route }) => route ?? 'unknown');
  return {
    name: `GitHub calls, ${ends}${graphql === 'refused' ? ', no GraphQL' : ''}`,
    unit: 'calls',
    values: [calls.length],
    atMost: 24,
    exact: true,
    how: `${[...routes].map(([route, { length }]) => `${length} ${route}`).join(', ')}; ${records} records`,
  };
}

/** Every second record is Belay's own, of this app; the others are what any other tool leaves. */
function seedRecords(stage: Stage, recordsAgo: number): void {
  stage.cloud.service(github).seedDeployments(repository, records, (index) => {
    if (index % 2 === 1)
      return { sha: commits.v1, statuses: [{ state: 'success', description: 'Deployed' }] };
    const isLive = index === records - 2 * recordsAgo;
    const release = isLive ? 'v1' : `v${100_000 + index}`;
    return {
      sha: commits.v1,
      task: 'belay:deploy',
      payload: ownPayload(index),
      statuses: [
        { state: 'in_progress', description: `belay/1 shipped ${release} ${release} -` },
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
