/** undici's pool alone: its index brings fetch, caches and WebSockets along, which the command line would carry. */
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici';
}
