/** Whether a host is one of Fly's own, before which no edge stands: what it answers is the app's doing. */
export function isFlyHost(host: string): boolean {
  return /\.fly\.dev\.?$/i.test(host);
}
