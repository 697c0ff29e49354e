import { existsSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, demo, type Railway, railway, shopTree, startCloud } from '#local-cloud';
import { tarOf, tokens } from '../../support/railway-api.ts';
import { RailwaySocket } from '../../support/railway-socket.ts';

const shared = process.env.BELAY_SHARED ?? new URL('../../../../shared', import.meta.url).pathname;
const file = `${shared}/cases/railway-transcripts.json`;
const absent = !existsSync(file);

interface Recorded {
  readonly kind: 'graphql' | 'upload' | 'subscribe';
  readonly operation?: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly query?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Run {
  readonly name: string;
  readonly requests: readonly Recorded[];
}

const runs: readonly Run[] = absent ? [] : JSON.parse(readFileSync(file, 'utf8'));
/** What a project token is refused, whoever asks. */
const refused: Readonly<Record<string, string>> = { UserMeta: 'Not Authorized' };

let cloud: Cloud;
let service: Railway;
let deployment = '';
beforeAll(async () => {
  cloud = await startCloud({ services: [railway] });
  service = cloud.service(railway);
  service.switches.rateLimits = false;
});
afterAll(() => cloud.close());

/** The ids of the recording, each for what it was the id of. */
function ours<T>(value: T): T {
  const { projectId, environmentId, serviceId } = demo.railway;
  const { snapshotId = '' } = service.world.deployments.get(deployment) ?? {};
  const ids = ['', projectId, environmentId, serviceId, snapshotId, deployment, '', '', deployment];
  const text = JSON.stringify(value).replace(
    /0{8}-0{4}-4000-8000-0{11}(\d)/g,
    (_, digit) => ids[Number(digit)] ?? '',
  );
  return JSON.parse(text.replaceAll('"<time>"', `"${new Date(0).toISOString()}"`));
}

async function send(path: string, body: Buffer): Promise<{ status: number; body: unknown }> {
  const url = new URL(path, 'https://backboard.railway.com');
  const headers = { 'user-agent': 'CLI 5.71.0', 'x-source': 'CLI 5.71.0', ...tokens.project };
  const signal = new AbortController().signal;
  const answer = await service.handle({ host: url.hostname, method: 'POST', url, headers, body, signal });
  return { status: answer?.status ?? 501, body: JSON.parse(JSON.stringify(answer?.body ?? null)) };
}

/** The names the document selects, with fragments put in their places. */
function selected(query: string): unknown {
  const document = parse(query);
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  return namesOf(operation?.selectionSet, fragments);
}

function namesOf(set: SelectionSetNode | undefined, fragments: readonly FragmentDefinitionNode[]): unknown {
  if (set === undefined) return null;
  const fields = set.selections.flatMap((node): readonly FieldNode[] => {
    if (node.kind === Kind.FIELD) return [node];
    const spread = node.kind === Kind.FRAGMENT_SPREAD ? node.name.value : '';
    const fragment = fragments.find(({ name }) => name.value === spread);
    return fragment?.selectionSet.selections.filter((one) => one.kind === Kind.FIELD) ?? [];
  });
  return Object.fromEntries(
    fields.map((field) => [field.name.value, namesOf(field.selectionSet, fragments)]),
  );
}

/** Where an answer has not the names that were asked for: a path each. What is null, or an empty list, goes no deeper. */
function misshapen(answer: unknown, wanted: unknown, path = 'data'): readonly string[] {
  if (answer === null || wanted === null) return [];
  if (Array.isArray(answer)) return answer.flatMap((entry) => misshapen(entry, wanted, `${path}[]`));
  const [known, names] = [Object.keys(Object(answer)), Object.keys(Object(wanted))];
  if (known.toSorted().join() !== names.toSorted().join()) return [`${path}: ${known} instead of ${names}`];
  return names.flatMap((name) => misshapen(Object(answer)[name], Object(wanted)[name], `${path}.${name}`));
}

describe.skipIf(absent)(
  `runs of the real railway CLI${absent ? ' (skipped: ../shared is absent)' : ''}`,
  () => {
    const schemaFile = new URL(
      '../../../packages/local-cloud/src/railway/graphql/schema.graphql',
      import.meta.url,
    );
    const schema: GraphQLSchema = buildSchema(readFileSync(schemaFile, 'utf8'));

    it('are the 25 that were recorded', () => {
      expect(runs.length).toBe(25);
    });

    it.each(runs.map((run) => [run.name, run] as const))(
      '%s: each request is answered in its shape',
      async (_, run) => {
        // Something serves, as it did when the recording was made.
        await cloud.reset();
        service.switches.rateLimits = false;
        await send('/graphql/v2', Buffer.from('{}'));
        deployment = service.world.instances()[0]?.deployments.at(-1)?.id ?? '';
        await using socket = await (
          await RailwaySocket.open(cloud, { headers: tokens.project })
        ).acknowledged();
        for (const [index, request] of run.requests.entries())
          await play(request, { socket, id: String(index) });
      },
    );

    async function play(
      request: Recorded,
      { socket, id }: { socket: RailwaySocket; id: string },
    ): Promise<void> {
      const { kind, operation = '', query = '', path = '' } = request;
      if (kind === 'upload') {
        const { status, body } = await send(ours(path), await tarOf(shopTree({ version: 'v2' })));
        expect([status, Object.keys(Object(body))]).toEqual([
          200,
          ['deploymentId', 'url', 'logsUrl', 'deploymentDomain'],
        ]);
        deployment = Object(body).deploymentId;
        return;
      }
      expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
      const variables = ours(request.variables ?? {});
      const answer =
        kind === 'graphql' ? await asked({ query, variables, operationName: operation }) : await told();
      const messages = (answer.errors ?? []).map(({ message }: { message: string }) => message);
      expect([operation, messages]).toEqual([operation, refused[operation] ? [refused[operation]] : []]);
      expect([operation, misshapen(answer.data, selected(query))]).toEqual([operation, []]);

      async function told() {
        socket.subscribe(id, query, variables, operation);
        const frame = await socket.until((one) => one.id === id && one.type !== 'complete');
        return frame.payload;
      }
    }

    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects; a wrong path fails it
    async function asked(document: object): Promise<any> {
      const { status, body } = await send('/graphql/v2', Buffer.from(JSON.stringify(document)));
      expect(status).toBe(200);
      return body;
    }
  },
);
