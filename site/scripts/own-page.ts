import { trustedTypes } from './trusted-types.ts';

const policy = trustedTypes?.createPolicy('own-page', { createHTML: (html) => html });

/** A page of ours, as our server wrote it, as a document in which nothing runs. */
export function ownPage(html: string): Document {
  return new DOMParser().parseFromString(policy?.createHTML(html) ?? html, 'text/html');
}
