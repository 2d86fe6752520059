import type { APIRoute } from 'astro';
import { securityContact, securityText } from './security-contact.ts';

export const prerender = true;

/** `/.well-known/security.txt`, of a site that has a contact. */
export const GET: APIRoute = ({ site }) => {
  const contact = securityContact(import.meta.env.REPOSITORY_URL);
  if (contact === null || site === undefined) return new Response(null, { status: 404 });
  return new Response(securityText(contact, site, new Date()), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
