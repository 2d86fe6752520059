import { connect, type PeerCertificate } from 'node:tls';
import type { Alert } from './alert.ts';
import type { Patience } from './ask.ts';

/** Caddy renews a certificate when a third of its time is left, a month of three. */
const fewDays = 14;

/** Whether the site's certificate is one that browsers take, and for how long. A site without TLS has none. */
export async function checkCertificate(
  site: string,
  { now, patience, ca }: { now: () => Date; patience: Patience; ca?: string },
): Promise<Alert[]> {
  const url = new URL(site);
  if (url.protocol !== 'https:') return [];
  const seen = await shownBy(url, patience.timeout, ca);
  const alert = (what: string): Alert[] => [
    { key: 'certificate', sentence: `The certificate of ${url.host} ${what}.` },
  ];
  if ('failed' in seen) return alert(`cannot be seen: ${seen.failed}`);
  const days = Math.floor((Date.parse(seen.certificate.valid_to) - now().getTime()) / 86_400_000);
  if (days < 0) return alert(`has expired, ${-days} days ago`);
  if (seen.refused !== null) return alert(`is refused by browsers: ${seen.refused}`);
  return days < fewDays ? alert(`is good for ${days} more days, and was not renewed`) : [];
}

type Shown = { certificate: PeerCertificate; refused: string | null } | { failed: string };

function shownBy(url: URL, timeout: number, ca: string | undefined): Promise<Shown> {
  return new Promise((resolve) => {
    const socket = connect({
      host: url.hostname,
      port: Number(url.port || 443),
      // A name; an address has none to be told.
      ...(/^[\d.]+$|^\[/.test(url.hostname) ? {} : { servername: url.hostname }),
      ...(ca === undefined ? {} : { ca }),
      // It is looked at, whatever is wrong with it.
      rejectUnauthorized: false,
      timeout,
    });
    const end = (shown: Shown) => {
      socket.destroy();
      resolve(shown);
    };
    socket.once('secureConnect', () => {
      const { authorized, authorizationError } = socket;
      end({
        certificate: socket.getPeerCertificate(),
        refused: authorized ? null : wordOf(authorizationError),
      });
    });
    socket.once('timeout', () => end({ failed: 'no answer in time' }));
    socket.once('error', (error: NodeJS.ErrnoException) => end({ failed: error.code ?? error.name }));
  });
}

function wordOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
