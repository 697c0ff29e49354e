/** How the hosts of a check are found. */
export interface HostLookup {
  /** `any` races both families, `both` runs the check once for each. */
  readonly ip: '4' | '6' | 'any' | 'both';
  /** `host:port:address`, templates. */
  readonly resolve: readonly string[];
  /** `host1:port1:host2:port2`, templates. */
  readonly connectTo: readonly string[];
}
