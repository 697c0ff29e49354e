/** What becomes of the next deployment of a service, where its own content does not decide it. */
export type Fate =
  /** SKIPPED, with `meta.skippedReason`: watch paths untouched, or a check suite that failed. */
  | { readonly kind: 'skipped'; readonly reason?: string }
  /** WAITING for CI, until it is let go or given up. */
  | { readonly kind: 'waits-for-ci'; readonly ends?: 'skipped' | 'goes-on'; readonly afterMs?: number }
  /** NEEDS_APPROVAL, until `deploymentApprove`. */
  | { readonly kind: 'needs-approval' }
  /** QUEUED for so long, as at peak hours and while deploys are paused. */
  | { readonly kind: 'queued'; readonly ms: number }
  /** The build fails with this last line. */
  | { readonly kind: 'build-fails'; readonly says?: string }
  | { readonly kind: 'build-takes'; readonly ms: number }
  /** FAILED before there is a container or a line of log, with `meta.configErrors`. */
  | { readonly kind: 'misconfigured'; readonly errors: readonly string[] }
  /** Somebody else deploys the service while this one is on its way, which so ends REMOVED. */
  | { readonly kind: 'overtaken'; readonly afterMs?: number }
  /** Of an image: `meta.imageDigest` is told so long after it is SUCCESS. */
  | { readonly kind: 'tells-digest-late'; readonly ms: number }
  /** SLEEPING as soon as it has been SUCCESS. */
  | { readonly kind: 'sleeps' }
  /** `canRollback` stays false, as for an image that was not kept. */
  | { readonly kind: 'is-not-kept' };
