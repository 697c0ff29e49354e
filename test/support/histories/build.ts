/** A process group: requests start a machine of `web` that rests, and nothing starts one of `worker`. */
export type Group = 'web' | 'worker';

/** What can be deployed: a commit, the image that came of it, and how the two behave. */
export interface Build {
  readonly commit: string;
  /** Few, so that equal ones are common: what differs then is the configuration. */
  readonly image: Image;
  readonly quality: Quality;
  readonly hasWorker: boolean;
}

/** A hexadecimal digit, of which its digest is made. */
export type Image = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | '0';

export type Quality =
  | 'good'
  /** It answers its checks wrongly. */
  | 'fails-checks'
  /** Its workers end by themselves as they start; its checks, which ask `web`, pass. */
  | 'worker-ends'
  /** The first machine that gets it does not come up. */
  | 'does-not-start'
  /** Its workers end once it has settled. */
  | 'worker-ends-late';

/** Not a name anybody can move. */
export function digest(image: string): string {
  return `sha256:${image.repeat(64)}`;
}

export function describeBuild({ commit, image, quality, hasWorker }: Build): string {
  return `${commit} (image ${image}, ${quality}${hasWorker ? '' : ', no worker'})`;
}
