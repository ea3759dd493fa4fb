import { faker } from '@faker-js/faker/locale/en';
import { normalise, wordsOf } from './words.ts';

/**
 * Whether a word means something in a value, whoever is called so: `engineer` in a title is no person, although one may be
 * named Engineer. Of a word that is not here nobody but the owner can say whether it is one.
 */
export function isCommonWord(word: string): boolean {
  return common.has(normalise(word));
}

/** Words of people who recruit, as far as the lists of words have them not. */
const trade =
  'linkedin indeed glassdoor github gem referral referred agency website careers career board meetup event events fair source ' +
  'sales software hardware data product project program backend frontend fullstack full stack web mobile cloud devops security it hr ' +
  'finance legal people talent staff lead head chief vice president intern trainee working student customer support success account ' +
  'business operations office machine learning robotics mechanical electrical research scientist science computer university ' +
  'college school institute academy bachelor master doctor degree diploma arts engineering economics physics mathematics design ' +
  'english german french spanish speaks relocation remote onsite hybrid round call screen interview offer test task home page ' +
  'inc llc ltd gmbh ag corp company group of the and for in at to with m f d x';

const { word, person, company, commerce } = faker.definitions;

const lists: unknown[] = [word, company, commerce].flatMap((group) => Object.values(group));

const common: ReadonlySet<string> = new Set(
  wordsOf(JSON.stringify([lists, person.job_area, person.job_descriptor, person.job_type, trade])),
);
