import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConfigScope, configFiles, notInForceWarning, parseConfigFile } from '../api/config-file.ts';
import { differentSettings, settingsInForce } from '../api/settings.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';

/** What is held against the files. */
export interface InForce {
  readonly instance: WireServiceInstance;
  readonly scope: ConfigScope;
  /** Wall clock, milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What the configuration files in a folder say and is not in force, a sentence for each file: Railway does not read them any
 * more. A service may name another file of its own.
 */
export async function configWarnings(
  folder: string,
  { instance, scope, now }: InForce,
): Promise<readonly string[]> {
  const { railwayConfigFile } = instance;
  const files = new Set([...configFiles, ...(railwayConfigFile === undefined ? [] : [railwayConfigFile])]);
  const warnings = await Promise.all(
    [...files].map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const parsed = await parseConfigFile(file, text, scope);
      if (parsed.kind !== 'value') return parsed.problem;
      return notInForceWarning(file, differentSettings(parsed.value, settingsInForce(instance)), now);
    }),
  );
  return warnings.filter((sentence) => sentence !== undefined);
}
