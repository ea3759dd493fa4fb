import { jobsInOffices } from '../cases/jobs.ts';
import { reachableThroughFields } from '../support/factories.ts';

export default reachableThroughFields('offices', jobsInOffices, {
  'first office only': (offices) => offices.slice(0, 1),
  'all but the first': (offices) => offices.slice(1),
});
