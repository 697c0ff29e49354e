import { type InputRule, matching } from '#core/inputs';
import { servicesOf } from '#core/railway/inputs';
import type { ModeName } from './modes/names.ts';
import type { PreviewKind } from './preview/inputs.ts';

/** A digest alone says which image: a tag may name another by the time Railway pulls it. */
export const imageInput = {
  image: matching('image', {
    pattern: /^[^\s@]+@sha256:[0-9a-f]{64}$/,
    legal:
      'an image with its digest, `ghcr.io/acme/shop@sha256:…`: a tag may move; docker/build-push-action has it as its output `digest`',
  }),
};

/** `directory` always has a value: this one is nobody's wish. */
export const defaultDirectory = '.';

interface ModeValues {
  readonly mode: ModeName;
  readonly preview: PreviewKind;
  readonly railwayService: string | undefined;
  readonly image: string | undefined;
  readonly directory: string;
  readonly include: readonly string[];
  readonly message: string | undefined;
}

/** What each mode needs, and what has no meaning in it: every one of them is named. */
export const modeRules: readonly InputRule<ModeValues>[] = [
  {
    between: ['mode', 'image'],
    accuses: ['image'],
    broken: ({ mode, image }) => {
      if (mode === 'image')
        return image === undefined ? '`image` is empty, and `mode: image` deploys it.' : undefined;
      return image === undefined
        ? undefined
        : `\`image\` has no meaning with \`mode: ${mode}\`: \`mode: image\` deploys it.`;
    },
  },
  {
    between: ['preview', 'mode', 'railwayService'],
    accuses: ['railwayService'],
    broken: ({ preview, mode, railwayService }) => {
      if (servicesOf({ railwayService }).length === 1) return undefined;
      if (preview !== 'false')
        return '`railway-service` names several services, and a preview is about one: give each a step of its own.';
      if (mode === 'watch') return undefined;
      return `\`railway-service\` names several services, and \`mode: ${mode}\` deploys one: give each a step of its own.`;
    },
  },
  {
    between: ['mode', 'directory'],
    accuses: ['directory'],
    broken: ({ mode, directory }) =>
      mode === 'upload' || directory === defaultDirectory ? undefined : noUpload('directory', mode),
  },
  ...(['include', 'message'] as const).map(
    (name): InputRule<ModeValues> => ({
      between: ['mode', name],
      accuses: [name],
      broken: ({ mode, ...given }) =>
        mode === 'upload' || (given[name]?.length ?? 0) === 0 ? undefined : noUpload(name, mode),
    }),
  ),
];

function noUpload(name: string, mode: ModeName): string {
  return `\`${name}\` has no meaning with \`mode: ${mode}\`: nothing is uploaded.`;
}
