import type { SyncState, SyncType } from '../store/queries/syncs.ts';
import type { SyncProgress } from '../sync/reading.ts';

/** What the command tells about itself, to a person or to the process that started it. */
export type Report =
  | {
      event: 'listening';
      url: string;
      apiUrl: string;
      /** Where its health and its metrics are asked for. */
      statusUrl: string;
    }
  /** A worker has begun to work. */
  | {
      event: 'working';
      database: 'embedded' | 'server';
      /** Where its health and its metrics are asked for; null where nowhere. */
      statusUrl: string | null;
    }
  | ({ event: 'progress' } & SyncProgress)
  | {
      event: 'ready';
      url: string;
      apiUrl: string;
      apiKey: string;
      /** Null when no Gem account is connected. */
      integrationId: string | null;
      /** Rows of each model. */
      counts: Readonly<Record<string, number>>;
    }
  /** A sync has ended that was done in the background. */
  | {
      event: 'synced';
      integrationId: string;
      syncId: string;
      type: SyncType;
      state: SyncState;
      problem: string | null;
    }
  | {
      event: 'failed';
      message: string;
      /** The port that was in use, where that is the reason: a parent may know it by another option. */
      takenPort: number | null;
    };

/** Where reports go. */
export type Reporter = (report: Report) => void;

/** Something that text can be written to, such as `process.stdout`. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Writes each report as one line of JSON; a failure goes to the second stream.
 *
 * @param isKeyGiven whether the API key was given from outside: then it is not printed
 */
export function jsonReporter(output: Terminal, errors: Terminal, isKeyGiven: boolean): Reporter {
  return (report) => {
    const shown = report.event === 'ready' && isKeyGiven ? { ...report, apiKey: null } : report;
    (report.event === 'failed' ? errors : output).write(`${JSON.stringify(shown)}\n`);
  };
}

/**
 * Writes reports for a person. Progress is rewritten in place on a terminal, and elsewhere is one line for each
 * list that was read.
 *
 * @param isKeyGiven whether the person brought the API key, so that it need not be shown
 */
export function terminalReporter(output: Terminal, errors: Terminal, isKeyGiven: boolean): Reporter {
  return (report) => {
    switch (report.event) {
      case 'listening':
        output.write(`The connector listens on ${report.url}\n`);
        if (report.statusUrl !== report.url) output.write(`Its health and metrics: ${report.statusUrl}\n`);
        return;
      case 'working':
        output.write(`The worker works on the ${report.database} database.\n`);
        if (report.statusUrl !== null) output.write(`Its health and metrics: ${report.statusUrl}\n`);
        return;
      case 'progress':
        output.write(describeProgress(report, output.isTTY === true));
        return;
      case 'ready':
        output.write(describeReady(report, isKeyGiven));
        return;
      case 'synced':
        output.write(describeSynced(report));
        return;
      case 'failed':
        errors.write(`${report.message}\n`);
    }
  };
}

function describeProgress(
  { listing, records, done }: Extract<Report, { event: 'progress' }>,
  isTerminal: boolean,
): string {
  const line = `  ${toWords(listing).padEnd(22)}${String(records).padStart(8)}`;
  if (isTerminal) return `\r\u001B[K${line}${done ? '\n' : ' …'}`;
  return done ? `${line}\n` : '';
}

function describeSynced(synced: Extract<Report, { event: 'synced' }>): string {
  const { integrationId, type, state, problem } = synced;
  const end = state.toLowerCase().replaceAll('_', ' ');
  const advice = whatToDo[state];
  return `${type === 'FULL' ? 'Full' : 'Delta'} sync of ${integrationId}: ${end}${problem === null ? '' : ` (${problem})`}${advice === undefined ? '' : `. ${advice}`}\n`;
}

const again = 'The next one comes by itself; POST /v1/force-sync asks for one at once';
const whatToDo: Partial<Record<SyncState, string>> = {
  AUTHENTICATION_FAILED: 'The customer connects the account again, or its new key is given with --relink',
  FAILED: again,
  TIMED_OUT: again,
};

function describeReady(ready: Extract<Report, { event: 'ready' }>, isKeyGiven: boolean): string {
  const { integrationId } = ready;
  const lines = [
    `  unified API     ${ready.apiUrl}`,
    `  API key         ${isKeyGiven ? 'the one in CONNECTOR_API_KEY' : ready.apiKey}`,
    `  integration     ${integrationId ?? 'none; set GEM_API_KEY to connect a Gem account'}`,
  ];
  if (integrationId === null) return `Ready.\n${lines.join('\n')}\n`;
  const call = `curl ${ready.apiUrl}/ats/jobs -H "Authorization: Bearer ${isKeyGiven ? '$CONNECTOR_API_KEY' : ready.apiKey}" -H "X-Integration-Id: ${integrationId}"`;
  const counts = Object.entries(ready.counts)
    .filter(([model]) => !model.startsWith('ats_join_'))
    .map(([model, count]) => `${count} ${model.replace('ats_', '').replaceAll('_', ' ')}`);
  return `Ready: ${counts.join(', ')}.\n${lines.join('\n')}\n\n  ${call}\n`;
}

/** `listJobPosts` → `job posts`. */
function toWords(listing: string): string {
  return listing
    .replace(/^list/, '')
    .replaceAll(/(?<=.)[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}
