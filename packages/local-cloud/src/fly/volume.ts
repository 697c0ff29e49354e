import { createHash } from 'node:crypto';
import type { CloudClock } from '../clock.ts';
import type { Ids } from './ids.ts';

export interface VolumeRequest {
  readonly name: string;
  readonly region: string;
  readonly sizeGb: number;
  readonly snapshotRetention?: number;
}

/** A disk in one region. It holds one machine at a time, and outlives it. */
export interface Volume {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly zone: string;
  readonly sizeGb: number;
  readonly snapshotRetention: number;
  readonly createdAt: string;
  readonly snapshots: Snapshot[];
  state: 'created' | 'pending_destroy';
  attachedMachine: string | null;
}

export interface Snapshot {
  readonly id: string;
  readonly digest: string;
  readonly askedAtMs: number;
  /** Infinity: it never finishes. */
  readonly takesMs: number;
}

export function newVolume(
  wanted: VolumeRequest,
  doors: { readonly clock: CloudClock; readonly ids: Ids },
): Volume {
  const { snapshotRetention = 5, ...rest } = wanted;
  return {
    ...rest,
    id: doors.ids.volume(),
    zone: 'a1b2',
    snapshotRetention,
    createdAt: new Date(doors.clock.now()).toISOString(),
    snapshots: [],
    state: 'created',
    attachedMachine: null,
  };
}

export function volumeJson(volume: Volume, hostStatus: 'ok' | 'unreachable' = 'ok') {
  return {
    id: volume.id,
    name: volume.name,
    state: volume.state,
    size_gb: volume.sizeGb,
    region: volume.region,
    zone: volume.zone,
    encrypted: true,
    ...(volume.attachedMachine === null ? {} : { attached_machine_id: volume.attachedMachine }),
    created_at: volume.createdAt,
    snapshot_retention: volume.snapshotRetention,
    auto_backup_enabled: true,
    fstype: 'ext4',
    host_status: hostStatus,
  };
}

/** Asked for and answered at once; taken later. Until its turn comes a snapshot is listed without an id. */
export function takeSnapshot(
  volume: Volume,
  how: { readonly id: string; readonly nowMs: number; readonly takesMs: number },
): Snapshot {
  const { id, nowMs, takesMs } = how;
  const digest = createHash('sha256').update(id).digest('hex');
  const snapshot = { id, digest, askedAtMs: nowMs, takesMs };
  volume.snapshots.push(snapshot);
  return snapshot;
}

type SnapshotStatus = 'waiting' | 'running' | 'created';

const waitingMs = 200;

function snapshotStatus({ askedAtMs, takesMs }: Snapshot, nowMs: number): SnapshotStatus {
  const elapsedMs = nowMs - askedAtMs;
  if (elapsedMs >= takesMs) return 'created';
  return elapsedMs < Math.min(waitingMs, takesMs / 2) ? 'waiting' : 'running';
}

export function snapshotJson(snapshot: Snapshot, volume: Volume, nowMs: number) {
  const status = snapshotStatus(snapshot, nowMs);
  return {
    id: status === 'waiting' ? '' : snapshot.id,
    size: status === 'created' ? 20_480_000 : 0,
    volume_size: volume.sizeGb * 1024 ** 3,
    digest: status === 'created' ? snapshot.digest : '',
    created_at: new Date(snapshot.askedAtMs).toISOString(),
    status,
    retention_days: volume.snapshotRetention,
  };
}
