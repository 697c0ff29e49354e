/**
 * Judging an answer takes more time or memory than it may. Whatever the check asks, the answer is what makes it long:
 * a failure of the service.
 */
export class ResourceLimit extends Error {}

/** How long one step of judging may take, milliseconds: less than what the process is ended for. */
export const mostJudgingMs = 2000;
