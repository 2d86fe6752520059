import sharp, { type Region } from 'sharp';
import { expect, test } from 'vitest';
import { drawPicture } from './draw.ts';

const shown = {
  call: ['0123', '4567'] as const,
  lines: ['pi 1.0', '3 prompts'],
  foot: 'Open Agent Sessions',
};
const drawn = (title: string) => drawPicture({ ...shown, title }, 'A session with pi');

/** What is in a part of a picture. `stats` looks at all of what it is given. */
async function partOf(picture: Buffer, region: Region) {
  return sharp(await sharp(picture).extract(region).png().toBuffer()).stats();
}

test.each([
  ['Chinese', '修复测试并添加文档'],
  ['Arabic', 'إصلاح الاختبار'],
  ['emoji', '👩\u200d👩\u200d👧 🏳️\u200d🌈'],
  ['nothing', ''],
])('a title of %s, which the fonts have not, gives way to what the session is', async (_, title) => {
  expect((await drawn(title)).equals(await drawn('A session with pi'))).toBe(true);
});

test.each([
  ['an emoji', 'Fix the test 😀', 'Fix the test'],
  ['a Chinese word', 'Translate the whole handbook into 中文', 'Translate the whole handbook into'],
  ['turned text', 'Fix \u202ethe\u2066 test', 'Fix the test'],
])('%s in a title is left out', async (_, title, without) => {
  expect((await drawn(title)).equals(await drawn(without))).toBe(true);
});

test.each(['Ünïcode Łódź', 'Исправить тест', 'Sửa kiểm thử', '<b>&amp;"'])(
  '%s is drawn as it is',
  async (title) => {
    const picture = await drawn(title);
    expect(picture.equals(await drawn('A session with pi'))).toBe(false);
    const part = await sharp(picture).extract({ left: 230, top: 80, width: 900, height: 90 }).stats();
    expect(part.channels[0]?.stdev).toBeGreaterThan(10);
  },
);

test('ten thousand characters stay on the card', async () => {
  const picture = await drawn('W'.repeat(10_000));
  expect(await sharp(picture).metadata()).toMatchObject({ width: 1200, height: 630 });
  // Beyond the card's right edge is paper, and nothing else.
  const beyond = await partOf(picture, { left: 1160, top: 0, width: 40, height: 630 });
  expect(beyond.channels[0]).toMatchObject({ min: 0xf8, max: 0xf8 });
});
