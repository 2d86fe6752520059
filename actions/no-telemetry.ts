/** Imported before Astro, which would report its use to others when it is loaded, and ask the registry for a newer release. */
process.env.ASTRO_TELEMETRY_DISABLED = '1';
process.env.ASTRO_DISABLE_UPDATE_CHECK = 'true';
