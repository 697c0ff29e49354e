import { anything, decoded, dictionary } from '../../../text/decode.ts';
import { type Parsed, problem, shown, value } from '../../../text/parsed.ts';
import { type DifferentSetting, type Settings, settingsIn, settingText } from './settings.ts';

/** The files that Railway read until the cutoff. */
export const configFiles = ['railway.json', 'railway.toml'] as const;

/** From this day on Railway reads them no more. Source: docs.railway.com/config-as-code/reference. Milliseconds since the epoch. */
export const configFileCutoff = Date.UTC(2026, 11, 1);

/** Which environment a file is read for: it may have settings of its own, and others for every pull request. */
export interface ConfigScope {
  readonly environment: string;
  readonly isPullRequest: boolean;
}

/** Reads such a file; what it says for the environment is laid over what it says for all. */
export async function parseConfigFile(
  file: string,
  text: string,
  { environment, isPullRequest }: ConfigScope,
): Promise<Parsed<Settings>> {
  let config: Group;
  try {
    config = groupIn(file.endsWith('.toml') ? (await import('smol-toml')).parse(text) : JSON.parse(text));
  } catch (error) {
    return problem(`${shown(file)} cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
  const own = groupIn(config.environments);
  const layers = [config, ...(isPullRequest ? [groupIn(own.pr)] : []), groupIn(own[environment])];
  const all = layers.map((layer) =>
    settingsIn({ build: groupIn(layer.build), deploy: groupIn(layer.deploy) }),
  );
  return value(Object.assign({}, ...all));
}

type Group = Readonly<Record<string, unknown>>;

function groupIn(found: unknown): Group {
  return decoded(dictionary(anything), found) ?? {};
}

/** What to say of a file whose values are not in force, naming each; undefined where all are. */
export function notInForceWarning(
  file: string,
  different: readonly DifferentSetting[],
  now: number,
): string | undefined {
  if (different.length === 0) return undefined;
  const each = different.map(
    ({ name, wanted, inForce }) =>
      `${name} is ${settingText(wanted)} there, and ${settingText(inForce)} is in force`,
  );
  const why =
    now < configFileCutoff
      ? `From 2026-12-01 on Railway does not read ${file}`
      : `Railway has not read ${file} since 2026-12-01`;
  return `${why}: ${each.join('; ')}. Set them in the service’s settings, or in .railway/railway.ts.`;
}
