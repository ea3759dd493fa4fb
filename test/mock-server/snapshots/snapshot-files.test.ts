// Where snapshots are kept: links, modes, and what is in the way.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { addressesOf } from '../../../mock-server/cli/health.ts';
import { startMockGem } from '../../../mock-server/server.ts';
import { saveSnapshot, trySnapshotFile } from '../../../mock-server/snapshots/file.ts';
import { takeSnapshot } from '../../../mock-server/snapshots/snapshot.ts';
import { startGem } from '../../support/gem.ts';

test('a link stays a link, a mode stays, and the world is there as soon as the server is', async () => {
  const folder = temporary();
  const [link, real] = [join(folder, 'link.json'), join(folder, 'real.json')];
  symlinkSync('real.json', link);
  const gem = await startMockGem({ port: 0, snapshot: link });
  expect(readFileSync(real, 'utf8')).toContain('"mock-gem world"');
  chmodSync(real, 0o640);
  await gem.close();
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(statSync(real).mode & 0o777).toBe(0o640);
});

test.each([
  ['/no/such/folder/world.json', 'there is no folder /no/such/folder; make it first'],
  ['/dev/null/world.json', 'ENOTDIR'],
  [tmpdir(), 'it is a folder'],
])('a snapshot at %s is refused at the start', async (snapshot, reason) => {
  await expect(startMockGem({ port: 0, snapshot })).rejects.toThrow(reason);
});

test('a folder for snapshots that cannot be is refused at the start, and told when it is gone later', async () => {
  await expect(startMockGem({ port: 0, snapshots: '/dev/null/x' })).rejects.toThrow('cannot hold snapshots');
  const folder = join(temporary(), 'new');
  const gem = await startGem({ snapshots: folder });
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  await expect((await gem.control.world()).save('a')).rejects.toThrow('409');
});

// Node's own way to make folders never ends there.
test.runIf(existsSync('/proc/self'))('a folder in a place that takes none is refused at once', async () => {
  await expect(startMockGem({ port: 0, snapshots: '/proc/x/y' })).rejects.toThrow(
    /^\/proc\/x\/y cannot hold snapshots \(no folder can be made in \/proc\)$/,
  );
});

test('links that lead in a circle are told, and trying leaves no trace', async () => {
  const folder = temporary();
  symlinkSync('b', join(folder, 'a'));
  symlinkSync('a', join(folder, 'b'));
  const gem = await startGem();
  await expect(saveSnapshot(join(folder, 'a'), takeSnapshot(gem.world))).rejects.toThrow('circle');
  await trySnapshotFile(join(folder, 'c'));
  expect(() => statSync(join(folder, 'c'))).toThrow('ENOENT');
});

test.each([
  [['serve'], ['http://127.0.0.1:4010/openapi.json']],
  [['serve', '--host', '0.0.0.0', '--port=8080'], ['http://127.0.0.1:8080/openapi.json']],
  [['serve', '--host', '::1', '--port', '1'], ['http://[::1]:1/openapi.json']],
  [['connector', '--port', '9'], ['http://127.0.0.1:9/health']],
  [['connector', '--role', 'worker'], []],
  [
    ['dev', '--gem-port', '5'],
    ['http://127.0.0.1:5/openapi.json', 'http://127.0.0.1:4020/health'],
  ],
])('a container that runs %j is asked at %j', (command, addresses) =>
  expect(addressesOf(command)).toEqual(addresses),
);

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-gem-snapshots-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
