/** Is given what an operator should know and a caller must not. It never gets a key or a secret. */
export type Log = (message: string, error?: unknown) => void;
