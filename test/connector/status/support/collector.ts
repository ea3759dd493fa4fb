import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A span as it came by OTLP. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  /** 1 internal, 2 server, 3 client, 5 consumer. */
  kind: number;
  attributes: Readonly<Record<string, unknown>>;
}

/** What takes traces and metrics by OTLP over HTTP, as collectors do. */
export interface Collector {
  url: string;
  /** Whether it refuses what comes, and repeats the headers in its answer; it does not at first. */
  refuses: boolean;
  /** Everything that came, as it came. */
  bodies: string[];
  /** The headers of everything that came. */
  headers: string[];
  spans(): Span[];
  /** The names of the metrics that came. */
  metricNames(): string[];
}

/** Starts a collector for one test. */
export async function startCollector(): Promise<Collector> {
  const received: { path: string; body: string; headers: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ path: request.url ?? '', body, headers: JSON.stringify(request.headers) });
      if (collector.refuses) return response.writeHead(401).end(JSON.stringify(request.headers));
      return response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const parsed = (path: string) =>
    received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body) as Message);
  const collector: Collector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuses: false,
    get bodies() {
      return received.map(({ body }) => body);
    },
    get headers() {
      return received.map(({ headers }) => headers);
    },
    spans: () =>
      parsed('/v1/traces').flatMap(({ resourceSpans = [] }) =>
        resourceSpans.flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) =>
            spans.map(({ attributes, parentSpanId, ...span }) => ({
              ...span,
              parentSpanId,
              attributes: Object.fromEntries(
                attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
              ),
            })),
          ),
        ),
      ),
    metricNames: () =>
      parsed('/v1/metrics').flatMap(({ resourceMetrics = [] }) =>
        resourceMetrics.flatMap(({ scopeMetrics }) =>
          scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
        ),
      ),
  };
  return collector;
}

interface Message {
  resourceSpans?: {
    scopeSpans: {
      spans: (Omit<Span, 'attributes'> & {
        attributes: { key: string; value: Record<string, unknown> }[];
      })[];
    }[];
  }[];
  resourceMetrics?: { scopeMetrics: { metrics: { name: string }[] }[] }[];
}
