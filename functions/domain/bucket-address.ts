import type { BucketAccess } from './environment-values.ts';

/**
 * Where everybody reads a bucket, without a slash at its end: a host of its own, as object stores have it, or a path where
 * such a host has no name (a machine known by its number) or no certificate (a bucket with dots).
 */
export function publicAddress({ endpoint, name }: Pick<BucketAccess, 'endpoint' | 'name'>): string {
  const url = new URL(endpoint);
  if (name.includes('.') || /^[\d.]+$|^\[|^localhost$/.test(url.hostname)) return `${url.origin}/${name}`;
  return `${url.protocol}//${name}.${url.host}`;
}
