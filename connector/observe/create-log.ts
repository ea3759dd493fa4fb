import type { Log, LogLevel } from '../log.ts';
import { presentFields } from './trace.ts';

/** How the log is written. */
export interface LogOptions {
  /** A line for people, or one of JSON with everything that is known. */
  form: 'text' | 'json';
  /** What is less than that is left out. */
  level: LogLevel;
  /** Where lines go. */
  output: { write(line: string): unknown };
}

/** Makes the log of a process. Its lines name errors and the errors behind them, and nothing else that hangs on an error. */
export async function createLog({ form, level, output }: LogOptions): Promise<Log> {
  const least = levels[level];
  if (form === 'text') {
    return (message, error, details) => {
      if (levels[levelOf(error, details)] < least) return;
      output.write(`${error === undefined ? message : `${message}: ${textOf(error)}`}\n`);
    };
  }
  const { pino, stdTimeFunctions } = await import('pino');
  const logger = pino(
    {
      level,
      base: { event: 'log' },
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretPaths, censor: '(secret)' },
    },
    output,
  );
  return (message, error, details = {}) => {
    const { level: _, ...more } = details;
    const described = error === undefined ? {} : { error: describe(error) };
    logger[levelOf(error, details)]({ ...presentFields(), ...more, ...described }, message);
  };
}

/** The order of the levels; pino has the same numbers. */
const levels: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

function levelOf(error: unknown, details: { level?: LogLevel } = {}): LogLevel {
  return details.level ?? (error === undefined ? 'warn' : 'error');
}

/** Fields that hold secrets wherever they are called so. Nothing logs them; should something do so one day, they do not show. */
const secretNames = [
  'apiKey',
  'api_key',
  'gemApiKey',
  'gem_api_key',
  'applicationSecret',
  'application_secret',
  'secret',
  'password',
  'token',
  'authorization',
  'encryptionKey',
  'databaseUrl',
  'connectionString',
  '["x-api-key"]',
  '["x-application-secret"]',
];
const secretPaths = secretNames.flatMap((name) => {
  const below = name.startsWith('[') ? name : `.${name}`;
  return [name, `*${below}`, `*.*${below}`];
});

interface DescribedError {
  type: string;
  message: string;
  stack?: string | undefined;
  cause?: DescribedError;
}

/** An error of a library may carry a whole request, key included: only these fields of it are told. */
function describe(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: textOf(error) };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message,
    ...(depth === 0 && { stack }),
    ...(cause !== undefined && depth < deepest && { cause: describe(cause, depth + 1) }),
  };
}

const deepest = 4;

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
