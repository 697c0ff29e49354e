export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** A remark the run's page shows, at a place in a file when it names one. */
export interface Annotation extends Place {
  readonly level: AnnotationLevel;
  readonly message: string;
}

export interface Place {
  readonly title?: string;
  /** Relative to the workspace, when it lies inside. */
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}
