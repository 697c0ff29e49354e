/** What programs commonly cannot do without. Tokens and inputs of the step are not among it. */
const passedOn: readonly string[] = [
  ...['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'CI'],
  ...['SYSTEMROOT', 'COMSPEC', 'PATHEXT', 'TEMP', 'TMP', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'],
  ...['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'],
];

/** The whole environment of a program: the few names above, whatever their case, and what the check sets. */
export function programEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && passedOn.includes(name.toUpperCase()) ? [[name, value] as const] : [],
  );
  return { ...Object.fromEntries(kept), ...own };
}
