import type { FlyApi } from './api.ts';
import type { ImageRequest } from './build-image.ts';
import { buildImage } from './build-image.ts';
import { CommandError } from './errors.ts';
import { err } from './terminal.ts';

const imageQuery =
  'query ($appName: String!, $imageRef: String!) { app(name: $appName) { id image(ref: $imageRef) { id digest ref compressedSize: compressedSizeFull manifest } } }';

interface LookUp extends Pick<ImageRequest, 'app' | 'organization'> {
  readonly ref: string;
}

interface FoundImage {
  readonly id: string;
  readonly ref: string;
  readonly compressedSize: string;
}

/** The reference to deploy, with its digest. A failed lookup is a failed build, and flyctl builds twice. */
export async function resolveImage(api: FlyApi, wanted: ImageRequest): Promise<string> {
  const ref = wanted.args.values.image ?? wanted.configured;
  if (ref === undefined) return buildImage(api, wanted);
  const named = { ...wanted, ref };
  const image = (await lookUp(api, named)) ?? (await lookUp(api, named));
  if (image !== undefined) return image.ref;
  const why = `could not find image "${ref}"`;
  throw new CommandError(`failed to fetch an image or build from source: ${why}`);
}

async function lookUp(api: FlyApi, { app, organization, ref }: LookUp): Promise<FoundImage | undefined> {
  await api.uiex('GET', `organizations/${organization}`);
  err('==> Building image');
  const started = performance.now();
  const build = await api.uiex('POST', 'builds', {
    app_name: app,
    builder_type: 'depot.dev',
    strategies_available: ['Local Image Reference', 'Remote Image Reference'],
  });
  err(`Searching for image '${ref}' remotely...`);
  const data = await api.graphql({ query: imageQuery, variables: { appName: app, imageRef: ref } });
  const image: FoundImage | undefined = data.app?.image ?? undefined;
  if (image !== undefined) err(`image found: ${image.id}`);
  const { id } = build.status === 200 ? JSON.parse(build.text) : { id: 0 };
  const ms = Math.round(performance.now() - started);
  await api.uiex('POST', 'builds/finish', finished({ app, id, image, ms }));
  return image;
}

interface BuildEnd {
  readonly app: string;
  readonly id: number;
  readonly image: FoundImage | undefined;
  readonly ms: number;
}

function finished({ app, id, image, ms }: BuildEnd) {
  return {
    build_id: id,
    app_name: app,
    machine_id: '',
    status: image ? 'completed' : 'failed',
    strategies_attempted: attempts(image !== undefined),
    builder_meta: noBuilder,
    final_image: {
      id: image?.id ?? '',
      size_bytes: Number(image?.compressedSize ?? 0),
      tag: image?.ref ?? '',
    },
    timings: { ...noTimings, build_and_push_ms: ms, build_ms: ms },
    logs: image ? '' : 'no strategies resulted in an image',
  };
}

function attempts(found: boolean) {
  const note = found ? '' : 'no image found and no error occurred';
  const result = found ? 'success' : 'failed';
  return [
    {
      error: '',
      note: 'local docker daemon not available, skipping',
      result: 'failed',
      strategy: 'Local Image Reference',
    },
    { error: '', note, result, strategy: 'Remote Image Reference' },
  ];
}

const noBuilder = {
  builder_type: '',
  buildkit_enabled: false,
  docker_version: '',
  platform: '',
  remote_app_name: '',
  remote_machine_id: '',
};

/** -1: did not happen. */
const noTimings = { builder_init_ms: -1, context_build_ms: -1, image_build_ms: -1, push_ms: -1 };
