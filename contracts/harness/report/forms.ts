import { toHtml } from './html.ts';
import { toJson } from './json.ts';
import { toJunit } from './junit.ts';
import { toMarkdown } from './markdown.ts';
import type { Report } from '../../report.ts';
import { toTable } from './table.ts';

/** One form of a report. */
export interface Form {
  /** Its purpose, in words. */
  purpose: string;
  /** @returns the whole text of it, ending with a line break */
  write(report: Report): string;
}

/** The forms of files, by option. */
export const fileForms = {
  junit: { purpose: 'JUnit XML, as CI servers read it', write: toJunit },
  json: { purpose: 'JSON, for other programs', write: toJson },
  markdown: { purpose: 'Markdown, for the summary of a CI run', write: toMarkdown },
  html: { purpose: 'one static HTML page', write: toHtml },
} as const satisfies Readonly<Record<string, Form>>;

export type FileForm = keyof typeof fileForms;

/** All forms. */
export const forms: Readonly<Record<FileForm | 'table', Form>> = {
  table: { purpose: 'the table on the terminal', write: toTable },
  ...fileForms,
};
