import { currentListing } from './current-listing.ts';
import type { Listing } from './listing.ts';

/**
 * What `read` makes of the newest snapshot; null where the published files are missing or damaged, which is logged. For
 * pages made on request: while a site is built such files end the build.
 */
export async function readPublished<Value>(
  locals: Pick<App.Locals, 'report'>,
  read: (listing: Listing) => Promise<Value>,
): Promise<Value | null> {
  try {
    return await read(await currentListing());
  } catch (error) {
    locals.report(error);
    return null;
  }
}
