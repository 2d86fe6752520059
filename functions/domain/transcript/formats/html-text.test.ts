import { expect, test } from 'vitest';
import { htmlText } from './html-text.ts';

test('tags go, blocks end lines and character references are read once', () => {
  expect(htmlText('<p>a &lt;b&gt; &amp;lt; &#34;&#x1F438;&quot;</p><p>c<br>d</p>')).toBe(
    'a <b> &lt; "🐸"\nc\nd',
  );
});

test('what is no reference stays', () => {
  expect(htmlText('&unknown; &#9999999; a < b &')).toBe('&unknown; &#9999999; a < b &');
});

test('a text of nothing but brackets is read in no time', () => {
  const started = performance.now();
  htmlText('<'.repeat(500_000));
  htmlText('<a '.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(2000);
});
