/** A value that only the run could show to be unusable. */
export class BindProblem extends Error {}
