import { configure } from 'safe-stable-stringify';
import type { Evidence } from '../../description.ts';
import type { Report } from '../../report.ts';
import { countStates } from './summary.ts';

/**
 * A report for other programs. Version 1 only grows: no key is removed or renamed. Missing values are null.
 */
export interface JsonReport {
  format: 'mock-gem-report';
  version: 1;
  title: string;
  subject: string;
  /** ISO 8601, UTC. */
  started_at: string;
  duration_ms: number;
  seed: number | null;
  summary: { held: number; broken: number; not_observed: number };
  entries: JsonEntry[];
}

interface JsonEntry {
  name: string;
  group: string;
  statement: string;
  state: 'held' | 'broken' | 'not_observed';
  evidence: Evidence;
  /** How many values were compared; null where that is not counted. */
  compared: number | null;
  remark: string | null;
  /** `expected` and `got` are any JSON; each is left out where the value itself was absent. `trace` is a stack, where one is known. */
  contradictions: { about: string; what: string; expected?: unknown; got?: unknown; trace?: string }[];
  /** `scenario` is a file's text, `replay` a command, `file` where the scenario was written. */
  example: { scenario: string; acts: string[]; replay: string; file: string | null } | null;
}

/** Writes a report as JSON, as {@link JsonReport} says. */
export function toJson(report: Report): string {
  const counts = countStates(report);
  const json: JsonReport = {
    format: 'mock-gem-report',
    version: 1,
    title: report.title,
    subject: report.subject,
    started_at: report.startedAt,
    duration_ms: Math.round(report.duration),
    seed: report.seed ?? null,
    summary: { held: counts.held, broken: counts.broken, not_observed: counts['not observed'] },
    entries: report.entries.map(
      ({ name, group, statement, state, evidence, compared, remark, contradictions, example }) => ({
        name,
        group,
        statement,
        state: state === 'not observed' ? 'not_observed' : state,
        evidence: { grade: evidence.grade, source: evidence.source },
        compared: compared ?? null,
        remark: remark ?? null,
        contradictions: contradictions.map(({ about, what, expected, got, trace }) => ({
          about,
          what,
          expected,
          got,
          ...(trace !== undefined && { trace }),
        })),
        example: example
          ? {
              scenario: example.scenario,
              // Version 1 calls them so.
              acts: [...example.actions],
              replay: example.replay,
              file: example.file ?? null,
            }
          : null,
      }),
    ),
  };
  return `${stringify(json, null, 2)}\n`;
}

// Keys stay in order. A value that JSON cannot hold must not prevent the report.
const stringify = configure({ deterministic: false, bigint: true, circularValue: '[Circular]' });
