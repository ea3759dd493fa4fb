import { clearTimeout, setTimeout } from 'node:timers';
import type { ControlSchemas } from '../../../contracts/control.ts';
import { describeDrift, readDrift } from '../../../contracts/drift/drift.ts';
import type { Watch } from '../../../contracts/harness/gem/watch/watch.ts';
import type { ControlCall } from '../../control/call.ts';

type WatchReport = ControlSchemas['WatchReport'];

/** What of a report the looking itself does not know. */
export type Standing = Pick<WatchReport, 'url' | 'unread' | 'mirror'>;

/** Milliseconds between two reports at least, and at most. */
const pause = 250;
const longest = 5000;

/**
 * Tells an emulator what a watch has seen, so that its console shows it: soon after each change, one report at a time. Where the
 * emulator is away, it is told again later.
 */
export class LiveReport {
  readonly #call: ControlCall;
  readonly #looking: Watch;
  readonly #standing: () => Standing;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<unknown> | undefined;
  #isDue = false;
  #isOver = false;

  constructor(call: ControlCall, looking: Watch, standing: () => Standing) {
    this.#call = call;
    this.#looking = looking;
    this.#standing = standing;
  }

  /** Says that there may be something new. */
  poke(): void {
    if (this.#isDue || this.#isOver) return;
    this.#isDue = true;
    // While a report is under way, the next one follows it.
    if (!this.#sending) this.#sendIn(pause);
  }

  /**
   * Tells it now, and from then on whenever something changes.
   *
   * @throws ControlRefused, or TypeError when no server answers
   */
  async start(): Promise<void> {
    const first = this.#send();
    this.#sending = first.catch(() => undefined);
    await first.finally(() => (this.#sending = undefined));
    this.#sendIn(this.#isDue ? pause : longest);
  }

  /** Tells the last of it. */
  async finish(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    await this.#sending;
    await this.#send().catch(() => undefined);
  }

  #sendIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isDue = false;
      this.#sending = this.#send()
        .catch(() => undefined)
        .finally(() => {
          this.#sending = undefined;
          if (!this.#isOver) this.#sendIn(this.#isDue ? pause : longest);
        });
    }, milliseconds).unref();
  }

  async #send(): Promise<void> {
    await this.#call('reportWatch', { body: this.#report() });
  }

  #report(): WatchReport {
    const looking = this.#looking;
    const report = looking.report();
    const drift = readDrift(report);
    return {
      subject: report.subject,
      started_at: report.startedAt,
      is_emulator: report.isEmulator,
      is_over: this.#isOver,
      calls: looking.calls,
      departures: [...looking.findings],
      learnt: describeDrift(drift).trim(),
      confirmed: drift.isEmulator ? [] : drift.confirmed.map(({ place }) => place),
      ...this.#standing(),
    };
  }
}
