import { Logo } from '@/components/frame/logo'

type Props = { sentence: string; theme: 'dark' | 'light'; signIn: boolean }

/** The wall may not be seen any more: nothing of what it showed stays. */
export function Ended({ sentence, theme, signIn }: Props) {
  return (
    <div className={`wall wall-${theme}`}>
      <main className="w-ended">
        <span className="w-logo">
          <Logo />
        </span>
        <h1>{sentence}</h1>
        {signIn ? (
          <p>
            <a href="/sign-in?from=%2Fwall">Sign in</a>, or ask for a link that needs no signing in.
          </p>
        ) : null}
      </main>
    </div>
  )
}
