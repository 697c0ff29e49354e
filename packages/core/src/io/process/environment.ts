/** Variables of a process, as Node gives them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What programs commonly cannot do without: where things are, whom TLS trusts, how the network is reached, and what a
 * runner finds left-over processes by. No credential of the job is among it.
 */
export const commonVariables: readonly string[] = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'CI', 'RUNNER_TRACKING_ID'],
  ...['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'TEMP', 'TMP'],
  ...['USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES'],
  ...['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'],
];

/**
 * Of an environment, the variables that are named in capitals, since Windows writes `Path` and proxies are written both
 * ways, and those that are `also` meant. A child process gets what comes of this, and nothing else of the job's.
 */
export function namedVariables(
  env: Variables,
  names: readonly string[],
  also: (name: string) => boolean = () => false,
): Record<string, string> {
  const isNamed = (name: string) => names.includes(name.toUpperCase()) || also(name);
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && isNamed(name) ? [[name, value] as const] : [],
    ),
  );
}
