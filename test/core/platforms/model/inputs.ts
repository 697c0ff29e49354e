/** The input by which an action knows a project of the model; plain data. */
export interface ModelGiven {
  readonly modelProject?: string | undefined;
}

/** Whether inputs name a project of the model. */
export function namesModel({ modelProject }: ModelGiven): boolean {
  return modelProject !== undefined;
}

/** What a rollback may be asked to go back to by a word of the model's. */
export const modelReleaseNames = {
  pattern: /^(?:dpl_\d+|https:\/\/dpl-\d+\.model\.test)$/,
  legal: 'a deployment such as dpl_7, or its address',
};
