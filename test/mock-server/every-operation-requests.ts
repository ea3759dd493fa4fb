// A call of each operation that the default scenario's world accepts: the example of its description.
import request from 'supertest';
import { gemDescription } from '../../contracts/gem.ts';
import type { Operation } from '../../contracts/description.ts';
import { fill } from '../../contracts/page/examples.ts';
import type { DocumentNode } from '../../contracts/page/nodes.ts';
import { exampleValues } from '../../mock-server/pages/samples.ts';
import type { MockGem } from '../../mock-server/server.ts';

/** A path that leads to something in the default scenario. */
export function pathOf({ id, path }: Operation, { world }: MockGem): string {
  const values = exampleValues(world)(id);
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(values[name])));
}

/** Calls an operation with a body that it accepts. */
export function call(gem: MockGem, operation: Operation, path: string) {
  const prepared = request(gem.url)[operation.method](path).set('X-API-Key', gem.apiKey);
  const body = bodyFor(operation, gem);
  if (operation.body?.contentType !== 'multipart/form-data') return body ? prepared.send(body) : prepared;
  const { files } = operation.body;
  return Object.entries(body ?? {}).reduce(
    (form, [name, value]) =>
      files.has(name)
        ? form.attach(name, Buffer.from('%PDF-1.4'), String(value))
        : form.field(name, String(value)),
    prepared,
  );
}

function bodyFor({ id, path, method, parameters }: Operation, { world }: MockGem): object | undefined {
  const { requestBody } = (gemDescription.document as DocumentNode).paths[path]?.[method] ?? {};
  const [content] = Object.values(requestBody?.content ?? {});
  if (!content) return undefined;
  const inPath = new Set(
    parameters.flatMap((parameter) => (parameter.in === 'path' ? [parameter.name] : [])),
  );
  const values = Object.entries(exampleValues(world)(id)).filter(([name]) => !inPath.has(name));
  return fill(content.example, Object.fromEntries(values)) as object;
}
