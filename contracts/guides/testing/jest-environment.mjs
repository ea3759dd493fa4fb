// An emulator for each file of tests, outside of Jest's sandbox: no flag is needed, and fake timers do not reach it.
import { TestEnvironment } from 'jest-environment-node';
import { startMockGem } from 'mock-gem';

export default class MockGemEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.gem = await startMockGem({ port: 0 });
    this.global.gem = this.gem.control;
  }

  async teardown() {
    await this.gem?.close();
    await super.teardown();
  }
}
