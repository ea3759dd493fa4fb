// What is verified, and what the harness needs of an emulator.
import type { ControlSchemas } from '../control.ts';
import type { Adapter } from './adapter.ts';

/** What is verified: a connector, and the emulator that it reads from. */
export interface Target {
  /** The emulator whose worlds the connector reads. */
  gem: Emulator;
  /** The secret that the emulator asks for beside a key. */
  applicationSecret: string;
  /** The connector; what it does not cover is not observed. It is not closed at the end. */
  connector: Adapter;
  /** Milliseconds that one call of the connector may take; no limit when left out. */
  callLimit?: number | undefined;
}

/** The part of an emulator that the harness uses. `startMockGem()` and `connectToMockGem(url)` give one. */
export interface Emulator {
  openWorld(options: Omit<ControlSchemas['NewWorld'], 'scenario'>): Promise<EmulatedWorld>;
}

/** One world of an emulator. */
export interface EmulatedWorld {
  readonly key: string;
  readonly url: string;
  state(): Promise<ControlSchemas['World']>;
  labels(): Promise<ControlSchemas['Labels']>;
  edit(...edits: ControlSchemas['Edit'][]): Promise<unknown>;
  readonly faults: {
    arm(fault: ControlSchemas['Fault']): Promise<unknown>;
    list(): Promise<ControlSchemas['ArmedFault'][]>;
    clear(): Promise<unknown>;
  };
  readonly clock: {
    read(): Promise<ControlSchemas['Clock']>;
    set(instant: string): Promise<unknown>;
  };
  choose(switches: ControlSchemas['SwitchChoices']): Promise<unknown>;
  mark(): Promise<string>;
  changes(since: string): Promise<ControlSchemas['Changes']>;
  readonly requests: { list(after?: number): Promise<ControlSchemas['RecordedRequest'][]> };
  drop(): Promise<void>;
}
