// What the harness asks of an emulator.
import type { ControlSchemas } from '../control.ts';

/** An emulator, as far as the harness steers it. `startMockGem()` and `connectToMockGem(url)` give one. */
export interface Emulator {
  openWorld(options: Omit<ControlSchemas['NewWorld'], 'scenario'>): Promise<EmulatedWorld>;
}

/** One world of it. */
export interface EmulatedWorld {
  readonly key: string;
  readonly url: string;
  state(): Promise<ControlSchemas['World']>;
  labels(): Promise<ControlSchemas['Labels']>;
  edit(...edits: ControlSchemas['Edit'][]): Promise<unknown>;
  choose(switches: ControlSchemas['SwitchChoices']): Promise<unknown>;
  mark(): Promise<string>;
  changes(since: string): Promise<ControlSchemas['Changes']>;
  readonly requests: { list(after?: number): Promise<ControlSchemas['RecordedRequest'][]> };
  drop(): Promise<void>;
}
