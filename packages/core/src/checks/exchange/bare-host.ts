/** A host as it is connected to: an IPv6 address without the brackets that a URL puts around it. */
export function bareHost(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
