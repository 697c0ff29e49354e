import type { AppConfig } from './config-file.ts';

type Json = Record<string, unknown>;

/** The services of fly.toml as the Machines API has them. */
export function services(config: AppConfig): Json[] {
  const list = (config.services ?? []).map(tcpService);
  return config.http_service === undefined ? list : [httpService(config.http_service), ...list];
}

function httpService(service: NonNullable<AppConfig['http_service']>): Json {
  const { force_https: forceHttps, concurrency, checks } = service;
  return {
    protocol: 'tcp',
    internal_port: service.internal_port,
    ...scaling(service),
    ports: [
      { port: 80, handlers: ['http'], ...(forceHttps === true ? { force_https: true } : {}) },
      { port: 443, handlers: ['http', 'tls'] },
    ],
    ...(checks === undefined ? {} : { checks: checks.map((check) => machineCheck('http', check)) }),
    ...(concurrency === undefined ? {} : { concurrency }),
    force_instance_key: null,
  };
}

function tcpService(service: Json): Json {
  const {
    protocol,
    internal_port,
    ports,
    concurrency,
    tcp_checks: tcp,
    http_checks: http,
  } = service as {
    [name: string]: unknown;
    tcp_checks?: Json[];
    http_checks?: Json[];
  };
  const checks = [
    ...(tcp ?? []).map((check) => machineCheck('tcp', check)),
    ...(http ?? []).map((check) => machineCheck('http', check)),
  ];
  return {
    protocol: protocol ?? 'tcp',
    internal_port,
    ...scaling(service),
    ports,
    ...(checks.length > 0 ? { checks } : {}),
    ...(concurrency === undefined ? {} : { concurrency }),
    force_instance_key: null,
  };
}

function scaling(service: Json): Json {
  const { auto_stop_machines: stop, auto_start_machines: start, min_machines_running: least } = service;
  return {
    ...(stop === undefined ? {} : { autostop: stop === 'stop' ? true : stop === 'off' ? false : stop }),
    ...(start === undefined ? {} : { autostart: start }),
    ...(least === undefined ? {} : { min_machines_running: least }),
  };
}

function machineCheck(type: 'http' | 'tcp', { headers, ...check }: Json): Json {
  const listed = Object.entries(Object(headers)).map(([name, value]) => ({ name, values: [value] }));
  return { type, ...check, ...(listed.length > 0 ? { headers: listed } : {}) };
}
