import { unfitSecret } from '#core/fly';
import { type InputRule, names, secretPairs } from '#core/inputs';

/** Secrets of the app: those this deploy sets, and those it cannot run without. */
export const secretInputs = {
  secrets: secretPairs('secrets', { empty: 'refused' }),
  requiredSecrets: names('required-secrets'),
};

interface SecretValues {
  readonly secrets: Readonly<Record<string, string>>;
}

export const secretRules: readonly InputRule<SecretValues>[] = [
  {
    between: ['secrets'],
    broken: ({ secrets }) => {
      const unfit = Object.entries(secrets).flatMap(([name, value]) => {
        const why = unfitSecret(value);
        return why === undefined ? [] : [`\`secrets\`: ${name} ${why}`];
      });
      return unfit.length === 0 ? undefined : unfit.join(' ');
    },
  },
];
