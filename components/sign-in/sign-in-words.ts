const SENTENCES: Record<string, string> = {
  CredentialsSignin: 'E-mail and password do not fit together. Check both.',
  TOO_MANY_REQUESTS: 'Too many failed attempts. Wait 15 minutes, then try again.',
}

/** What NextAuth reports, as a sentence. */
export const sentenceOf = (error: string): string => SENTENCES[error] ?? 'Signing in failed on our side. Try again in a minute.'
