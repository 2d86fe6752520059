/** The records of CSV, cell by cell, from its lines; a cell in quotes may hold separators, quotes and line ends. https://www.rfc-editor.org/rfc/rfc4180 */
export async function* csvRecords(lines: AsyncIterable<string>, separator: string): AsyncGenerator<string[]> {
  let open = '';
  for await (const line of lines) {
    const record = open === '' ? line : `${open}\n${line}`;
    // Inside a cell the number of quotes so far is odd.
    open = record.split('"').length % 2 === 0 ? record : '';
    if (open === '') yield cellsOf(record, separator);
  }
}

function cellsOf(record: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const piece of record.split(/(["\t,])/)) {
    if (piece === '"') quoted = !quoted;
    else if (piece === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += piece;
  }
  return [...cells, cell];
}
