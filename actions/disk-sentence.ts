/** The sentence that tells of a disk that is full, broken or closed to us; null for an error that is not the disk's. */
export function diskSentence(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  // The codes below are not the disk's alone: only a path, or a code that nothing else has, makes them so.
  if ('path' in error && typeof error.path === 'string') return sentences[error.code]?.(error.path) ?? null;
  return ownCodes.includes(error.code) ? (sentences[error.code]?.('the output folder') ?? null) : null;
}

const full = (path: string) =>
  `The disk is full: ${path} could not be written. Free some space, then run this again.`;
const forbidden = (path: string) =>
  `${path} may not be written. Correct its permissions or choose another folder.`;

const ownCodes = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'];
const sentences: Record<string, (path: string) => string> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  ENOENT: (path) => `${path} is not there. Something else removed it, or its folder cannot be made.`,
  ENOTDIR: (path) =>
    `${path} cannot be a folder, because a part of its path is a file. Choose another folder.`,
  EEXIST: (path) => `${path} is in the way. Move it elsewhere or choose another folder.`,
  ENOTEMPTY: (path) => `${path} is in the way. Move it elsewhere or choose another folder.`,
  EIO: (path) => `The disk failed to read or write ${path}. Check the disk, then run this again.`,
};
