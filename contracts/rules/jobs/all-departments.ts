import { jobsInDepartments } from '../cases/jobs.ts';
import { reachableThroughFields } from '../support/factories.ts';

export default reachableThroughFields('departments', jobsInDepartments, {
  'first department only': (departments) => departments.slice(0, 1),
  'names in one text': (departments) => departments.map(({ name }) => name).join(', '),
});
