import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { gemDescription } from '../../contracts/gem.ts';
import { drawForms, nodesOf } from '../../contracts/guesses.ts';
import { smallestVariation, type NamedForms } from '../../contracts/harness/smallest-variation.ts';
import { renderPage } from '../../contracts/page/page.ts';
import { guesses, switchDescriptions } from '../../mock-server/world/switches.ts';

const asked = /Body$|^(RejectionEmail|Referrer)$/;

describe('what nothing proves', () => {
  test('has alternatives beside its evidence, or says why it has none', () => {
    const silent = [...nodesOf(gemDescription)].flatMap(({ name, node }) => {
      const grade = node?.['x-evidence']?.grade;
      // What clients send is not answered in other forms.
      if ((grade !== 'lineage' && grade !== 'assumed') || asked.test(name.split('.')[0] ?? '')) return [];
      const alternatives = node?.['x-alternatives'];
      const isExplained = alternatives?.length === 0 && node?.['x-no-alternatives'] !== undefined;
      return isExplained || (alternatives?.length ?? 0) > 0 ? [] : [name];
    });
    expect(silent).toEqual([]);
  });

  test('has other forms among the switches, too, or says why not', () => {
    const open = switchDescriptions.filter(({ evidence }) => /lineage|assumed/.test(evidence.grade));
    const told = guesses.filter(({ kind }) => kind === 'switch');
    expect(told.map(({ name }) => name)).toEqual(open.map(({ name }) => name));
    for (const { alternatives, reason } of told) expect(alternatives.length > 0).toBe(reason === undefined);
  });

  test('is shown with them on the page', () => {
    const page = renderPage(gemDescription, { url: '', headers: {}, valuesOf: () => ({}) });
    const [, application = ''] = page.split('id="schema-Application"');
    const [row = ''] = application.split('<code>rejected_at</code>')[1]?.split('</dd>') ?? [];
    expect(row).toContain('or: null when unset');
  });
});

describe('a seed', () => {
  test('draws the same again, and another one something else', () => {
    expect(drawForms(guesses, 7)).toEqual(drawForms(guesses, 7));
    expect(drawForms(guesses, 'monday')).toEqual(drawForms(guesses, 'monday'));
    expect(drawForms(guesses, 8)).not.toEqual(drawForms(guesses, 7));
    expect(drawForms(guesses, 'off').size).toBe(0);
  });

  propertyTest.prop([fc.nat({ max: 1_000_000 })])(
    'that is a multiple of four begins four that take every form of a guess with no more than four',
    (block) => {
      const four = [0, 1, 2, 3].map((more) => drawForms(guesses, block * 4 + more));
      for (const { name, defaultForm, alternatives } of guesses.filter(
        (one) => one.alternatives.length < 4,
      )) {
        const taken = new Set(four.map((forms) => forms.get(name) ?? defaultForm));
        expect(taken, name).toEqual(new Set([defaultForm, ...alternatives]));
      }
    },
  );
});

describe('guesses that are named', () => {
  test('take their forms, and no others do', () => {
    const forms = drawForms(guesses, { 'Job.opened_at': 'missing when unset', candidate_ids_limit: '20' });
    expect([...forms]).toEqual([
      ['Job.opened_at', 'missing when unset'],
      ['candidate_ids_limit', 20],
    ]);
    expect(drawForms(guesses, { times: 'as described' }).size).toBe(0);
  });

  test('have to exist, and their forms as well', () => {
    expect(() => drawForms(guesses, { 'Job.open': 'missing' })).toThrow('no guess is called "Job.open"');
    expect(() => drawForms(guesses, { 'Job.opened_at': 'null' })).toThrow(
      'Job.opened_at may be as described, missing when unset, not "null"',
    );
  });
});

describe('the smallest variation', () => {
  const names = Array.from({ length: 40 }, (_, index) => `guess ${index}`);
  const all = Object.fromEntries(names.map((name) => [name, 'missing']));
  const needed = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 });

  propertyTest.prop([needed])('holds just the guesses that it takes to break something', async (culprits) => {
    const breaks = async (some: NamedForms) => culprits.every((name) => name in some);
    const fewest = await smallestVariation(all, breaks, { maxTries: 1000 });
    expect(Object.keys(fewest).toSorted()).toEqual(culprits.toSorted());
  });

  propertyTest.prop([fc.constantFrom(...names)])(
    'is found in few tries when it is one guess',
    async (culprit) => {
      let tries = 0;
      await smallestVariation(all, async (some) => {
        tries += 1;
        return culprit in some;
      });
      expect(tries).toBeLessThanOrEqual(12);
    },
  );
});
