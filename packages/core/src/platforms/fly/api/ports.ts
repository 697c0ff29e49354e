import { configOf } from '../machines/fleet.ts';
import type { WireMachine } from './wire.ts';

/** Ports that Fly's proxy listens on for a machine, both ends included. */
export interface PortRange {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** Any port at all. */
export const allPorts: readonly PortRange[] = ['tcp', 'udp'].map((protocol) => ({
  protocol,
  from: 0,
  to: 65_535,
}));

/** The ports of a machine's services. A service without any is reached from the private network alone. */
export function portsOf(machine: Pick<WireMachine, 'config' | 'incomplete_config'>): readonly PortRange[] {
  return (configOf(machine)?.services ?? []).flatMap(({ protocol = 'tcp', ports = [] }) =>
    ports.flatMap(({ port, start_port: start, end_port: end }) => {
      const from = port ?? start;
      return from === undefined ? [] : [{ protocol, from, to: port ?? end ?? from }];
    }),
  );
}

export function meet(some: readonly PortRange[], others: readonly PortRange[]): boolean {
  return some.some((one) =>
    others.some((other) => one.protocol === other.protocol && one.from <= other.to && other.from <= one.to),
  );
}

/** `port 80 and 443`, or nothing. */
export function describePorts(ranges: readonly PortRange[]): readonly string[] {
  const told = ranges.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
  return told.length === 0 ? [] : [`port ${[...new Set(told)].join(' and ')}`];
}
