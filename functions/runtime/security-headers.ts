/** What the pages of a site may run and reach. */
export interface Allowed {
  /** Hashes of the site's own scripts, as `integrity` has them: sha384-... */
  scripts: readonly string[];
  /** Origins a visitor's browser reads gists from. */
  gists: readonly string[];
}

/**
 * On every answer in production. Scripts run by their hash alone, from files of our own; nothing inline runs or styles,
 * and nothing is loaded from elsewhere but gists' files, which are read as data. `form-action` names our own origin
 * alone: signing in at GitHub is a link.
 */
export function securityHeaders({ scripts, gists }: Allowed): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `script-src ${scripts.map((hash) => `'${hash}'`).join(' ') || "'none'"}`,
    "worker-src 'self'",
    `connect-src 'self' ${[...new Set(gists)].join(' ')}`.trim(),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // No text becomes markup or the address of a script, but by these two: see site/scripts/own-worker.ts and own-page.ts.
    "require-trusted-types-for 'script'",
    'trusted-types own-worker own-page',
  ];
  return {
    'content-security-policy': policy.join('; '),
    // Gists' files are read as data, with CORS, which this lets through.
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissions,
    // Not `no-referrer`: with it, browsers send `Origin: null` with our own forms, which are refused then.
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    // Not even the names of the hosts that a session links to are asked for, before somebody follows the link.
    'x-dns-prefetch-control': 'off',
  };
}

/** Of what a page could ask a browser for, ours write to the clipboard where a button says so. */
const permissions = [
  ...[
    'accelerometer',
    'autoplay',
    'camera',
    'clipboard-read',
    'display-capture',
    'encrypted-media',
    'fullscreen',
    'geolocation',
    'gyroscope',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'picture-in-picture',
    'publickey-credentials-get',
    'screen-wake-lock',
    'usb',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
  'clipboard-write=(self)',
].join(', ');
