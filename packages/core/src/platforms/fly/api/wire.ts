import {
  anything,
  type Decoder,
  dictionary,
  flag,
  list,
  number,
  object,
  optional,
  text,
} from '../../../text/decode.ts';

/** What Fly's APIs answer, as far as we read it. Shapes: flyctl's GraphQL schema and the Machines API. */

export interface WireRelease {
  readonly id: string;
  readonly version: number;
  /** flyctl writes `running`, `complete`, `failed`, `interrupted`; what the server sets first is not established. */
  readonly status: string;
  readonly imageRef: string | undefined;
  readonly createdAt: string;
  readonly description: string | undefined;
  readonly user: { readonly email: string | undefined } | undefined;
}

const releaseShape = {
  id: text,
  version: number,
  status: text,
  imageRef: optional(text),
  createdAt: text,
  description: optional(text),
  user: optional(object({ email: optional(text) })),
};

const release: Decoder<WireRelease> = object(releaseShape);

export const appAnswer = object({
  app: optional(
    object({
      name: text,
      hostname: optional(text),
      createdAt: optional(text),
      organization: optional(object({ slug: text })),
      releases: object({ nodes: list(release) }),
    }),
  ),
});

export const appList = object({ apps: list(object({ name: text })) });

export interface ReleasePage<T> {
  readonly app:
    | {
        readonly releases: {
          readonly nodes: readonly T[];
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | undefined };
        };
      }
    | undefined;
}

function pageOf<T>(node: Decoder<T>): Decoder<ReleasePage<T>> {
  const pageInfo = object({ hasNextPage: flag, endCursor: optional(text) });
  return object({ app: optional(object({ releases: object({ nodes: list(node), pageInfo }) })) });
}

export const releasePage = pageOf(release);
export const storedReleasePage = pageOf(object({ ...releaseShape, configDefinition: anything }));

export const imageAnswer = object({
  app: optional(object({ image: optional(object({ digest: text, ref: text })) })),
});

export interface WireExit {
  readonly exit_code: number | undefined;
  readonly requested_stop: boolean | undefined;
  readonly restarting: boolean | undefined;
  readonly oom_killed: boolean | undefined;
  readonly signal: number | undefined;
}

const exit: Decoder<WireExit> = object({
  exit_code: optional(number),
  requested_stop: optional(flag),
  restarting: optional(flag),
  oom_killed: optional(flag),
  signal: optional(number),
});

const event = object({
  type: text,
  status: optional(text),
  /** Milliseconds since the epoch. */
  timestamp: number,
  request: optional(
    object({
      restart_count: optional(number),
      exit_event: optional(exit),
      // Some answers wrap it once more.
      MonitorEvent: optional(object({ exit_event: optional(exit) })),
    }),
  ),
});
export type WireEvent = ReturnType<typeof event>;

const guest = object({ cpu_kind: optional(text), cpus: optional(number), memory_mb: optional(number) });
export type WireGuest = ReturnType<typeof guest>;

const config = object({
  metadata: optional(dictionary(text)),
  services: optional(
    list(
      object({
        protocol: optional(text),
        checks: optional(list(anything)),
        autostart: optional(flag),
        /** `off`, `stop`, `suspend`; a flag in older configurations. */
        autostop: optional(anything),
        /** One, or a range. */
        ports: optional(
          list(object({ port: optional(number), start_port: optional(number), end_port: optional(number) })),
        ),
      }),
    ),
  ),
  /** It starts when one of these is lost, and never for a request. */
  standbys: optional(list(text)),
  /** How often Fly starts it, and lets it end: `hourly`. */
  schedule: optional(text),
  checks: optional(dictionary(anything)),
  guest: optional(guest),
  mounts: optional(list(object({ name: optional(text), path: optional(text) }))),
});

export const machine = object({
  id: text,
  state: text,
  region: optional(text),
  instance_id: optional(text),
  image_ref: optional(
    object({
      registry: optional(text),
      repository: optional(text),
      tag: optional(text),
      digest: optional(text),
      labels: optional(dictionary(text)),
    }),
  ),
  config: optional(config),
  /** In place of `config` while the host is not ok. */
  incomplete_config: optional(config),
  events: optional(list(event)),
  checks: optional(
    list(object({ name: text, status: text, output: optional(text), updated_at: optional(text) })),
  ),
  host_status: optional(text),
  /** Takes no traffic: a green machine before the switch, a blue one after it. */
  cordoned: optional(flag),
  created_at: optional(text),
  updated_at: optional(text),
});
export type WireMachine = ReturnType<typeof machine>;

export const machineList = list(machine);

/** Of one that was just made only its name is needed. */
export const madeMachine = object({ id: text });

/** Passed on as it came: a copy of a machine leaves nothing out. */
export const machineConfig = object({ config: anything });

const lease = object({ nonce: text, owner: optional(text) });
export type WireLease = ReturnType<typeof lease>;
export const leaseAnswer = object({ data: lease });

export const logPage = object({
  data: list(
    object({
      attributes: object({ timestamp: text, message: text, instance: optional(text), level: optional(text) }),
    }),
  ),
});

/** `{"id","version","image_ref"}`: printed by `flyctl deploy` on success when `FLY_EMIT_RELEASE_JSON` is set. */
export const emittedRelease = object({ id: text, version: number, image_ref: text });
