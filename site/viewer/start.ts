import { mount } from './mount.ts';

mount();
// The desk puts one case in the place of another.
document.addEventListener('desk:shown', mount);
