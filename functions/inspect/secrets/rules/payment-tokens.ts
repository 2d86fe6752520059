import { entropy } from '../entropy.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Rule } from '../rule.ts';
import { token } from './token.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Keys of payment services and shops. */
export const paymentTokens: readonly Rule[] = [
  token(
    'stripe',
    'Stripe key',
    ['sk_live_', 'rk_live_', 'sk_prod_', 'rk_prod_', 'sk_test_', 'rk_test_', 'sk_org_'],
    '[sr]k_(?:live|prod|org|test)_[A-Za-z0-9]{16,247}',
    // The word `test` makes it no placeholder: it is a key to an account all the same.
    {
      judge: ({ value }) =>
        isPlaceholder(value.replace('_test_', '_')) || entropy(value.slice(8, 200)) < 3 ? null : 'high',
    },
  ),
  token('stripe-webhook', 'Stripe webhook secret', ['whsec_'], 'whsec_[A-Za-z0-9+/=]{32,64}'),
  token(
    'square',
    'Square token',
    ['EAAA', 'sq0atp-', 'sq0csp-'],
    '(?:EAAA(?![A-Za-z0-9_-]{0,57}AAA)[A-Za-z0-9_-]{60}|sq0atp-[A-Za-z0-9_-]{22}|sq0csp-[A-Za-z0-9_-]{43})',
    { near: /(?:EAAA(?![A-Za-z0-9_-]{0,57}AAA)[A-Za-z0-9_-]{60}|sq0)/y },
  ),
  token(
    'braintree',
    'Braintree access token',
    ['access_token$'],
    'access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[a-f0-9]{32}',
  ),
  token(
    'shopify',
    'Shopify token',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_'],
    'shp(?:at|ca|pa|ss|tka)_[A-Za-z0-9]{32,64}',
  ),
  token('razorpay', 'Razorpay key', ['rzp_live_'], 'rzp_live_[A-Za-z0-9]{14}'),
  token('flutterwave', 'Flutterwave secret key', ['FLWSECK'], 'FLWSECK(?:_TEST)?-[a-h0-9]{12,34}-X'),
  token('plaid', 'Plaid access token', ['access-'], `access-(?:sandbox|development|production)-${uuid}`, {
    near: /access-(?:sandbox|development|production)-[0-9a-f]/y,
  }),
  token('easypost', 'EasyPost API key', ['EZAK', 'EZTK'], 'EZ[AT]K[A-Za-z0-9]{54}', {
    near: /EZ[AT]K[A-Za-z0-9]{54}/y,
  }),
  token('polar', 'Polar token', ['polar_'], 'polar_(?:oat|at_[uo]|pat|rt|cs)_[A-Za-z0-9]{32,64}'),
  token('duffel', 'Duffel token', ['duffel_'], 'duffel_(?:live|test)_[A-Za-z0-9_=-]{43}'),
  token('shippo', 'Shippo token', ['shippo_'], 'shippo_(?:live|test)_[a-f0-9]{40}'),
];
