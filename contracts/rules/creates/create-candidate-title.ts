import { newCandidateText } from '../support/factories.ts';

export default newCandidateText('title');
