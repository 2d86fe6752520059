import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
    rules: {
      // Our own files only, which change with every build; scripts have it, as their policy asks for it.
      'require-sri': ['error', { target: 'crossorigin' }],
      // Where tables become cards on phones, browsers take their meaning away; the roles give it back.
      'no-redundant-role': [
        'error',
        { exclude: ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell'] },
      ],
      // What the standard allows: an id that begins with a digit, an ampersand that begins no reference.
      'valid-id': ['error', { relaxed: true }],
      'no-raw-characters': ['error', { relaxed: true }],
      // About how a source looks; this is what is left of it after compression.
      'no-trailing-whitespace': 'off',
    },
  }),
);

/** What is wrong with a page's markup as it is sent: https://html.spec.whatwg.org/, double ids and skipped headings included. */
export async function markupFlaws(html: string): Promise<string[]> {
  // What a template holds is looked at where it was copied from: there it stands once.
  const { results } = await validator.validateString(html.replace(/<template\b.*?<\/template>/gs, ''));
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${ruleId} at ${line}:${column}: ${message}`),
  );
}
