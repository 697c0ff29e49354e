/** Whether a host name is claimed by `api.fly.io` exactly, or by `*.fly.dev` with one label or more before it. */
export function claims(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/** `API.fly.io:443` → `{ host: 'api.fly.io', port: 443 }`. */
export function parseAuthority(authority: string): { host: string; port: number | undefined } {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(authority.toLowerCase()) ?? [];
  return { host, port: port === undefined ? undefined : Number(port) };
}
