import type { Target } from '../../platform.ts';

/** A Fly app as a target. `hostname` is what Fly reports: custom domains are the user's to name in `checks`. */
export function flyTarget(app: string, hostname?: string): Target {
  return {
    platform: 'fly',
    id: `fly:${app}`,
    name: app,
    url: `https://${hostname ?? `${app}.fly.dev`}`,
    dashboardUrl: `https://fly.io/apps/${app}/monitoring`,
    byHand: { status: `fly status --app ${app}`, logs: `fly logs --app ${app} --no-tail` },
  };
}

/** An app that only Fly's private network reaches: from here there is no address to ask it at. */
export function privateFlyTarget(app: string): Target {
  const { url: _, ...target } = flyTarget(app);
  return target;
}
