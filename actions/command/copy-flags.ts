/** The folder a command works in. */
export const copyFlags = {
  output: {
    type: 'string',
    value: 'DIR',
    description: 'The copy: the folder that holds it all (default: openagentsessions, here)',
  },
} as const;

export const defaultCopy = 'openagentsessions';

/** How many things of a kind are told by name; with --json it is all of them. */
export const named = 20;
