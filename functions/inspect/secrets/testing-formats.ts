import { furtherFormats } from './testing-further-formats.ts';
import { serviceFormats } from './testing-service-formats.ts';
import { tokenFormats } from './testing-token-formats.ts';
import { vendorFormats } from './testing-vendor-formats.ts';

/** All formats of the canaries. */
export const formats = { ...tokenFormats, ...serviceFormats, ...furtherFormats, ...vendorFormats };
