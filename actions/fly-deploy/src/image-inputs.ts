import { type FlyBuild, flyBuilders } from '#core/fly';
import { choice, defined, type InputRule, path, secretPairs, text } from '#core/inputs';

/** How flyctl builds the image; without meaning where an `image` is given. */
export const buildInputs = {
  dockerfile: path('dockerfile'),
  buildTarget: text('build-target'),
  buildSecrets: secretPairs('build-secrets', { empty: 'refused' }),
  builder: choice('builder', flyBuilders),
};

export interface BuildValues {
  readonly image: string | undefined;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly dockerfile: string | undefined;
  readonly buildTarget: string | undefined;
  readonly buildSecrets: Readonly<Record<string, string>>;
  readonly builder: (typeof flyBuilders)[number] | undefined;
}

const named = {
  buildArgs: 'build-args',
  dockerfile: 'dockerfile',
  buildTarget: 'build-target',
  buildSecrets: 'build-secrets',
  builder: 'builder',
} as const satisfies Partial<Record<keyof BuildValues, string>>;

/** One rule each: every one of them is named, and only those that were given. */
export const buildRules: readonly InputRule<BuildValues>[] = Object.entries(named).map(([key, name]) => ({
  between: ['image', key as keyof typeof named],
  broken: (values) =>
    values.image !== undefined && isGiven(values[key as keyof typeof named])
      ? `\`${name}\` has no meaning with \`image\`: nothing is built.`
      : undefined,
}));

function isGiven(value: string | Readonly<Record<string, string>> | undefined): boolean {
  return typeof value === 'object' ? Object.keys(value).length > 0 : value !== undefined;
}

export function buildOf(
  { buildTarget, buildSecrets, builder }: BuildValues,
  dockerfile: string | undefined,
): FlyBuild {
  return {
    ...defined({ dockerfile, target: buildTarget }),
    ...(isGiven(buildSecrets) ? { secrets: buildSecrets } : {}),
    ...defined({ builder }),
  };
}
