import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { storedConfig } from './config-file.ts';
import { checkAddresses, perform } from './deploy.ts';
import { deployOptions } from './deploy-options.ts';
import { fleetFor } from './fleet.ts';
import { definitionOf } from './machine-config.ts';
import { createRelease } from './release.ts';
import { minSecretsVersion } from './secrets-version.ts';
import { updateMachines } from './update-machines.ts';

interface Place {
  readonly api: FlyApi;
  readonly app: string;
  readonly signal: AbortSignal;
}

const latestImage = `
query LatestImage ($appName: String!) {
	app(name: $appName) {
		currentReleaseUnprocessed {
			id
			version
			imageRef
		}
	}
}
`;

/** A release of its own with the stored config: every machine is updated as it is, and so gets the secrets. */
export async function restartWithSecrets(args: Arguments, { api, app, signal }: Place): Promise<void> {
  const { config } = await storedConfig(api, app);
  await api.flaps('GET', app, { signal });
  const options = deployOptions(args, config);
  const fleet = await fleetFor(args, { api, app, config, signal });
  const document = { query: latestImage, variables: { appName: app }, operationName: 'LatestImage' };
  const data = await api.graphql(document);
  const image: string = data.app.currentReleaseUnprocessed.imageRef;
  const strategy = config.deploy?.strategy ?? 'rolling';
  const definition = definitionOf(config);
  const release = await createRelease(api, { app, definition, image, strategy, buildId: 0 });
  await perform(
    {
      api,
      app,
      organization: '',
      config,
      release,
      ...fleet,
      strategy,
      options,
      minSecretsVersion: minSecretsVersion(app),
      askedForSockets: new Set(),
      restartOnly: true,
      signal,
    },
    (deployment) => updateMachines(deployment, deployment.machines),
  );
  await checkAddresses(args, { api, app });
}
