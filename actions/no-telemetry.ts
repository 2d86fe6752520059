/** Imported before Astro, which would report its use to others when it is loaded. */
process.env.ASTRO_TELEMETRY_DISABLED = '1';
