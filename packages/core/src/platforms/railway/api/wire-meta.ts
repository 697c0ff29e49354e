import {
  anything,
  type Decoder,
  decoded,
  dictionary,
  list,
  number,
  object,
  text,
} from '../../../text/decode.ts';

/**
 * `deployment.meta` is untyped JSON. Keys as they were seen in answers of the live API; each may be missing, and one that
 * cannot be read is missing.
 */
export interface DeploymentMeta {
  readonly repo: string | undefined;
  readonly branch: string | undefined;
  /** Of deployments from Git alone, in lower case: an upload has none. */
  readonly commitHash: string | undefined;
  /** Of an upload: what was given as its message. */
  readonly commitMessage: string | undefined;
  readonly commitAuthor: string | undefined;
  /** Of a service whose source is an image. */
  readonly image: string | undefined;
  /** `sha256:…`; absent until there is an image. */
  readonly imageDigest: string | undefined;
  /** Why it was made: `deploy`. What a rollback's says is not established. */
  readonly reason: string | undefined;
  readonly skippedReason: string | undefined;
  readonly configErrors: readonly string[];
  readonly rootDirectory: string | undefined;
  /** The configuration file it was made with; absent where none was read. */
  readonly configFile: string | undefined;
  /** What was in force for it, file and dashboard together. */
  readonly manifest: DeploymentManifest;
}

/** `serviceManifest`: the configuration in force for one deployment. */
export interface DeploymentManifest {
  readonly build: Readonly<Record<string, unknown>>;
  readonly deploy: Readonly<Record<string, unknown>>;
  /** Region → how many replicas. Empty where it is not told. */
  readonly regions: Readonly<Record<string, number>>;
}

const facts = dictionary(anything);
const factsIn = (value: unknown) => decoded(facts, value) ?? {};
const textIn = (value: unknown) => decoded(text, value);

/** Never throws. */
export const deploymentMeta: Decoder<DeploymentMeta> = (value) => {
  const meta = factsIn(value);
  return {
    repo: textIn(meta.repo),
    branch: textIn(meta.branch),
    commitHash: textIn(meta.commitHash)?.toLowerCase(),
    commitMessage: textIn(meta.commitMessage),
    commitAuthor: textIn(meta.commitAuthor),
    image: textIn(meta.image),
    imageDigest: textIn(meta.imageDigest),
    reason: textIn(meta.reason),
    skippedReason: textIn(meta.skippedReason),
    configErrors: textsIn(meta.configErrors),
    rootDirectory: textIn(meta.rootDirectory),
    configFile: textIn(meta.configFile),
    manifest: manifestIn(meta.serviceManifest),
  };
};

function manifestIn(value: unknown): DeploymentManifest {
  const manifest = factsIn(value);
  const deploy = factsIn(manifest.deploy);
  return { build: factsIn(manifest.build), deploy, regions: regionsIn(deploy.multiRegionConfig) };
}

const region = object({ numReplicas: number });

function regionsIn(value: unknown): Readonly<Record<string, number>> {
  const regions = Object.entries(factsIn(value)).flatMap(([name, config]) => {
    const replicas = decoded(region, config)?.numReplicas;
    return replicas === undefined ? [] : [[name, replicas] as const];
  });
  return Object.fromEntries(regions);
}

/** A list of texts, or of objects with a message, or one text. */
function textsIn(value: unknown): readonly string[] {
  const one = textIn(value);
  if (one !== undefined) return [one];
  const said = decoded(list(anything), value) ?? [];
  return said.flatMap((item) => textIn(item) ?? textIn(factsIn(item).message) ?? []);
}
