// What collects metrics and traces in a process, and where they go. The libraries are loaded only by a process that starts it.
import { setTimeout } from 'node:timers/promises';
import { context, diag, DiagLogLevel, metrics, propagation, trace } from '@opentelemetry/api';
import type * as TraceSdk from '@opentelemetry/sdk-trace';
import type { Log } from '../log.ts';

/** Collects what the instruments and the steps of this process tell. */
export interface Telemetry {
  /** All metrics as Prometheus reads them. */
  read(): Promise<string>;
  /** Sends what has not been sent yet, and ends. */
  close(): Promise<void>;
}

/** What decides what is collected, and where it goes. */
export interface TelemetryOptions {
  /** The usual variables of OpenTelemetry, of which {@link telemetryVariables} are understood. */
  env: Readonly<Record<string, string | undefined>>;
  /** Whether each request is to have a trace, also where none is sent anywhere: its id is told to callers. */
  needsTraces: boolean;
  /** What this process does, as `api`. */
  role: string;
  log: Log;
}

/** The variables of OpenTelemetry that are understood, with what they do here. */
export const telemetryVariables: Readonly<Record<string, string>> = {
  OTEL_EXPORTER_OTLP_ENDPOINT:
    'sends traces and metrics by OTLP (over HTTP, as JSON) to this address, as in http://localhost:4318; …_TRACES_ENDPOINT and …_METRICS_ENDPOINT are for one of them',
  OTEL_EXPORTER_OTLP_HEADERS:
    'headers of what is sent, such as a key; OTEL_EXPORTER_OTLP_TIMEOUT and …_COMPRESSION are known too',
  OTEL_TRACES_EXPORTER: 'otlp or none; otlp where there is an endpoint',
  OTEL_METRICS_EXPORTER:
    'otlp, none, or several of them; otlp where there is an endpoint. GET /metrics is there in any case',
  OTEL_TRACES_SAMPLER:
    'always_on, always_off, traceidratio or one of these after parentbased_, which always_on is if nothing is said',
  OTEL_TRACES_SAMPLER_ARG: 'the share of traceidratio, from 0 to 1',
  OTEL_METRIC_EXPORT_INTERVAL: 'milliseconds between two sendings of metrics (60000)',
  OTEL_BSP_SCHEDULE_DELAY: 'milliseconds that a trace may wait to be sent (5000)',
  OTEL_SERVICE_NAME: 'what the service is called there; OTEL_RESOURCE_ATTRIBUTES has more about it',
  OTEL_SDK_DISABLED: 'true for no metrics and no traces at all',
};

/**
 * Begins to collect. What a process of many, or an application that this one is part of, has set up before stays: then
 * nothing is collected here.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry | undefined> {
  const { env, log } = options;
  const [{ AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }] = await Promise.all([
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
  ]);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return undefined;
  const tell = tellNowAndThen(log);
  diag.setLogger({ error: tell, warn: tell, info: tell, debug: tell, verbose: tell }, DiagLogLevel.WARN);
  const protocol = env['OTEL_EXPORTER_OTLP_PROTOCOL'] ?? 'http/json';
  if (protocol !== 'http/json') log(`telemetry: what is sent goes by http/json, and not by ${protocol}`);
  const resource = await describeProcess(options);
  const [measuring, tracing] = await Promise.all([
    startMetrics(env, resource),
    startTraces(env, resource, options.needsTraces),
  ]);
  return {
    read: measuring.read,
    close: async () => {
      const sent = Promise.allSettled([measuring.close(), tracing?.close()]);
      // What nobody takes must not keep the process.
      await Promise.race([sent, setTimeout(longestClose, undefined, { ref: false })]);
      for (const api of [metrics, trace, propagation, context, diag]) api.disable();
    },
  };
}

/** Milliseconds. */
const [longestClose, betweenWords] = [3000, 60_000];

/** A collector that is away would be told of at each sending. */
function tellNowAndThen(log: Log): (message: string) => void {
  let toldAt = -Infinity;
  return (message) => {
    if (performance.now() - toldAt < betweenWords) return;
    toldAt = performance.now();
    log(`telemetry: ${inBrief(message)}`);
  };
}

/** The library tells an error as JSON, with its stack. */
function inBrief(message: string): string {
  try {
    const error: unknown = JSON.parse(message);
    return typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : message;
  } catch {
    return message;
  }
}

type Env = TelemetryOptions['env'];
type Resource = Awaited<ReturnType<typeof describeProcess>>;

async function describeProcess({ role }: TelemetryOptions) {
  const { defaultResource, detectResources, envDetector, resourceFromAttributes, serviceInstanceIdDetector } =
    await import('@opentelemetry/resources');
  const own = resourceFromAttributes({ 'service.name': 'mock-gem-connector', 'mock_gem.role': role });
  const detected = detectResources({ detectors: [serviceInstanceIdDetector, envDetector] });
  return defaultResource().merge(own).merge(detected);
}

async function startMetrics(env: Env, resource: Resource) {
  const [{ MeterProvider, PeriodicExportingMetricReader }, { PrometheusExporter, PrometheusSerializer }] =
    await Promise.all([import('@opentelemetry/sdk-metrics'), import('@opentelemetry/exporter-prometheus')]);
  const page = new PrometheusExporter({ preventServerStart: true });
  const sent = [];
  if (isSent(env, 'METRICS')) {
    const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http');
    const exportIntervalMillis = numberOf(env['OTEL_METRIC_EXPORT_INTERVAL'], 60_000);
    sent.push(
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter(),
        exportIntervalMillis,
        exportTimeoutMillis: Math.min(exportIntervalMillis, 30_000),
      }),
    );
  }
  const provider = new MeterProvider({ resource, readers: [page, ...sent] });
  metrics.setGlobalMeterProvider(provider);
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  return {
    read: async () => serializer.serialize((await page.collect()).resourceMetrics),
    close: () => provider.shutdown(),
  };
}

async function startTraces(env: Env, resource: Resource, isNeeded: boolean) {
  const isWanted = isSent(env, 'TRACES');
  if (!isWanted && !isNeeded) return undefined;
  const sdk = await import('@opentelemetry/sdk-trace');
  const spanProcessors = [];
  if (isWanted) {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
    const scheduledDelayMillis = numberOf(env['OTEL_BSP_SCHEDULE_DELAY'], 5000);
    spanProcessors.push(
      new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis }),
    );
  }
  const provider = new sdk.TracerProvider({ resource, spanProcessors, sampler: samplerOf(env, sdk) });
  trace.setGlobalTracerProvider(provider);
  return { close: () => provider.shutdown() };
}

function isSent(env: Env, signal: 'METRICS' | 'TRACES'): boolean {
  const named = env[`OTEL_${signal}_EXPORTER`];
  if (named) return named.split(',').some((name) => name.trim() === 'otlp');
  return Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`]);
}

function samplerOf(env: Env, sdk: typeof TraceSdk) {
  const name = env['OTEL_TRACES_SAMPLER'] ?? 'parentbased_always_on';
  const makers = {
    always_on: () => new sdk.AlwaysOnSampler(),
    always_off: () => new sdk.AlwaysOffSampler(),
    traceidratio: () => new sdk.TraceIdRatioBasedSampler(numberOf(env['OTEL_TRACES_SAMPLER_ARG'], 1)),
  };
  const [, isOfParent, root = ''] = /^(parentbased_)?(.*)$/.exec(name) ?? [];
  const sampler = root in makers ? makers[root as keyof typeof makers]() : makers.always_on();
  return isOfParent === undefined ? sampler : new sdk.ParentBasedSampler({ root: sampler });
}

function numberOf(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return text && Number.isFinite(number) && number >= 0 ? number : otherwise;
}
