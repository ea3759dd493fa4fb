import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { defaultAnchor } from '../scenario.ts';
import { compile } from '../scenario-file/compile.ts';
import type { FindScenario } from '../scenario-file/inherit.ts';
import { Source } from '../scenario-file/source.ts';
import type { Fields } from '../scenario-file/structure.ts';
import { Draft, type ToldWorld } from './draft.ts';
import { seeds } from './needed-fields.ts';
import { compareRecords } from './same-records.ts';

export interface WrittenScenario {
  /** The file's text. */
  text: string;
  /** What no scenario's file can tell, in a line each: the world that starts from the file has something else there. */
  untold: string[];
}

/**
 * Writes a world as a scenario's file that starts from nothing. Times are told from now, references by labels, and of each
 * record only what would not be made up like that. A world that is built from the file has the same records in the same
 * order, with ids of its own.
 *
 * @param purpose one line: what the scenario is for
 * @param keepsIds whether the ids are written as well, so that the built world has the same
 * @param find finds the scenario that is called `nothing`
 */
export function writeWorld(
  world: ToldWorld,
  {
    purpose,
    keepsIds = false,
    find,
  }: { purpose: string; keepsIds?: boolean | undefined; find: FindScenario },
): WrittenScenario {
  const draft = new Draft(world, purpose, keepsIds);
  for (;;) {
    const document = draft.document();
    const found = seeds.map((seed) => {
      const source = new Source(JSON.stringify(document), 'the world');
      const built = compile(source, find, { seed, anchor: world.now });
      return compareRecords(world.records, built.records, keepsIds);
    });
    const different = found.flatMap(({ differences }) => differences);
    const isMoreTold = draft.tell(different);
    if (isMoreTold) continue;
    const counts = (found[0]?.counts ?? []).map(
      ({ resource, wanted, built }) => `${resource}: ${built} instead of ${wanted}`,
    );
    const places = different.map(
      ({ resource, index, field }) => `${draft.nameOf(resource, index)}: ${field}`,
    );
    return { text: toYaml(document, world.now), untold: [...counts, ...new Set(places)] };
  }
}

/** The document as people write it: what fits on a line stands on one. */
function toYaml(document: Fields, now: string): string {
  // `require` returns whatever the package is, and it is this.
  const { Document, isCollection, visit } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  const yaml = new Document(document, { aliasDuplicateObjects: false });
  visit(yaml, {
    Collection: (_key, node, path) => {
      // The outermost groups stand open, so that records begin on lines of their own.
      const depth = path.filter((around) => isCollection(around)).length;
      if (depth < 3) return undefined;
      if (JSON.stringify(node.toJSON()).length > lineWidth - 8) return undefined;
      node.flow = true;
      return visit.SKIP;
    },
  });
  const started = now === defaultAnchor ? '' : ` (with --anchor ${now} they are the very same)`;
  yaml.commentBefore = ` Times are told from the world's now${started}.`;
  return yaml.toString({ lineWidth, flowCollectionPadding: true, singleQuote: true });
}

const lineWidth = 110;
