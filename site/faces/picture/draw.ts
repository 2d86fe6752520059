import satori from 'satori';
import sharp from 'sharp';
import { oneLine } from '#domain/one-line.ts';
import { fonts } from './fonts.ts';
import { layout, type Shown } from './layout.ts';
import { pictureSize } from './size.ts';

// A picture is small: more threads would only take processors from what else is asked.
sharp.concurrency(1);

/** Texts are cut before anything is laid out: more would not fit, and would cost. */
const most = { title: 160, line: 80 };

/**
 * A picture as PNG, 1200 × 630. Its letters are drawn as paths, from the fonts that come along, so every machine draws
 * the same. Characters these lack (all but Latin and Cyrillic ones) are left out; where that is more than a quarter of
 * the title's letters, `instead` stands in its place. Link previews show the title itself beside the picture.
 */
export async function drawPicture(whole: Shown, instead: string): Promise<Buffer> {
  const shown = mapTexts(whole, oneLine);
  const lacking = new Set<string>();
  const svg = await svgOf(shown, lacking);
  if (lacking.size === 0 && letters(shown.title) > 0) return pngOf(svg);
  const without = (text: string) =>
    oneLine([...text].filter((one) => !lacking.has(one)).join(''), most.title);
  const left = mapTexts(shown, without);
  const kept = letters(left.title) >= Math.max(1, letters(shown.title) * 0.75);
  return pngOf(await svgOf({ ...left, title: kept ? left.title : instead }, lacking));
}

/** Adds to `lacking` the characters that no font has. */
async function svgOf(shown: Shown, lacking: Set<string>): Promise<string> {
  return satori(layout(shown) as Parameters<typeof satori>[0], {
    ...pictureSize,
    fonts: (await fonts()).map((font) => ({ ...font, weight: 400 as const, style: 'normal' as const })),
    loadAdditionalAsset: async (_, segment) => {
      for (const character of segment) lacking.add(character);
      return [];
    },
  });
}

const pngOf = (svg: string): Promise<Buffer> =>
  sharp(Buffer.from(svg)).png({ compressionLevel: 8 }).toBuffer();

function mapTexts(shown: Shown, map: (text: string, most: number) => string): Shown {
  return {
    call: shown.call,
    title: map(shown.title, most.title),
    lines: shown.lines.map((line) => map(line, most.line)).filter((line) => line !== ''),
    foot: map(shown.foot, most.line),
  };
}

const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
