import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseValues, repairCut } from './values.ts';

describe('values one after another', () => {
  test.each([
    ['one', '{"a":1}', [{ a: 1 }], 'whole'],
    ['two without a break', '{"a":"}{"}{"b":[2]}', [{ a: '}{' }, { b: [2] }], 'whole'],
    ['two with spaces', ' {"a":1} \t {"b":2} ', [{ a: 1 }, { b: 2 }], 'whole'],
    ['escaped quotes and backslashes', '{"a":"\\"}\\\\"}[]', [{ a: '"}\\' }, []], 'whole'],
    ['a scalar', '7', [7], 'whole'],
    ['words before', 'log: {"a":1}', [{ a: 1 }], 'broken'],
    ['words between', '{"a":1} and {"b":2}', [{ a: 1 }, { b: 2 }], 'broken'],
    ['words after', '{"a":1} end', [{ a: 1 }], 'broken'],
    ['one that ends inside', '{"a":1}{"b":', [{ a: 1 }], 'cut'],
    ['one that ends inside a string', '{"a":"x\\', [], 'cut'],
    ['one that is not JSON', '{"a":1}{b}{"c":3}', [{ a: 1 }], 'broken'],
    ['brackets that do not fit', '{]', [], 'broken'],
    ['no bracket', 'nothing', [], 'broken'],
    ['nothing', '', [], 'broken'],
  ])('%s', (_, text, values, rest) => {
    expect(parseValues(text)).toEqual({ values, rest });
  });

  test('any objects written without breaks are found again', () => {
    const written = fc.array(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(written, (objects) => {
        const text = objects.map((each) => JSON.stringify(each)).join('');
        expect(parseValues(text)).toEqual({
          values: JSON.parse(`[${objects.map((o) => JSON.stringify(o))}]`),
          rest: 'whole',
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a document that was cut off', () => {
  test.each([
    ['in a string', '{"id":"s","list":[{"a":1},{"b":"half', { id: 's', list: [{ a: 1 }, {}] }],
    ['after a comma', '[1,2,', [1, 2]],
    ['after a key', '{"a":1,"b":', { a: 1 }],
    ['in a number', '[10,20,3', [10, 20]],
    ['at its beginning', '{', {}],
  ])('%s', (_, text, value) => {
    expect(repairCut(text)).toEqual(value);
  });

  test('what cannot be closed is not', () => {
    for (const text of ['', 'words', '{b', '['.repeat(100_000)]) expect(repairCut(text)).toSatisfy(shallow);
  });

  test('whatever is cut anywhere comes back as part of itself, or not at all', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), (document, cut) => {
        const text = JSON.stringify(document);
        const repaired = repairCut(text.slice(0, 1 + (cut % text.length)));
        if (repaired !== undefined)
          expect((repaired as unknown[]).length).toBeLessThanOrEqual(document.length);
      }),
      { numRuns: 200 },
    );
  });
});

/** Nothing, or no more than what `['', …]` could give. */
function shallow(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && JSON.stringify(value).length <= 2002);
}
