/**
 * Is given what an operator should know and a caller must not. It never gets a key or a secret.
 *
 * @param message the same words for the same thing, ids and numbers aside
 * @param details fields of the line; its level is `error` where there is an error, and `warn` otherwise, unless it says another
 */
export type Log = (message: string, error?: unknown, details?: LogDetails) => void;

/** What a line of the log carries beside its message. */
export type LogDetails = { level?: LogLevel } & Readonly<Record<string, string | number | boolean | null>>;

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];
