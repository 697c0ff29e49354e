import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';

/** The part of an action.yml that decides how it runs. */
export interface Manifest {
  readonly folder: string;
  readonly main: string;
  readonly pre?: string;
  readonly post?: string;
  readonly postIf: string;
  /** By name as written. */
  readonly inputs: ReadonlyMap<string, InputDeclaration>;
}

export interface InputDeclaration {
  /** A template; `''` when the action gives none: absent and empty look the same to it. */
  readonly default: string;
  readonly deprecationMessage?: string;
}

/** Reads a JavaScript action's manifest. Fails, as the step will, when there is none or it runs otherwise. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = ['action.yml', 'action.yaml'].map((name) => path.join(folder, name)).find(existsSync);
  if (file === undefined) {
    throw new Error(
      `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. Did you forget to run actions/checkout before running your local action?`,
    );
  }
  const manifest = record(parse(await readFile(file, 'utf8')));
  const runs = record(manifest.runs);
  if (runs.using !== 'node24') {
    throw new Error(`'${file}' runs by '${text(runs.using)}': only node24 actions can be run here.`);
  }
  if (runs.main === undefined)
    throw new Error(
      `You are using a JavaScript Action but there is not an entry JavaScript file provided in '${file}'.`,
    );
  return {
    folder,
    main: path.join(folder, text(runs.main)),
    ...(runs.pre === undefined ? {} : { pre: path.join(folder, text(runs.pre)) }),
    ...(runs.post === undefined ? {} : { post: path.join(folder, text(runs.post)) }),
    postIf: text(runs['post-if'] ?? 'always()'),
    inputs: new Map(
      Object.entries(record(manifest.inputs)).map(([name, input]) => [name, declaration(input)]),
    ),
  };
}

function declaration(input: unknown): InputDeclaration {
  const { default: value, deprecationMessage } = record(input);
  return {
    default: text(value),
    ...(deprecationMessage === undefined ? {} : { deprecationMessage: text(deprecationMessage) }),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
