/** A mark that cannot be what somebody asked for; the message says what to do. */
export class MarkProblem extends Error {}
