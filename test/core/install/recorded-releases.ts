/**
 * What others have written down of flyctl's releases: the names and checksums of assets that were there to be
 * downloaded. Read in November 2026; nothing here was made up, and what no source lists is not here.
 */
export interface RecordedAsset {
  readonly version: string;
  readonly asset: string;
  /** Lower-case hex, as the source has it. */
  readonly sha256: string;
}

export interface RecordedListing {
  /** Repository, commit and file. */
  readonly source: string;
  readonly assets: readonly RecordedAsset[];
}

const listed = (version: string, assets: Readonly<Record<string, string>>): readonly RecordedAsset[] =>
  Object.entries(assets).map(([asset, sha256]) => ({ version, asset, sha256 }));

export const recordedListings: readonly RecordedListing[] = [
  {
    source: 'superfly/homebrew-tap 7eaeb6d Formula/flyctl.rb',
    assets: listed('0.2.72', {
      'flyctl_0.2.72_macOS_x86_64.tar.gz': '8c8340f88eaf0e5c68bac87e31ed01e42114fcae81c2300525f7a65c363bc72c',
      'flyctl_0.2.72_macOS_arm64.tar.gz': '6dd76f1752c4dd7c74991a66b71ada5a19f74a40c3921f186908f03f7df6783e',
      'flyctl_0.2.72_Linux_x86_64.tar.gz': '8b8076c3eb5fa1ff8c7e5028c1b8a21f739aeaa492e912c6e9ac5ea1f89301e8',
      'flyctl_0.2.72_Linux_arm64.tar.gz': '42f33bbba76f4601a250b0d6875acc6bd23bfe8efb00b22ebf1bd5f712202149',
    }),
  },
  {
    source: 'ScoopInstaller/Main 00100e7 bucket/flyctl.json',
    assets: listed('0.3.229', {
      'flyctl_0.3.229_Windows_x86_64.zip': '9c6306711f72d6204841a3d4d4fc1161f424b9482e39023a85d68101328d6373',
      'flyctl_0.3.229_Windows_arm64.zip': '87105b14cdd007a5cb50a9fe33ec9e858ddd235c98a15e300fc1457525bf9a00',
    }),
  },
  {
    source: 'microsoft/winget-pkgs 778cb0d manifests/f/Fly-io/flyctl/0.4.85/Fly-io.flyctl.installer.yaml',
    assets: listed('0.4.85', {
      'flyctl_0.4.85_Windows_x86_64.zip': '2bfd222c4ebd3af3393d3799cd2bfd38f2caa1c283b689c0fea8a4d455f89e9c',
      'flyctl_0.4.85_Windows_arm64.zip': '1716d5f42af82bc658c19bb6a1b5b45982ec1e31891df761deeba5fcaf1f7c40',
    }),
  },
  {
    source: 'Dj-Shortcut/leaderbot-facebook 620c90f docs/operations/production-deployments.md',
    assets: listed('0.4.85', {
      'flyctl_0.4.85_Linux_x86_64.tar.gz': 'c3b5ed05319adf8a265d68171758ea7b37bd340c5c3dc4e09e17fb6344b8ff90',
    }),
  },
];

/**
 * The archives that flyctl's own build makes (superfly/flyctl 1f6e52f, `.goreleaser.2.yml`): for each system and
 * architecture one name, one kind, no folder inside, and these files.
 */
export const builtArchives = [
  { system: 'linux-x64', name: 'Linux_x86_64', kind: 'tar.gz', files: ['flyctl'] },
  { system: 'linux-arm64', name: 'Linux_arm64', kind: 'tar.gz', files: ['flyctl'] },
  { system: 'macos-x64', name: 'macOS_x86_64', kind: 'tar.gz', files: ['flyctl'] },
  { system: 'macos-arm64', name: 'macOS_arm64', kind: 'tar.gz', files: ['flyctl'] },
  { system: 'windows-x64', name: 'Windows_x86_64', kind: 'zip', files: ['flyctl.exe', 'wintun.dll'] },
  { system: 'windows-arm64', name: 'Windows_arm64', kind: 'zip', files: ['flyctl.exe', 'wintun.dll'] },
] as const;
