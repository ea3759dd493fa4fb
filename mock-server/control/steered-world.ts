import type { ControlSchemas } from '../../contracts/control.ts';
import type { ControlCall } from './call.ts';

type Edit = ControlSchemas['Edit'];
type ResourceName = ControlSchemas['ResourceName'];

/** One world of an emulator, in the hands of a test. */
export class SteeredWorld {
  /** The API key that opens it. */
  readonly key: string;
  /** A name for the key that does not give it away. */
  readonly id: string;
  /** Where its emulator is reached. */
  readonly url: string;
  readonly #call: ControlCall;
  readonly #path: { world: string };

  constructor(call: ControlCall, { key, id, url }: { key: string; id: string; url: string }) {
    this.#call = call;
    this.#path = { world: key };
    this.key = key;
    this.id = id;
    this.url = url;
  }

  /** Asks Gem's API something in the name of this world. */
  fetch(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const all = new Headers(headers);
    all.set('X-API-Key', this.key);
    return fetch(`${this.url}${path}`, { ...init, headers: all });
  }

  /** What it was made from, what its clock shows and how much it holds. */
  state() {
    return this.#call('getWorld', { path: this.#path });
  }

  /** Changes records as a recruiter would: all of the edits or none. */
  async edit(...edits: Edit[]): Promise<ControlSchemas['EditOutcome'][]> {
    return (await this.#call('editRecords', { path: this.#path, body: { edits } })).outcomes;
  }

  /** A record by its id or label, as the emulator holds it. */
  async record(resource: ResourceName, record: string): Promise<ControlSchemas['HeldRecord']> {
    return this.#call('getRecord', { path: { ...this.#path, resource, record } });
  }

  /** A page of a resource's records, as the emulator holds them. */
  records(
    resource: ResourceName,
    query: {
      page?: number;
      per_page?: number;
      q?: string;
      deleted?: 'included' | 'left_out' | 'only';
      sort?: string;
    } = {},
  ) {
    return this.#call('listRecords', { path: { ...this.#path, resource }, query });
  }

  /** Every change of a record since the world began, with its cause, the newest first. */
  history(resource: ResourceName, record: string): Promise<ControlSchemas['RecordHistory']> {
    return this.#call('getRecordHistory', { path: { ...this.#path, resource, record } });
  }

  /** The names by which edits speak of records. */
  async labels(): Promise<ControlSchemas['Labels']> {
    return (await this.#call('listLabels', { path: this.#path })).labels;
  }

  /** Every guess, and the form that it takes in this world. */
  variation() {
    return this.#call('getVariation', { path: this.#path });
  }

  /** Makes choices among the world's switches. */
  choose(switches: ControlSchemas['SwitchChoices']) {
    return this.#call('changeWorld', { path: this.#path, body: { switches } });
  }

  readonly clock = {
    read: () => this.#call('getClock', { path: this.#path }),
    freeze: () => this.#change({ freeze: true }),
    resume: () => this.#change({ freeze: false }),
    /** @param instant ISO 8601; backwards too */
    set: (instant: string) => this.#change({ set: instant }),
    /** @param duration such as `2 days`; what is due in between happens */
    advance: (duration: string) => this.#change({ advance: duration }),
  };

  #change(body: ControlSchemas['ClockChange']) {
    return this.#call('changeClock', { path: this.#path, body });
  }

  readonly timeline = {
    read: () => this.#call('listTimeline', { path: this.#path }),
    add: (...entries: ControlSchemas['PlannedEdit'][]) =>
      this.#call('addToTimeline', { path: this.#path, body: { entries } }),
  };

  readonly simulation = {
    read: () => this.#call('getSimulation', { path: this.#path }),
    /** Lets recruiters work as the clock goes on: so many events an hour. */
    start: (perHour: number, seed?: string) =>
      this.#call('startSimulation', {
        path: this.#path,
        body: { per_hour: perHour, ...(seed !== undefined && { seed }) },
      }),
    stop: () => this.#call('stopSimulation', { path: this.#path }),
    /** Lets so many events happen now. */
    play: async (events: number) =>
      (await this.#call('playSimulation', { path: this.#path, body: { events } })).outcomes,
  };

  readonly faults = {
    arm: (fault: ControlSchemas['Fault']) => this.#call('armFault', { path: this.#path, body: fault }),
    list: async () => (await this.#call('listFaults', { path: this.#path })).faults,
    disarm: (fault: string) => this.#call('disarmFault', { path: { ...this.#path, fault } }),
    clear: () => this.#call('disarmFaults', { path: this.#path }),
  };

  readonly requests = {
    /** @param after only those with a higher number */
    list: async (after = 0) =>
      (await this.#call('listRequests', { path: this.#path, query: { after } })).requests,
    /** Those that match; where none does, those that came nearest. */
    find: (matcher: ControlSchemas['RequestMatcher'] = {}) =>
      this.#call('findRequests', { path: this.#path, body: matcher }),
    /** Those that fit what a person typed, such as `status:4xx op:listJobs "ada"`, the newest first. */
    search: (q: string, page: { before?: number; per_page?: number } = {}) =>
      this.#call('searchRequests', { path: this.#path, query: { q, ...page } }),
    /** One of them with headers and bodies, as far as they are still held. */
    get: (number: number) => this.#call('getRequest', { path: { ...this.#path, number } }),
    /** What one of them created, changed and deleted. */
    changes: (number: number) => this.#call('getRequestChanges', { path: { ...this.#path, number } }),
    /** Sends one of them once more, with parts exchanged if they are given. */
    sendAgain: (number: number, different: Partial<ControlSchemas['SendAgain']> = {}) =>
      this.#call('sendAgain', { path: { ...this.#path, number }, body: { into: 'world', ...different } }),
    clear: () => this.#call('clearRequests', { path: this.#path }),
  };

  /** Marks this moment, so that later ones can be held against it. */
  async mark(name?: string): Promise<string> {
    return (await this.#call('markState', { path: this.#path, body: name === undefined ? {} : { name } }))
      .name;
  }

  /** The names of the moments that were marked, oldest first; `start` is how the world began. */
  async marks(): Promise<string[]> {
    return (await this.#call('listMarks', { path: this.#path })).marks;
  }

  /** What was created, changed and deleted since a mark, or since the world began: until now, or until another mark. */
  changes(since?: string, until?: string): Promise<ControlSchemas['Changes']> {
    const query = { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
    return this.#call('getChanges', { path: this.#path, query });
  }

  /** Everything as it was when the world was made. */
  reset() {
    return this.#call('resetWorld', { path: this.#path });
  }

  /** Another world that is as this one is now. */
  async fork(newKey?: string): Promise<SteeredWorld> {
    const body = newKey === undefined ? {} : { key: newKey };
    const { key, id } = await this.#call('forkWorld', { path: this.#path, body });
    return new SteeredWorld(this.#call, { key, id, url: this.url });
  }

  async drop(): Promise<void> {
    await this.#call('dropWorld', { path: this.#path });
  }

  /** The world as one document. */
  export(): Promise<ControlSchemas['Snapshot']> {
    return this.#call('exportWorld', { path: this.#path });
  }

  /** Begins the world anew from what `export` gave. */
  import(document: ControlSchemas['Snapshot']) {
    return this.#call('importWorld', { path: this.#path, body: document });
  }

  /** Keeps the world as it is now under a name. */
  save(snapshot: string): Promise<ControlSchemas['SnapshotSummary']> {
    return this.#call('saveSnapshot', { path: { snapshot }, body: { world: this.key } });
  }
}
