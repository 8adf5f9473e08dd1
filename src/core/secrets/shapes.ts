/** A secret by its shape: what it is called, and where in the match it stands (the whole, or a group). */
export type SecretShape = { readonly what: string; readonly pattern: RegExp }

/**
 * Shapes that their issuers document, and ways in which passwords are written. Every repetition is bounded, so
 * that a long text takes time in proportion. A group named `secret` is the secret where the match is more.
 */
export const SECRET_SHAPES: readonly SecretShape[] = [
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----/g },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[0-9A-Za-z]{36,251}|github_pat_[0-9A-Za-z_]{82})\b/g },
  { what: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|soat)-[0-9A-Za-z_-]{20,300}/g },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[0-9A-Za-z-]{10,250}/g },
  {
    what: 'a Slack webhook',
    pattern: /https:\/\/hooks\.slack\.com\/services\/[0-9A-Z]{8,12}\/[0-9A-Z]{8,12}\/[0-9A-Za-z]{20,30}/g,
  },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_[0-9A-Za-z]{16,247}\b/g },
  { what: 'a Google API key', pattern: /\bAIza[0-9A-Za-z_-]{35}/g },
  { what: 'an npm token', pattern: /\bnpm_[0-9A-Za-z]{36}\b/g },
  { what: 'a SendGrid key', pattern: /\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}/g },
  { what: 'a Databricks token', pattern: /\bdapi[0-9a-f]{32}\b/g },
  {
    what: 'a signed token (JWT)',
    pattern: /\beyJ[0-9A-Za-z_-]{10,2000}\.eyJ[0-9A-Za-z_-]{10,4000}\.[0-9A-Za-z_-]{10,1000}/g,
  },
  {
    what: 'an address with a password',
    pattern: /\b[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/[^\s/:@'"{}$<>]{1,100}:(?<secret>[^\s/@'"{}$<>*]{3,200})@/g,
  },
  {
    what: 'a password',
    pattern:
      /\b(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token)['"]?\s{0,5}(?:=>?|:)\s{0,5}(?<quote>['"])(?<secret>(?=[^'"]{0,100}[0-9])(?=[^'"]{0,100}[A-Za-z])[^\s'"{}$<>*]{8,100})\k<quote>/gi,
  },
]

/** No secret is shorter. */
export const SHORTEST = 8

/** A text without any of these has none of the shapes. */
export const HINT =
  /PRIVATE KEY|AKIA|ASIA|gh[pousr]_|github_pat_|gl(?:pat|dt|rt|soat)-|xox|hooks\.slack|k_live_|AIza|npm_|SG\.|dapi|eyJ|:\/\/|passw|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token/i
