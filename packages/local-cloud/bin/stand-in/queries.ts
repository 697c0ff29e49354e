import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { appName } from './config-file.ts';
import { CommandError, messageOf } from './errors.ts';
import { machineAsGoPrints } from './go-json.ts';
import { out, printJson } from './terminal.ts';

const viewerQuery = 'query { viewer { ... on User { id email enablePaidHobby } ... on Macaroon { email } } }';
const releasesQuery =
  'query($appName: String!, $limit: Int!) { app(name: $appName) { releases: releasesUnprocessed(first: $limit) { nodes { id version description reason status imageRef stable user { id email name } createdAt } } } }';
const compactQuery =
  'query ($appName: String!) { appcompact:app(name: $appName) { id internalNumericId name hostname cnameTarget deployed network status appUrl platformVersion organization { id internalNumericId slug paidPlan } postgresAppRole: role { name } } }';
const currentVersionQuery =
  'query ($appName: String!) { app(name:$appName) { currentRelease:currentReleaseUnprocessed { version } } }';
const imageDetailsQuery =
  'query($image: String!, $flyVersion: String) { latestImageDetails(image: $image, flyVersion: $flyVersion) { registry repository tag version digest } }';

export async function whoAmI(args: Arguments, api: FlyApi): Promise<void> {
  const { viewer } = await api.graphql({ query: viewerQuery, variables: null });
  if (args.flags.has('json')) printJson({ email: viewer.email });
  else out(viewer.email);
}

export async function listReleases(args: Arguments, api: FlyApi): Promise<void> {
  const app = appName(args);
  const document = { query: releasesQuery, variables: { appName: app, limit: 25 } };
  const data = await api.graphql(document).catch((error) => {
    const why = `failed to run ${releasesQuery}: ${messageOf(error)}`;
    throw new CommandError(`failed retrieving app releases ${app}: ${why}`);
  });
  const releases: Release[] = data.app.releases.nodes;
  printJson(releases.toSorted((one, other) => other.version - one.version).map(releaseAsGoPrints));
}

interface Release {
  readonly id: string;
  readonly version: number;
  readonly stable: boolean;
  readonly reason: string;
  readonly description: string;
  readonly status: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly createdAt: string;
  readonly imageRef: string;
}

function releaseAsGoPrints(release: Release) {
  const { user } = release;
  return {
    ID: release.id,
    Version: release.version,
    Stable: release.stable,
    InProgress: false,
    Reason: release.reason,
    Description: release.description,
    Status: release.status,
    DeploymentStrategy: '',
    Metadata: null,
    User: { ID: user.id, Name: user.name, Email: user.email, EnablePaidHobby: false },
    EvaluationID: '',
    CreatedAt: release.createdAt,
    ImageRef: release.imageRef,
  };
}

export async function listMachines(args: Arguments, api: FlyApi): Promise<void> {
  printJson((await machinesOf(args, api)).map(machineAsGoPrints));
}

export async function listChecks(args: Arguments, api: FlyApi): Promise<void> {
  const machines = await machinesOf(args, api);
  printJson(Object.fromEntries(byId(machines).map(({ id, checks }) => [id, checks ?? []])));
}

export async function showStatus(args: Arguments, api: FlyApi): Promise<void> {
  const app = await compactApp(args, api);
  const machines = await machinesOf(args, api);
  const current = await api.graphql({ query: currentVersionQuery, variables: { appName: app.name } });
  const { organization } = app;
  printJson({
    AppURL: app.appUrl,
    Deployed: app.deployed,
    Hostname: app.hostname,
    ID: app.id,
    Machines: machines.map(machineAsGoPrints),
    Name: app.name,
    Organization: {
      ID: organization.id,
      InternalNumericID: organization.internalNumericId,
      Name: '',
      Slug: organization.slug,
      RawSlug: '',
      PaidPlan: organization.paidPlan,
    },
    PlatformVersion: app.platformVersion,
    Status: app.status,
    Version: current.app.currentRelease?.version ?? 0,
  });
}

export async function showImages(args: Arguments, api: FlyApi): Promise<void> {
  await compactApp(args, api);
  const machines = await machinesOf(args, api);
  for (const { image_ref: ref } of machines) {
    const variables = { flyVersion: '', image: `${ref.repository}:${ref.tag}` };
    await api.graphql({ query: imageDetailsQuery, variables });
  }
  printJson(
    machines.map(({ id, image_ref: ref }) => ({
      Digest: ref.digest,
      Labels: JSON.stringify(ref.labels ?? {}),
      MachineID: id,
      Registry: ref.registry,
      Repository: ref.repository,
      Tag: ref.tag,
      Version: 'N/A',
    })),
  );
}

interface ListedMachine extends Record<string, unknown> {
  readonly id: string;
  readonly checks?: unknown;
  readonly image_ref: {
    readonly registry: string;
    readonly repository: string;
    readonly tag: string;
    readonly digest: string;
    readonly labels?: unknown;
  };
}

function machinesOf(args: Arguments, api: FlyApi): Promise<ListedMachine[]> {
  return api.flaps('GET', `${appName(args)}/machines`);
}

export async function compactApp(args: Arguments, api: FlyApi) {
  const { appcompact } = await api.graphql({ query: compactQuery, variables: { appName: appName(args) } });
  return appcompact;
}

/** Go prints maps in the order of their keys. */
function byId(machines: readonly ListedMachine[]): ListedMachine[] {
  return machines.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
