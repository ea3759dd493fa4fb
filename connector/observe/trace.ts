// Which work a line of the log, a span, a call of Gem belongs to: it goes along with the work by itself, over every await.
import {
  context,
  createContextKey,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';

/** What is known of the work at hand. Ids of people are none of it. */
export interface Fields {
  request_id?: string;
  integration_id?: string;
  sync_id?: string;
}

/** One step of a trace. */
export interface Step {
  /** CLIENT calls another server; CONSUMER works off a queue; INTERNAL, which is the default, does neither. */
  kind?: SpanKind;
  /** No ids of people, no addresses, no texts of Gem or of callers. */
  attributes?: Attributes;
  /** What all lines of the log within it carry. */
  fields?: Fields;
}

/**
 * Does something as one step of the trace. An error is noted by its name alone, because texts may be about people, and
 * thrown on.
 */
export function traced<Result>(
  name: string,
  { kind = SpanKind.INTERNAL, attributes = {}, fields = {} }: Step,
  task: (span: Span) => Promise<Result>,
): Promise<Result> {
  const within = withFields(context.active(), fields);
  return tracer().startActiveSpan(name, { kind, attributes }, within, async (span) => {
    try {
      return await task(span);
    } catch (error) {
      noteFailure(span, error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Where spans come from; they lead nowhere in a process that collects none. */
export const tracer = () => trace.getTracer('mock-gem');

/** Marks a step as failed. */
export function noteFailure(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

const fieldsKey = createContextKey('fields of the log');

/** A context in which lines of the log carry these fields, beside those that they carried before. */
export function withFields(present: Context, fields: Fields): Context {
  return present.setValue(fieldsKey, { ...fieldsOf(present), ...fields });
}

/** Does something whose lines of the log carry these fields. */
export function within<Result>(fields: Fields, task: () => Result): Result {
  return context.with(withFields(context.active(), fields), task);
}

/** Adds what has become known of the work at hand. */
export function noteFields(fields: Fields): void {
  const present = fieldsOf(context.active());
  if (present) Object.assign(present, fields);
  const { integration_id: integrationId } = fields;
  if (integrationId !== undefined) trace.getActiveSpan()?.setAttribute('integration_id', integrationId);
}

/** What is known of the work at hand, and the step of the trace that it is in. */
export function presentFields(): Fields & { trace_id?: string; span_id?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  const isTraced = span !== undefined && trace.isSpanContextValid(span);
  return {
    ...fieldsOf(context.active()),
    ...(isTraced && { trace_id: span.traceId, span_id: span.spanId }),
  };
}

function fieldsOf(present: Context): Fields | undefined {
  // Nobody else has the key.
  return present.getValue(fieldsKey) as Fields | undefined;
}

/** The headers that carry the trace on to another server; none outside of a trace. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** The step at hand, to go on with it later or in another process; null outside of a trace. */
export function presentTrace(): string | null {
  return traceHeaders()['traceparent'] ?? null;
}

/** Goes on with a trace that {@link presentTrace} told; without one, the present trace goes on. */
export function goOnWith<Result>(traceparent: string | null, task: () => Result): Result {
  if (traceparent === null) return task();
  return context.with(propagation.extract(context.active(), { traceparent }), task);
}

/**
 * Where the log of the work at hand can be read.
 *
 * @param template an address with `{trace_id}` or `{request_id}` in it
 * @returns null without a template, or where what it asks for is not known
 */
export function logUrl(template: string | undefined): string | null {
  if (template === undefined) return null;
  const known: Readonly<Record<string, string | undefined>> = { ...presentFields() };
  let isKnown = true;
  const url = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = known[name];
    isKnown &&= value !== undefined;
    return encodeURIComponent(value ?? '');
  });
  return isKnown ? url : null;
}
