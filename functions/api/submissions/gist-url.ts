import { z } from 'zod';

/** The field in which a contributor pastes whatever names a gist. */
export const gistUrl = z.string('it must be text').max(2000, 'it is longer than 2000 characters').default('');
