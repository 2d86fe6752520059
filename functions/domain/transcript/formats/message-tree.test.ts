import { expect, test } from 'vitest';
import { messageTree } from './message-tree.ts';

test('what is between two messages is passed over', () => {
  const parentOf = messageTree();
  expect(parentOf('e1', undefined, 'question')).toBeUndefined();
  expect(parentOf('e2', 'e1', undefined)).toBe('question');
  expect(parentOf('e3', 'e2', undefined)).toBe('question');
  expect(parentOf('e4', 'e3', 'answer')).toBe('question');
  expect(parentOf('e5', 'e4', 'next')).toBe('answer');
});

test('branches answer the message they left from', () => {
  const parentOf = messageTree();
  parentOf('e1', undefined, 'm1');
  parentOf('e2', 'e1', 'm2');
  expect(parentOf('e3', 'e1', 'm3')).toBe('m1');
});

test('each line of a message told over several has the parent of the first', () => {
  const parentOf = messageTree();
  parentOf('e1', undefined, 'question');
  for (const [entry, follows] of [
    ['e2', 'e1'],
    ['e3', 'e2'],
    ['e4', 'e3'],
  ]) {
    expect(parentOf(entry, follows, 'answer')).toBe('question');
  }
});

test('a parent that was never told, is the entry itself, or is missing is none', () => {
  const parentOf = messageTree();
  expect(parentOf('e1', 'lost', 'm1')).toBeUndefined();
  expect(parentOf('e2', 'e2', 'm2')).toBeUndefined();
  expect(parentOf(undefined, undefined, 'm3')).toBeUndefined();
  expect(parentOf(undefined, 'e1', undefined)).toBe('m1');
});
