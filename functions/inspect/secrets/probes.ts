import { type Probe, probeOf } from './probe.ts';
import { assignments } from './rules/assignments.ts';
import { cloudTokens } from './rules/cloud-tokens.ts';
import { codeHostTokens } from './rules/code-host-tokens.ts';
import { commands } from './rules/commands.ts';
import { connectionStrings } from './rules/connection-strings.ts';
import { headers } from './rules/headers.ts';
import { jwt } from './rules/jwt.ts';
import { modelTokens } from './rules/model-tokens.ts';
import { neighbours } from './rules/neighbours.ts';
import { passwordPlaces } from './rules/password-places.ts';
import { paymentTokens } from './rules/payment-tokens.ts';
import { privateKeys } from './rules/private-keys.ts';
import { serviceTokens } from './rules/service-tokens.ts';
import { storeTokens } from './rules/store-tokens.ts';
import { vendorContexts } from './rules/vendor-contexts.ts';
import { wallets } from './rules/wallets.ts';
import { secretlint } from './secretlint.ts';

/** All that looks for secrets. A new family of rules joins here. */
export const probes: readonly Probe[] = [
  ...[
    ...modelTokens,
    ...codeHostTokens,
    ...cloudTokens,
    ...storeTokens,
    ...paymentTokens,
    ...serviceTokens,
    ...vendorContexts,
    ...wallets,
    ...connectionStrings,
    ...commands,
    ...headers,
    jwt,
    ...privateKeys,
    ...assignments,
    ...passwordPlaces,
    ...neighbours,
  ].map(probeOf),
  ...secretlint,
];
