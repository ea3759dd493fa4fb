// Command lines that are nearly right. DEEP=1 runs four hundred; DEEP_SEED repeats a run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { expect, onTestFinished, test } from 'vitest';
import { anyCommand, runCommand, type Ended } from '../support/fuzzed-commands.ts';

const commands = process.env['DEEP'] ? 400 : 8;
const seed = Number(process.env['DEEP_SEED'] ?? 20_261_130);
/** Milliseconds that a command may take on a busy machine. */
const patience = 60_000;

test(
  `${commands} command lines end with an answer and without a stack trace`,
  { timeout: 3_600_000 },
  async () => {
    const folders = ['one', 'other'].map((name) => mkdtempSync(join(tmpdir(), `fuzz-${name}-`)));
    onTestFinished(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
    const queue = fc.sample(anyCommand, { numRuns: commands, seed });
    const wrong: Ended[] = [];
    await Promise.all(
      folders.map(async (folder) => {
        for (let command = queue.pop(); command; command = queue.pop()) {
          const ended = await runCommand(command, folder, patience);
          if (ended.wrong !== undefined) wrong.push(ended);
        }
      }),
    );
    expect(wrong.slice(0, 5), `seed ${seed}`).toEqual([]);
  },
);
