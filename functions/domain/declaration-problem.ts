import type { z } from 'zod';

const types: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** What is wrong with a declaration, as a sentence that names the field and what it must be, never what it is. */
export function declarationProblem(issue: z.core.$ZodIssue | undefined): string {
  const field = issue?.path.map(String).join('.').slice(0, 100);
  return issue && field ? `The field “${field}” must be ${wanted(issue)}.` : 'It is not a JSON object.';
}

function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      return values.length === 1 ? `“${values[0]}”` : `one of ${values.join(', ')}`;
    }
    case 'invalid_type':
      return types[issue.expected] ?? issue.expected;
    case 'too_big':
      return issue.origin === 'array'
        ? `a list of at most ${issue.maximum}`
        : `at most ${issue.maximum} characters long`;
    case 'too_small':
      return 'left out where there is nothing to say';
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'a time with its zone, such as 2026-05-02T08:15:00Z'
        : 'a fingerprint of 64 digits and letters a to f';
    default:
      return 'as the schema says';
  }
}
