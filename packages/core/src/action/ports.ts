import type { CheckPort } from '../checks/cage/caged-checks.ts';
import type { IoPorts } from '../runner/io-ports.ts';

/** Every port of an action to the outside: what `run(ports)` receives, and what tests replace. */
export interface Ports extends IoPorts {
  readonly checks: CheckPort;
}
