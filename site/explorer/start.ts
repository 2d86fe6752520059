import { openExplorer } from './page/explorer.ts';

const root = document.querySelector<HTMLElement>('[data-explorer]');
if (root) openExplorer(root);
