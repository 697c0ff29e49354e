/** A deployment as GitHub lists it, before anything is known of its statuses. */
export interface DeploymentRow {
  readonly id: string;
  readonly task: string;
  readonly created: string;
  readonly payload: unknown;
}

export interface StatusRow {
  readonly description: string | null;
  /** As REST writes it: `in_progress`. */
  readonly state: string;
  readonly created: string;
}
