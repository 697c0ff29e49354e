import { flag, type InputRule } from '#core/inputs';

export const buildOnlyInput = { buildOnly: flag('build-only', { default: 'false' }) };

interface MayBuildOnly {
  readonly buildOnly: boolean;
  readonly installOnly: boolean;
  readonly image: string | undefined;
  readonly checks: string | undefined;
  readonly snapshot: string | undefined;
  readonly rollbackBarrier: boolean;
  readonly secrets: Readonly<Record<string, string>>;
  readonly requiredSecrets: readonly string[];
}

/** What has no meaning where nothing is deployed is refused: it would look as if it had been done. */
export const buildOnlyRule: InputRule<MayBuildOnly> = {
  between: [
    ...(['buildOnly', 'installOnly', 'image', 'checks', 'snapshot', 'rollbackBarrier'] as const),
    ...(['secrets', 'requiredSecrets'] as const),
  ],
  accuses: ['buildOnly'],
  broken: (values) => {
    const { buildOnly, installOnly, image, checks, snapshot, rollbackBarrier } = values;
    if (!buildOnly) return undefined;
    const given = [
      ...(installOnly ? ['install-only'] : []),
      ...(image === undefined ? [] : ['image']),
      ...(checks === undefined ? [] : ['checks']),
      ...(snapshot === undefined ? [] : ['snapshot']),
      ...(rollbackBarrier ? ['rollback-barrier'] : []),
      ...(Object.keys(values.secrets).length > 0 ? ['secrets'] : []),
      ...(values.requiredSecrets.length > 0 ? ['required-secrets'] : []),
    ].map((name) => `\`${name}\``);
    if (given.length === 0) return undefined;
    const have = given.length === 1 ? 'has' : 'have';
    return `${given.join(', ')} ${have} no meaning with \`build-only\`: an image is built, and nothing is deployed.`;
  },
};
