/** A release that the ledger knows as verified, by what its platform calls it. */
export interface KnownRelease {
  readonly sha: string;
  readonly id: string;
  readonly label: string;
  readonly digest: string;
}

/** What has been deployed and verified on one target, oldest first. */
export interface KnownTarget {
  readonly platform: string;
  readonly target: string;
  readonly service: string;
  readonly environment: string;
  readonly releases: readonly KnownRelease[];
}
