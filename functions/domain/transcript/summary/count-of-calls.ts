/** Tool calls, each once, their names (of calls without an id at most `maxNames`), and whether each has its result. */
export function countOfCalls(maxNames: number) {
  /** Names by the calls' ids: a call told again is the same call, and the last that is told of it holds. */
  const known = new Map<string, string>();
  const open = new Set<string>();
  const namesWithoutId = new Set<string>();
  let nameless = 0;
  let namelessOpen = 0;
  return {
    call(id: string | undefined, name: string) {
      if (id === undefined) {
        nameless += 1;
        namelessOpen += 1;
        if (namesWithoutId.size < maxNames) namesWithoutId.add(name);
        return;
      }
      if (!known.has(id)) open.add(id);
      known.set(id, name);
    },
    names: () => [...new Set(known.values()), ...namesWithoutId],
    result(id: string | undefined) {
      if (id === undefined) namelessOpen = Math.max(0, namelessOpen - 1);
      else open.delete(id);
    },
    count: () => known.size + nameless,
    paired: () => open.size + namelessOpen === 0,
  };
}
