/** A form sends the fields nobody filled in as empty text; for zod's `preprocess`. */
export const blankIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);
