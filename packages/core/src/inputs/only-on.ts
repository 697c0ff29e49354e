import type { InputRule, InputSpec } from './inputs.ts';

/**
 * The rules by which an input that only `platform` reads is a bad one beside a target on another platform, where it would
 * be ignored. What has the text of its default may be the runner's doing, and is let pass.
 */
export function onlyOn<V>(
  platform: string,
  spec: InputSpec,
  { naming, elsewhere }: Elsewhere<V>,
): readonly InputRule<V>[] {
  return Object.entries(spec).map(([key, input]) => {
    const own = key as keyof V & string;
    return {
      between: [...naming, own],
      accuses: [own],
      broken: (values, source) => {
        const other = elsewhere(values);
        const given = source.input(input.name);
        if (other === undefined || given === '' || given === input.default) return undefined;
        return `\`${input.name}\` is for targets on ${platform}, and the inputs name one on ${other}, where it says nothing.`;
      },
    };
  });
}

interface Elsewhere<V> {
  /** The inputs that name a target. */
  readonly naming: readonly (keyof V & string)[];
  /** The other platform on which they name one; undefined where they name none there, or one on several. */
  elsewhere(values: V): string | undefined;
}
