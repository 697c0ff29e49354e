import type { FlyApi } from './api.ts';
import type { ImageRequest } from './build.ts';
import { CommandError } from './errors.ts';

export async function buildImage(_api: FlyApi, _wanted: ImageRequest): Promise<string> {
  throw new CommandError(
    'failed to fetch an image or build from source: this stand-in builds nothing; pass --image',
  );
}
