import { list, object, optional, text } from '../../../text/decode.ts';

/** What Fly answers about volumes and managed databases, as far as we read it. Shapes: the Machines API, and flyctl's source. */

const volume = object({
  id: text,
  name: text,
  state: text,
  region: text,
  attached_machine_id: optional(text),
});
export type WireVolume = ReturnType<typeof volume>;
export const volumeList = list(volume);

const snapshot = object({
  /** Empty, or absent, until its turn has come. */
  id: optional(text),
  /** `waiting`, `running`, `created`; what a failure is called is not established. */
  status: text,
  created_at: optional(text),
});
export type WireSnapshot = ReturnType<typeof snapshot>;
export const snapshotList = list(snapshot);

export const volumeAnswer = object({
  data: optional(object({ volume: optional(object({ app: optional(object({ name: text })) })) })),
});

const databaseMachine = object({
  id: text,
  state: text,
  config: optional(object({ mounts: optional(list(object({ volume: optional(text) }))) })),
  checks: optional(list(object({ name: text, status: text, output: optional(text) }))),
});
export type WireDatabaseMachine = ReturnType<typeof databaseMachine>;
export const databaseMachines = list(databaseMachine);

export const clusterAnswer = object({ data: object({ id: text }) });

const backup = object({
  id: optional(text),
  status: text,
  start: optional(text),
});
export type WireBackup = ReturnType<typeof backup>;
export const backupList = object({ data: list(backup) });
