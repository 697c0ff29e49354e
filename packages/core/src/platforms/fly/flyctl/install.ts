import type { Ports } from '../../../action/ports.ts';
import { installTool } from '../../../install/install-tool.ts';
import type { InstalledTool } from '../../../install/tool.ts';
import { flyctl } from '../tool.ts';

/** Which flyctl is wanted, as the inputs say it. */
export interface FlyctlWanted {
  readonly flyctlVersion: string;
  readonly flyctlSha256: string | undefined;
}

/** Installs flyctl. Failures: `install-failed`, `checksum-mismatch`. */
export function installFlyctl(ports: Ports, wanted: FlyctlWanted): Promise<InstalledTool> {
  const sha256 = wanted.flyctlSha256 === undefined ? {} : { sha256: wanted.flyctlSha256 };
  return ports.runner.group('Install flyctl', async () => {
    const tool = await installTool(flyctl, ports, { version: wanted.flyctlVersion, ...sha256 });
    ports.runner.info(`flyctl ${tool.version} from ${tool.source}: ${tool.path}`);
    for (const note of tool.notes) ports.runner.info(note);
    return tool;
  });
}
