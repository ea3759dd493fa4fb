// Runs `mock-gem capture` as a program whose time goes on only where it waits, and tells last how much memory that took.
import { writeSync } from 'node:fs';
import { Command } from 'commander';
import { addCaptureCommand } from '../../../mock-server/cli/capture/capture.ts';
import { holdLittle, thisMachine } from '../../../mock-server/cli/capture/run-capture.ts';

/** What the program tells of itself, as JSON in its last line. */
export interface Taken {
  /** Bytes that it held at most, in all. */
  memory: number;
  /** Milliseconds that it would have waited for the limit. */
  waited: number;
  /** Milliseconds that its processor worked for it. */
  worked: number;
}

if (import.meta.main) {
  const start = Date.parse('2026-11-30T12:00:00.000Z');
  let now = start;
  const sleep = async (milliseconds: number) => void (now += milliseconds);
  process.on('exit', () => {
    const { maxRSS, userCPUTime } = process.resourceUsage();
    const taken: Taken = { memory: maxRSS * 1024, waited: now - start, worked: userCPUTime / 1000 };
    writeSync(1, `\n${JSON.stringify(taken)}`);
  });
  holdLittle();
  const program = new Command();
  addCaptureCommand(program, { ...thisMachine(), time: { now: () => now, sleep } });
  await program.parseAsync(['capture', ...process.argv.slice(2)], { from: 'user' });
}
