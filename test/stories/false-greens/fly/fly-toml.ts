const healthCheck = `
  [[http_service.checks]]
    interval = "1s"
    timeout = "2s"
    path = "/healthz"
`;

interface Choices {
  /** Default true: a check of `/healthz` each second. */
  readonly check?: boolean;
  readonly port?: number;
  /** Lines of `[http_service]`. */
  readonly service?: string;
  /** Further sections. */
  readonly rest?: string;
  readonly region?: string;
}

/** One HTTP service, as `fly launch` writes it. */
export function flyToml({
  check = true,
  port = 8080,
  service = '',
  rest = '',
  region = 'iad',
}: Choices = {}): string {
  const extra = service === '' ? '' : `  ${service}\n`;
  return `app = "shop"\nprimary_region = "${region}"\n${rest}\n[http_service]\n  internal_port = ${port}\n${extra}${check ? healthCheck : ''}`;
}

/** Beside the web machines a worker that no request reaches. */
export const withWorker = flyToml({
  service: 'processes = ["app"]',
  rest: '[processes]\n  app = ""\n  worker = "work"\n',
});
