import type { System, ToolSpec } from '../../install/tool.ts';
import type { HttpAnswer } from '../../io/http.ts';

const releases = 'https://github.com/superfly/flyctl/releases';

const builds: Readonly<Record<System, string>> = {
  'linux-x64': 'Linux_x86_64.tar.gz',
  'linux-arm64': 'Linux_arm64.tar.gz',
  'macos-x64': 'macOS_x86_64.tar.gz',
  'macos-arm64': 'macOS_arm64.tar.gz',
  'windows-x64': 'Windows_x86_64.zip',
  'windows-arm64': 'Windows_arm64.zip',
};

/** The newest version with a checksum that someone other than the release itself has published. */
export const defaultFlyctlVersion = '0.4.85';

/** Fly.io's command line tool, as its releases on GitHub publish it. */
export const flyctl: ToolSpec = {
  name: 'flyctl',
  inputs: { version: 'flyctl-version', sha256: 'flyctl-sha256' },
  defaultVersion: defaultFlyctlVersion,
  asset: (version, system) => `flyctl_${version}_${builds[system]}`,
  releaseUrl: (version, file) => `${releases}/download/v${version}/${file}`,
  // Releases up to 0.2.80 have the second name.
  checksumFiles: (version) => [`flyctl_${version}_checksums.txt`, 'checksums.txt'],
  publishedChecksums: [
    {
      version: '0.4.85',
      asset: 'flyctl_0.4.85_Linux_x86_64.tar.gz',
      sha256: 'c3b5ed05319adf8a265d68171758ea7b37bd340c5c3dc4e09e17fb6344b8ff90',
      source: 'Dj-Shortcut/leaderbot-facebook 620c90f docs/operations/production-deployments.md',
    },
    {
      version: '0.4.85',
      asset: 'flyctl_0.4.85_Windows_x86_64.zip',
      sha256: '2bfd222c4ebd3af3393d3799cd2bfd38f2caa1c283b689c0fea8a4d455f89e9c',
      source: 'microsoft/winget-pkgs 778cb0d manifests/f/Fly-io/flyctl/0.4.85/Fly-io.flyctl.installer.yaml',
    },
    {
      version: '0.4.85',
      asset: 'flyctl_0.4.85_Windows_arm64.zip',
      sha256: '1716d5f42af82bc658c19bb6a1b5b45982ec1e31891df761deeba5fcaf1f7c40',
      source: 'microsoft/winget-pkgs 778cb0d manifests/f/Fly-io/flyctl/0.4.85/Fly-io.flyctl.installer.yaml',
    },
  ],
  // GitHub first: the archive comes from there anyway, and Fly's resolver has been down for whole afternoons.
  latest: [
    { method: 'HEAD', url: `${releases}/latest`, read: versionOfTag },
    {
      method: 'GET',
      url: 'https://api.fly.io/app/flyctl_releases/linux/amd64/latest',
      headers: { accept: 'application/json' },
      read: versionOfResolver,
    },
  ],
  versionArgs: ['version'],
  // `2026.8.7-pr5049.5`: builds outside a release are named by their day.
  isDevelopmentBuild: (version) => /^\d{4}\./.test(version),
};

/** `…/releases/latest` redirects to `…/releases/tag/v0.4.87`. */
function versionOfTag({ headers }: HttpAnswer): string | undefined {
  return /\/tag\/v([^/]+)$/.exec(headers.location ?? '')?.[1];
}

function versionOfResolver({ status, text }: HttpAnswer): string | undefined {
  return status === 200 ? /"version"\s*:\s*"v?([^"]+)"/.exec(text)?.[1] : undefined;
}
