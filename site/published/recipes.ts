/** A file of `site/recipes`, ready to be run. */
export interface Recipe {
  /** Its name, below `/dataset/recipes/`. */
  file: string;
  /** What has to be there before it. */
  needs: string;
  /** The whole file, with this site's addresses in it. */
  code: string;
}

export interface RecipeGroup {
  title: string;
  id: string;
  recipes: Recipe[];
}

/** What stands in the files for what only a running site knows. They run as they are at this address. */
const anySite = 'https://openagentsessions.org';
const anyFolder = `${anySite}/dataset/latest`;
const anyRepository = 'OWNER/REPOSITORY';

/** This site, as recipes name it. */
export interface Here {
  /** Its address, without a slash at its end. */
  site: string;
  /** Where the newest snapshot is for good, below `/dataset`; null as long as there is none. */
  snapshot: string | null;
  /** Where its releases are, as GitHub's `owner/name`; null where nobody said. */
  repository: string | null;
}

const texts = import.meta.glob<string>('../recipes/*.{sh,sql,py}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const order: readonly { title: string; id: string; recipes: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Download and check',
    id: 'download',
    recipes: [['download.sh', 'curl, sha256sum']],
  },
  {
    title: 'Get the sessions',
    id: 'sessions',
    recipes: [['hydrate.sh', 'Node 20 or newer']],
  },
  {
    title: 'Ask with DuckDB',
    id: 'duckdb',
    recipes: [
      ['over-http.sql', 'DuckDB, nothing downloaded'],
      ['choose.sql', 'DuckDB, after download.sh'],
    ],
  },
  {
    title: 'Load in Python',
    id: 'python',
    recipes: [
      ['with-datasets.py', 'the package datasets'],
      ['with-pandas.py', 'the packages pandas and pyarrow'],
      ['with-polars.py', 'the package polars'],
    ],
  },
  {
    title: 'Prove a session',
    id: 'prove',
    recipes: [['prove.py', 'Python, after download.sh']],
  },
  {
    title: 'Honour removals',
    id: 'honour',
    recipes: [
      ['removals.sh', 'curl, after download.sh'],
      ['removals.sql', 'DuckDB, after removals.sh'],
      ['purge.sh', 'Node 20 or newer, after hydrate.sh'],
    ],
  },
  {
    title: 'Take a release',
    id: 'release',
    recipes: [['release.sh', 'GitHub’s gh, signed in']],
  },
];

/** All recipes, in the order they are shown. */
export function recipesAt(here: Here): RecipeGroup[] {
  return order.map(({ title, id, recipes }) => ({
    title,
    id,
    recipes: recipes.map(([file, needs]) => {
      const text = texts[`../recipes/${file}`];
      if (text === undefined) throw new Error(`There is no recipe ${file}.`);
      return { file, needs, code: filledIn(text, file, here) };
    }),
  }));
}

/**
 * A recipe's file with this site's addresses in it. What is read in pieces is read of one snapshot, which stays as it is;
 * departures are asked of `latest`, where they are written every hour.
 */
function filledIn(text: string, file: string, { site, snapshot, repository }: Here): string {
  const folder = snapshot === null || file === 'removals.sh' ? 'latest' : snapshot;
  return text
    .replaceAll(anyFolder, () => `${site}/dataset/${folder}`)
    .replaceAll(anySite, () => site)
    .replaceAll(anyRepository, () => repository ?? anyRepository);
}
