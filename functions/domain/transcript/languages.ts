import { object, text } from './json.ts';

/** Names as GitHub writes them, by file extension: https://github.com/github-linguist/linguist */
const byExtension: Readonly<Record<string, string>> = {
  astro: 'Astro',
  bash: 'Shell',
  c: 'C',
  cc: 'C++',
  clj: 'Clojure',
  cpp: 'C++',
  cs: 'C#',
  css: 'CSS',
  cu: 'Cuda',
  dart: 'Dart',
  ex: 'Elixir',
  exs: 'Elixir',
  elm: 'Elm',
  erl: 'Erlang',
  f90: 'Fortran',
  fs: 'F#',
  gd: 'GDScript',
  go: 'Go',
  graphql: 'GraphQL',
  groovy: 'Groovy',
  hcl: 'HCL',
  hpp: 'C++',
  hs: 'Haskell',
  html: 'HTML',
  ipynb: 'Jupyter Notebook',
  java: 'Java',
  jl: 'Julia',
  js: 'JavaScript',
  jsx: 'JavaScript',
  kt: 'Kotlin',
  kts: 'Kotlin',
  less: 'Less',
  lisp: 'Common Lisp',
  lua: 'Lua',
  mjs: 'JavaScript',
  cjs: 'JavaScript',
  ml: 'OCaml',
  mm: 'Objective-C++',
  mts: 'TypeScript',
  cts: 'TypeScript',
  nim: 'Nim',
  nix: 'Nix',
  odin: 'Odin',
  php: 'PHP',
  pl: 'Perl',
  proto: 'Protocol Buffer',
  ps1: 'PowerShell',
  py: 'Python',
  pyi: 'Python',
  r: 'R',
  rb: 'Ruby',
  rs: 'Rust',
  scala: 'Scala',
  scss: 'SCSS',
  sh: 'Shell',
  sol: 'Solidity',
  sql: 'SQL',
  svelte: 'Svelte',
  swift: 'Swift',
  tex: 'TeX',
  tf: 'HCL',
  ts: 'TypeScript',
  tsx: 'TypeScript',
  v: 'V',
  vue: 'Vue',
  wgsl: 'WGSL',
  zig: 'Zig',
  zsh: 'Shell',
};

/** Arguments by which agents' file tools name the file they work on. */
const pathKeys = [
  'file_path',
  'filePath',
  'path',
  'filename',
  'absolute_path',
  'target_file',
  'notebook_path',
  'relative_path',
];

/** Longest patch text looked through, in characters. */
const maxPatch = 200_000;
const patchedFile = /^\*\*\* (?:Add|Update|Delete) File: (.{1,500})$/gm;

/** The programming languages of the files a tool call names, by their extensions. */
export function languagesOf(input: unknown): string[] {
  const record = object(input);
  const paths = record ? pathKeys.flatMap((key) => text(record[key]) ?? []) : [];
  const patch = text(input) ?? text(record?.input) ?? text(record?.patch);
  if (patch?.includes('*** ')) {
    for (const [, path] of patch.slice(0, maxPatch).matchAll(patchedFile)) paths.push(path ?? '');
  }
  return paths.flatMap((path) => {
    const extension = /\.([A-Za-z0-9]{1,8})$/.exec(path.slice(-12).trimEnd())?.[1]?.toLowerCase() ?? '';
    return Object.hasOwn(byExtension, extension) ? [byExtension[extension] as string] : [];
  });
}
