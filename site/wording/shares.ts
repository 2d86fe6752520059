/** A part of a whole in per cent: 34%, 2.5%, below 0.1%. Nothing of nothing is 0%. */
export function shareText(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0%';
  const share = (part / whole) * 100;
  if (share < 0.1) return '<0.1%';
  // What is not all of it is not called so.
  if (share > 99.9 && part < whole) return '>99.9%';
  return `${share < 10 || share > 99 ? Number(share.toFixed(1)) : Math.round(share)}%`;
}
