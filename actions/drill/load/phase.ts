import { nextAct, type Town } from './acts.ts';
import { arriveSteadily, type Pace } from './pace.ts';
import { mannerOf, type Sample } from './timings.ts';

/** Lets people arrive at a steady rate, each doing one thing. Returns all answers, and tells of each as it comes. */
export async function pass(town: Town, pace: Pace, tell?: (samples: number) => void): Promise<Sample[]> {
  const began = performance.now();
  const samples: Sample[] = [];
  await arriveSteadily(pace, async (due) => {
    const act = nextAct(town.chance);
    const { kind, api, deserved } = act;
    const answers = await act.perform(town);
    const now = performance.now();
    for (const answer of answers) {
      const manner = mannerOf(answer, deserved);
      const { status } = answer;
      samples.push({ at: (due - began) / 1000, kind, api, manner, status, milliseconds: now - due });
    }
    tell?.(samples.length);
  });
  return samples;
}
