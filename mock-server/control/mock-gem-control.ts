import type { ControlSchemas } from '../../contracts/control.ts';
import type { ScenarioReference } from '../../seeds/index.ts';
import type { ControlCall } from './call.ts';
import { SteeredWorld } from './steered-world.ts';

/** What a world is made from; whatever is left out is as the server has it. */
export interface NewWorld extends Omit<ControlSchemas['NewWorld'], 'scenario'> {
  scenario?: ScenarioReference;
}

/** Steers an emulator, in this process or another one. */
export class MockGemControl {
  /** Calls any operation of the control API by its `operationId`. */
  readonly call: ControlCall;
  /** Where the emulator is reached. */
  readonly url: string;

  constructor(call: ControlCall, url: string) {
    this.call = call;
    this.url = url;
  }

  /** Version, defaults and the number of worlds. */
  server() {
    return this.call('getServer');
  }

  /** Makes a world; without a key, under a new one. */
  async openWorld(options: NewWorld = {}): Promise<SteeredWorld> {
    return this.#steered(await this.call('createWorld', { body: options }));
  }

  /** A world that there is: by its key or id; the server's first one where nothing is said. */
  async world(name = 'default'): Promise<SteeredWorld> {
    return this.#steered(await this.call('getWorld', { path: { world: name } }));
  }

  /** Every world, oldest first. */
  async worlds(): Promise<SteeredWorld[]> {
    const { worlds } = await this.call('listWorlds');
    return worlds.map((world) => this.#steered(world));
  }

  /**
   * Enters a provider state of a pact: a scenario, or one of the named preparations.
   *
   * @returns what the pact may inject: `api_key`, and ids by label
   */
  enterState(
    state: string,
    params: NonNullable<ControlSchemas['ProviderStateRequest']['params']> = {},
  ): Promise<Record<string, string>> {
    return this.call('enterProviderState', { body: { state, params, action: 'setup' } });
  }

  /** Drops the world that `enterState` made with the same words. */
  async leaveState(
    state: string,
    params: NonNullable<ControlSchemas['ProviderStateRequest']['params']> = {},
  ): Promise<void> {
    await this.call('enterProviderState', { body: { state, params, action: 'teardown' } });
  }

  async scenarios(): Promise<ControlSchemas['Scenario'][]> {
    return (await this.call('listScenarios')).scenarios;
  }

  /** Tries out a scenario's text: what is wrong with it, at its lines. */
  checkScenario(document: string): Promise<ControlSchemas['ScenarioFindings']> {
    return this.call('checkScenario', { body: { document } });
  }

  async snapshots(): Promise<ControlSchemas['SnapshotSummary'][]> {
    return (await this.call('listSnapshots')).snapshots;
  }

  /** Makes a world as a saved one was; without a key, under a new one. */
  async loadSnapshot(snapshot: string, key?: string): Promise<SteeredWorld> {
    const body = key === undefined ? {} : { key };
    return this.#steered(await this.call('loadSnapshot', { path: { snapshot }, body }));
  }

  async deleteSnapshot(snapshot: string): Promise<void> {
    await this.call('deleteSnapshot', { path: { snapshot } });
  }

  /** Requests that came with a key which opens no world. */
  async unknownKeyRequests(): Promise<ControlSchemas['RecordedRequest'][]> {
    return (await this.call('listUnknownKeyRequests')).requests;
  }

  #steered({ key, id }: ControlSchemas['World']): SteeredWorld {
    return new SteeredWorld(this.call, { key, id, url: this.url });
  }
}
