import type { FlyApi } from './api.ts';
import { appQuery, appsQuery, organizationQuery, organizationsQuery, statics } from './app-queries.ts';
import type { Arguments } from './arguments.ts';
import { CommandError, messageOf } from './errors.ts';
import { appAsGoPrints, type ListedApp } from './go-app.ts';
import { err, out, printJson } from './terminal.ts';

/** `--org`, or FLY_ORG. */
function organizationOf({ values }: Arguments): string | undefined {
  return values.org ?? process.env.FLY_ORG;
}

export async function createApp(args: Arguments, api: FlyApi): Promise<void> {
  const { organizations } = await api.graphql({ query: organizationsQuery, variables: { admin: false } });
  const slug = organizationOf(args);
  const known: { slug: string }[] = organizations.nodes;
  if (!known.some((organization) => organization.slug === slug)) {
    throw new CommandError(`organization ${slug} not found`);
  }
  const [name = ''] = args.words;
  const body = { name, org_slug: slug, network: '', app_role_id: '' };
  const created = await api.createApp(body).catch((error) => {
    const isTaken = /Name has already been taken/.test(messageOf(error));
    const held = 'so this name may be held by an app you cannot see';
    const advice = `App names are unique across all of Fly.io, not just your organization, ${held}. Try a different name.\n`;
    throw isTaken ? new CommandError(messageOf(error), { cause: error, advice }) : error;
  });
  await api.flaps('GET', created.name);
  out(`New app created: ${created.name}`);
}

export async function destroyApps(args: Arguments, api: FlyApi): Promise<void> {
  if (args.words.length === 0) throw new CommandError('no app names provided');
  for (const name of args.words) await destroyApp(args, api, name);
}

async function destroyApp(args: Arguments, api: FlyApi, name: string): Promise<void> {
  if (!args.flags.has('yes')) {
    err('Destroying an app is not reversible.');
    throw new CommandError('yes flag must be specified when not running interactively');
  }
  const { app } = await api.graphql({ query: appQuery, variables: { appName: name } }).catch((error) => {
    throw new CommandError(`failed to run ${appQuery}: ${messageOf(error)}`, { cause: error });
  });
  const { slug } = app.organization;
  await api.graphql({ query: organizationQuery, variables: { slug } });
  await api.graphql({ ...statics, variables: { orgSlug: slug, addOnType: 'tigris' } });
  await api.flaps('DELETE', name);
  out(`Destroyed app ${name}`);
}

export async function listApps(args: Arguments, api: FlyApi): Promise<void> {
  const slug = organizationOf(args);
  const org =
    slug === undefined ? undefined : await api.graphql({ query: organizationQuery, variables: { slug } });
  const apps: ListedApp[] = [];
  for (let after: string | undefined; ; ) {
    const variables = {
      ...(org === undefined ? {} : { org: org.organization.id }),
      ...(after === undefined ? {} : { after }),
    };
    const { apps: page } = await api.graphql({ query: appsQuery, variables });
    apps.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  printJson(apps.map(appAsGoPrints));
}
