// What a deep run runs: the files that have more in them then, by what that is.

/** With chance in them: they run in each round, each time with more of it. */
export const repeated: Readonly<Record<string, string>> = {
  'changes, syncs, crashes and restarts': 'test/connector/sync/laws.property.test.ts',
  'lists that misbehave in every way': 'test/connector/sync/every-list.property.test.ts',
  'recruiters against a model, the emulator and the connector': 'test/contracts/model-based.property.test.ts',
  'accounts that vary in what nothing proves': 'test/contracts/variation.property.test.ts',
  'cases of all rules that meet in one world': 'test/contracts/merged-cases.test.ts',
  'every rule on worlds that nobody has seen': 'test/contracts/every-rule.test.ts',
  'where each unified value comes from': 'test/connector/explain/lineage.property.test.ts',
  'values that several records decide': 'test/connector/explain/other-records.property.test.ts',
  'worlds that are told as a file and built again': 'test/seeds/from-world.test.ts',
  'stand-ins for whatever Gem sends': 'test/mock-server/capture/pseudonymise.property.test.ts',
  'accounts that nobody has seen, captured and asked for the same':
    'test/mock-server/capture/generated.property.test.ts',
  'large values in the log': 'test/mock-server/requests/shorten.property.test.ts',
};

/** Without chance, or with as much as one round has time for. */
export const once: Readonly<Record<string, string>> = {
  'a sync killed fifty times on each database': 'test/connector/work/kills.program.test.ts',
  'syncs killed while the data changes': 'test/connector/work/kills-while-data-changes.program.test.ts',
  'a database that goes away': 'test/connector/work/outages.program.test.ts',
  'fifty who write and fifty who poll, for two minutes': 'test/connector/changes/nothing-is-lost.test.ts',
  'a hundred thousand requests that are nearly right': 'test/connector/api/fuzz.program.test.ts',
  'records of megabytes': 'test/connector/sync/large-records.test.ts',
  'lists of records of megabytes': 'test/connector/api/paging.test.ts',
  'a thousand lost answers to writes under each choice of Gem': 'test/connector/actions/lost-writes.test.ts',
  'heavy work for one world, and how long others wait meanwhile':
    'test/mock-server/machine/others-are-answered.test.ts',
  'two hundred thousand requests and documents to the emulator': 'test/mock-server/fuzz.test.ts',
  'a console with a hundred thousand candidates and ten thousand requests':
    'test/console/quick.program.test.ts',
  'four hundred command lines': 'test/mock-server/cli/fuzz.program.test.ts',
  'a newcomer who does what the documents say': 'test/house/newcomer.program.test.ts',
  'every page with all that it has unfolded': 'test/every-page.program.test.ts',
  'every mutant that shows things wrongly': 'test/contracts/every-reading-mutant.test.ts',
  'clients that others generate, and the tests that they run': 'test/clients/clients.program.test.ts',
  'adapters that do nothing real': 'test/contracts/verify-connector/nonsense.test.ts',
  'every mutant that is made by machine': 'test/contracts/every-machine-mutant.test.ts',
  'every mutant that does things wrongly': 'test/contracts/every-writing-mutant.test.ts',
  'every failure, in every list': 'test/connector/sync/every-failure.test.ts',
  'bodies that are too large': 'test/mock-server/machine/slices.test.ts',
  'a reader of events who is slow': 'test/mock-server/control/events.test.ts',
  'a Gem that departs in every way, as a proxy sees it': 'test/mock-server/watch/watch.test.ts',
  'a Gem that answers otherwise than its mirror': 'test/mock-server/watch/mirror.test.ts',
  'accounts of every kind, captured and asked for the same': 'test/mock-server/capture/same-world.test.ts',
  'every rule in a captured account': 'test/mock-server/capture/verified.test.ts',
  'a capture that is killed twenty times': 'test/mock-server/capture/kills.program.test.ts',
  'a hundred thousand candidates, captured in little memory': 'test/mock-server/capture/size.program.test.ts',
  'a capture that is broken off everywhere': 'test/mock-server/capture/reading.test.ts',
  'a history that forgets': 'test/mock-server/control/history.test.ts',
  'the connector in Python that a guide shows': 'test/contracts/verify-connector/cli.test.ts',
  'five hundred worlds at once': 'test/mock-server/worlds/worlds.test.ts',
  'every promise that a server breaks, by itself': 'test/contracts/verify-gem/deviations.test.ts',
  'thousands of servers that are wrong somewhere': 'test/contracts/verify-gem/every-deviation.test.ts',
  'what a server does wrong at one place, later, or with much data': 'test/contracts/verify-gem/gaps.test.ts',
  'every mistake in YAML': 'test/seeds/yaml-mistakes.test.ts',
  'what every scenario is told to be': 'test/seeds/scenario-cli.test.ts',
};
