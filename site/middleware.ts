export { onRequest } from '../functions/http/locals.ts';
