import { browseVersion } from '../../browse/files.ts';
import { fetchList, httpFile } from '../../browse/read/http-file.ts';
import { openBrowse } from '../../browse/read/open.ts';
import { BrowseTrouble } from '../../browse/read/trouble.ts';
import type { Summary } from '../../browse/summary.ts';
import type { Answer, Forgetting, Opening, Question } from '../protocol.ts';
import { type Columns, columnsOf, countValues } from './columns.ts';
import { weighGroup } from './count.ts';
import { type Look, look, type Told } from './look.ts';
import { search, take } from './take.ts';

/** Looks through the index in the background of the page, reading parts of files and asking no server anything else. */
const page = self as unknown as {
  postMessage(message: Answer): void;
  onmessage: ((event: MessageEvent<Opening | Forgetting | Question>) => void) | null;
};

let index: Promise<Omit<Look, 'tell' | 'alive'>> | null = null;
let opening: Opening | null = null;
/** The latest question of each kind: what was asked before it, nobody waits for. */
const latest = new Map<string, number>();

page.onmessage = ({ data }) => {
  if (data.kind === 'open') opening = data;
  else if (data.kind === 'forget') latest.clear();
  else void answer(data);
};

async function answer(question: Question): Promise<void> {
  const { id, kind } = question;
  latest.set(kind, id);
  const alive = () => latest.get(kind) === id;
  const tell = (told: Told) => {
    if (alive()) page.postMessage({ ...told, id } as Answer);
  };
  try {
    if (opening === null) throw new Error('asked before it was told where the index is');
    index ??= open(opening);
    const looking = { ...(await index), tell, alive };
    if (kind === 'look') await look(question, looking);
    else if (kind === 'take') {
      const file = await take(question.selection, question.form, opening, looking);
      if (file) tell({ kind: 'file', ...file });
    } else await weigh(question, looking);
  } catch (error) {
    tell({ kind: 'trouble', sentence: sentenceOf(error) });
  }
}

async function open({ browse: folder }: Opening): Promise<Omit<Look, 'tell' | 'alive'>> {
  try {
    const browse = openBrowse(await readSummary(`${folder}summary.json`), (name, bytes) =>
      httpFile(folder + name, bytes),
    );
    let columns: Promise<Columns> | null = null;
    return {
      browse,
      columns() {
        columns ??= browse.facets().then(columnsOf);
        columns.catch(() => {
          columns = null;
        });
        return columns;
      },
    };
  } catch (error) {
    index = null;
    throw error;
  }
}

async function readSummary(address: string): Promise<Summary> {
  const response = await fetchList(address);
  const summary: Summary | null = await response.json().catch(() => null);
  if (summary?.browse_version !== browseVersion) {
    throw new BrowseTrouble('The list on this server is newer than this page. Load the page again.');
  }
  return summary;
}

async function weigh({ selection }: Question & { kind: 'weigh' }, looking: Look): Promise<void> {
  const groups = await search(selection, looking);
  if (groups === null) return;
  const columns = await looking.columns();
  let bytes = 0;
  const licenses: Record<string, number> = {};
  for (const part of groups) {
    if (part.rows.length === 0) continue;
    bytes += await weighGroup(columns, part);
    countValues(licenses, part.rows, await columns.values('license', part.group));
  }
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  looking.tell({ kind: 'found', total, bytes, licenses });
}

/** What is no trouble with the files is a fault of ours, whose text would help nobody. */
function sentenceOf(error: unknown): string {
  if (error instanceof BrowseTrouble) return error.message;
  return 'Something went wrong in this page while it looked through the list. Load it again; if that does not help, use the pages of newest sessions.';
}
