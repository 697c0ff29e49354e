type Json = Record<string, unknown>;

/** flyctl decodes what the API sent into Go structs and prints those: known fields only, in the struct's order. */
export function machineAsGoPrints(machine: Json): Json {
  const picked = pick(machine, [
    [
      'id',
      'name',
      'state',
      'region',
      'image_ref',
      'instance_id',
      'version',
      'private_ip',
      'created_at',
      'updated_at',
    ],
    ['config', 'events', 'checks', 'nonce', 'host_status', 'cordoned'],
  ]);
  if (Array.isArray(picked.events)) picked.events = picked.events.map(eventAsGoPrints);
  if (isRecord(picked.image_ref)) picked.image_ref = withoutEmpty(picked.image_ref);
  if (isRecord(picked.config)) picked.config = configAsGoPrints(picked.config);
  return picked;
}

function configAsGoPrints(config: Json): Json {
  const printed = pick(config, [
    [
      'env',
      'init',
      'guest',
      'metadata',
      'schedule',
      'mounts',
      'services',
      'metrics',
      'checks',
      'statics',
      'files',
    ],
    ['image', 'auto_destroy', 'restart', 'stop_config', 'dns', 'standbys', 'processes'],
  ]);
  if (Array.isArray(printed.services)) {
    printed.services = printed.services.map((service) => ({ ...service, force_instance_key: null }));
  }
  return { ...printed, init: printed.init ?? {} };
}

function eventAsGoPrints(event: Json): Json {
  const printed = pick(event, [['type', 'status', 'request', 'source', 'timestamp']]);
  if (!isRecord(printed.request)) return printed;
  const request = withoutEmpty(printed.request);
  if (isRecord(request.exit_event)) request.exit_event = withoutEmpty(request.exit_event);
  return { ...printed, request };
}

/** `omitempty`: false, zero, the empty string and null are left out. */
function withoutEmpty(record: Json): Json {
  const empty = [false, 0, '', null, undefined];
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => !empty.includes(value as never) && !isEmptyRecord(value)),
  );
}

function isEmptyRecord(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0;
}

function pick(record: Json, names: readonly (readonly string[])[]): Json {
  const known = names.flat().filter((name) => record[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, record[name]]));
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
