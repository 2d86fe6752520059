/**
 * The version of all rules together, stored with each inspection: our own number, raised with every change to what is
 * found, and secretlint's version.
 */
export const rulesetVersion = '2+secretlint-13.0.7';
