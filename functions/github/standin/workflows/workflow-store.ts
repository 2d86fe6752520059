/** A schedule ends after this long without activity in its repository, in milliseconds. */
const patience = 60 * 24 * 3600 * 1000;

interface Run {
  conclusion: string;
  endedAt: number;
}

/**
 * The workflows of every repository. Each is there, and its patience begins when it is first asked for and whenever it is
 * enabled. Whether enabling really counts as activity, GitHub does not say.
 */
export function createWorkflowStore(now: () => number) {
  const runs = new Map<string, Run[]>();
  const known = new Map<string, { active: number; disabled: boolean }>();
  const find = (name: string) => {
    const found = known.get(name) ?? { active: now(), disabled: false };
    known.set(name, found);
    return found;
  };
  return {
    /** GitHub's word for how it is. */
    stateOf(name: string): string {
      const { active, disabled } = find(name);
      if (disabled) return 'disabled_manually';
      return now() - active >= patience ? 'disabled_inactivity' : 'active';
    },
    enable: (name: string) => Object.assign(find(name), { active: now(), disabled: false }),
    /** Runs that have ended, newest first. */
    runsOf: (name: string): readonly Run[] => runs.get(name) ?? [],
    finishRun(name: string, conclusion: string): void {
      runs.set(name, [{ conclusion, endedAt: now() }, ...(runs.get(name) ?? [])]);
    },
    disable: (name: string) => Object.assign(find(name), { disabled: true }),
  };
}

export type WorkflowStore = ReturnType<typeof createWorkflowStore>;
