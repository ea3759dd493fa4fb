// The kinds of instruments. Each goes to OpenTelemetry's API, whoever collects behind it: nobody, in a process that set nothing up.
import { metrics, type Attributes, type Meter } from '@opentelemetry/api';

/** What people read of an instrument. */
export interface About<Labels extends string> {
  /** What is measured, as the page for Prometheus says it too. */
  description: string;
  /** Each label with the values that it may have. None holds the id of a person or of a record. */
  labels: Readonly<Record<Labels, string>>;
  /** What an operator does when it is not as it should be. */
  advice: string;
}

/** What every instrument has. */
export interface Instrument<Labels extends string> extends About<Labels> {
  kind: 'counter' | 'histogram' | 'gauge';
  /** As Prometheus shows it, with `_total` where it is a counter. */
  name: string;
}

/** Values for all labels of an instrument. */
export type LabelValues<Labels extends string> = Readonly<Record<Labels, string>>;

/** Something that only grows. */
export interface Counter<Labels extends string> extends Instrument<Labels> {
  add(value: number, labels: LabelValues<Labels>): void;
}

/** How values are spread. */
export interface Histogram<Labels extends string> extends Instrument<Labels> {
  record(value: number, labels: LabelValues<Labels>): void;
}

/** Something that is asked for when somebody looks. */
export interface Gauge<Labels extends string> extends Instrument<Labels> {
  /**
   * Has a function tell the values each time that somebody looks.
   *
   * @returns takes the function away again
   */
  observe(tellAll: (tell: (value: number, labels: LabelValues<Labels>) => void) => void): () => void;
}

/** Makes a counter. */
export function counter<Labels extends string = never>(name: string, about: About<Labels>): Counter<Labels> {
  const { description } = about;
  const present = ofPresentMeter((meter) => meter.createCounter(name, { description }));
  const add: Counter<Labels>['add'] = (value, labels) => present().add(value, toAttributes(labels));
  return { kind: 'counter', name: `${name}_total`, ...about, add };
}

/**
 * Makes a histogram.
 *
 * @param name ends in the unit, which Prometheus wants to see there: `_seconds`
 * @param bounds the upper bound of each bucket but the last
 */
export function histogram<Labels extends string = never>(
  name: string,
  { bounds, ...about }: About<Labels> & { bounds: readonly number[] },
): Histogram<Labels> {
  const { description } = about;
  const advice = { explicitBucketBoundaries: [...bounds] };
  const present = ofPresentMeter((meter) => meter.createHistogram(name, { description, advice }));
  const record: Histogram<Labels>['record'] = (value, labels) =>
    present().record(value, toAttributes(labels));
  return { kind: 'histogram', name, ...about, record };
}

/** Makes a gauge. */
export function gauge<Labels extends string = never>(name: string, about: About<Labels>): Gauge<Labels> {
  const { description } = about;
  const present = ofPresentMeter((meter) => meter.createObservableGauge(name, { description }));
  const observe: Gauge<Labels>['observe'] = (tellAll) => {
    const observed = present();
    const callback: Parameters<typeof observed.addCallback>[0] = (result) =>
      tellAll((value, labels) => result.observe(value, toAttributes(labels)));
    observed.addCallback(callback);
    return () => observed.removeCallback(callback);
  };
  return { kind: 'gauge', name, ...about, observe };
}

/** The API hands out meters that stay silent for ever when they were asked for before anybody collected. */
function ofPresentMeter<Made>(make: (meter: Meter) => Made): () => Made {
  let made: { of: unknown; it: Made } | undefined;
  return () => {
    const provider = metrics.getMeterProvider();
    if (made?.of !== provider) made = { of: provider, it: make(provider.getMeter('mock-gem')) };
    return made.it;
  };
}

function toAttributes(labels: Readonly<Record<string, string>>): Attributes {
  return labels;
}
