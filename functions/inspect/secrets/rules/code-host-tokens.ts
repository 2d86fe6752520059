import type { Rule } from '../rule.ts';
import { token } from './token.ts';

/** Tokens of code hosts, package registries and build services. */
export const codeHostTokens: readonly Rule[] = [
  token('github', 'GitHub token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[A-Za-z0-9]{36,251}'),
  token(
    'github-fine-grained',
    'GitHub fine-grained personal access token',
    ['github_pat_'],
    'github_pat_[A-Za-z0-9_]{50,120}',
  ),
  token(
    'gitlab',
    'GitLab token',
    [
      'glpat-',
      'gldt-',
      'glrt-',
      'glptt-',
      'glsoat-',
      'glft-',
      'glagent-',
      'glimt-',
      'glcbt-',
      'gloas-',
      'glffct-',
    ],
    'gl(?:pat|dt|rt|ptt|soat|ft|agent|imt|cbt|oas|ffct)-[A-Za-z0-9_.-]{20,128}',
  ),
  token('gitlab-runner', 'GitLab runner registration token', ['GR1348941'], 'GR1348941[A-Za-z0-9_-]{20,24}'),
  token('bitbucket', 'Bitbucket app password', ['ATBB'], 'ATBB[A-Za-z0-9]{32}', {
    near: /ATBB[A-Za-z0-9]{32}/y,
  }),
  token('npm', 'npm access token', ['npm_'], 'npm_[A-Za-z0-9]{36}', { near: /npm_[A-Za-z0-9]{30}/y }),
  token('pypi', 'PyPI API token', ['pypi-AgE'], 'pypi-AgE[A-Za-z0-9_-]{50,600}'),
  token('rubygems', 'RubyGems API key', ['rubygems_'], 'rubygems_[a-f0-9]{48}'),
  token('crates-io', 'crates.io API token', ['cio'], 'cio[A-Za-z0-9]{32}', { near: /cio[A-Za-z0-9]{32}/y }),
  token('docker-hub', 'Docker Hub token', ['dckr_'], 'dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,40}'),
  token('artifactory', 'Artifactory API key', ['AKCp'], 'AKCp[A-Za-z0-9]{60,80}', {
    near: /AKCp[A-Za-z0-9]{60}/y,
  }),
  token('artifactory-reference', 'Artifactory reference token', ['cmVmdGtu'], 'cmVmdGtu[A-Za-z0-9]{56}', {
    near: /cmVmdGtu[A-Za-z0-9]{50}/y,
  }),
  token(
    'sourcegraph',
    'Sourcegraph access token',
    ['sgp_'],
    'sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}',
  ),
  token('nuget', 'NuGet API key', ['oy2'], 'oy2[a-z0-9]{43}', { near: /oy2[a-z0-9]{43}/y }),
  token('clojars', 'Clojars deploy token', ['CLOJARS_'], 'CLOJARS_[a-z0-9]{60}'),
  token('prefect', 'Prefect API key', ['pnu_', 'pnb_'], 'pn[ub]_[A-Za-z0-9]{36}', {
    near: /pn[ub]_[A-Za-z0-9]{36}/y,
  }),
  token('octopus', 'Octopus Deploy API key', ['API-'], 'API-[A-Z0-9]{26,32}', { near: /API-[A-Z0-9]{26}/y }),
  token(
    'harness',
    'Harness API key',
    ['pat.', 'sat.'],
    '[ps]at\\.[A-Za-z0-9_-]{22}\\.[a-f0-9]{24}\\.[A-Za-z0-9]{20}',
    { near: /[ps]at\.[A-Za-z0-9_-]{22}\.[a-f0-9]{24}\./y },
  ),
  token('readme', 'ReadMe API key', ['rdme_'], 'rdme_[a-z0-9]{70}'),
  token('frame-io', 'Frame.io token', ['fio-u-'], 'fio-u-[A-Za-z0-9_=-]{64}'),
  token('postman', 'Postman API key', ['PMAK-'], 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}'),
  token('buildkite', 'Buildkite API token', ['bkua_'], 'bkua_[a-z0-9]{40}'),
  token('circleci', 'CircleCI token', ['CCIPAT_'], 'CCIPAT_[A-Za-z0-9]{20,24}_[a-f0-9]{40}'),
  token('jsr', 'JSR token', ['jsrp_', 'jsrd_'], 'jsr[pd]_[A-Za-z0-9]{30,60}'),
];
