/** Of anything. Thousands of checks have no tags, filters or variables; one list says so for all of them. */
export const none: readonly never[] = [];
