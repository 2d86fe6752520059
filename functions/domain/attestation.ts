/**
 * What a contributor confirms. Stored by version with each submission, so a changed word needs a new version here;
 * earlier texts stay, because rows point at them.
 */
export const attestations = {
  '2026-11-22': {
    rights:
      'I have the right to share this session: it is mine, nobody else’s confidential work is in it, and sharing it breaks no agreement of mine.',
    provenance:
      'It is a real session between me and a coding agent, recorded by that agent, and not made up or altered except to redact it.',
    redaction:
      'I have read it and taken out secrets and personal data, mine and other people’s. I know that earlier revisions of the gist stay readable.',
    license: 'I give it to everyone under the licence chosen here.',
  },
} as const;

export type AttestationVersion = keyof typeof attestations;

/** The version shown on the form, and stored with new submissions. */
export const currentAttestation: AttestationVersion = '2026-11-22';
