// Shows each change that no test noticed as soon as that is known: a run takes long, and its report comes at its end.
import { relative } from 'node:path';

/** What Stryker tells of a change that was tried. */
interface Tried {
  fileName: string;
  status: string;
  replacement: string;
  location: { start: { line: number; column: number } };
}

const reporter = {
  onMutantTested({ fileName, status, replacement, location: { start } }: Tried): void {
    if (status !== 'Survived' && status !== 'NoCoverage') return;
    const place = `${relative('', fileName)}:${start.line}:${start.column}`;
    process.stdout.write(`not noticed: ${place} -> ${replacement.replaceAll(/\s+/g, ' ')}\n`);
  },
};

/** Stryker finds reporters by this name. */
export const strykerPlugins = [{ kind: 'Reporter', name: 'survivors', value: reporter }];
