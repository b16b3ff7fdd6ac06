/** What is wrong with a text that is not YAML, and what to do about it. */
type Sentence = { reason: string; suggestion?: string }

const told = (reason: string, suggestion?: string): Sentence => ({ reason, ...(suggestion && { suggestion }) })

export const CLOSE_QUOTE = told('A quote is not closed.', 'Close it where the value ends.')
export const MARK_AFTER_DIRECTIVES = told(
  'After lines that begin with % comes a line of ---, and then a definition.',
  'Write ---, or leave the lines out.',
)
const QUOTE = 'Put quotes around the whole value; a quote between single quotes is written twice.'

/** By the code and the words of the parser, the first that fits. `$1` is what the words name. */
const SENTENCES: [code: string, words: RegExp, Sentence][] = [
  ['TAB_AS_INDENT', /^/, told('Tabs cannot indent YAML.', 'Use spaces.')],
  ['TAG_RESOLVE_FAILED', /^/, told('Tags such as !name are not read.', 'Leave the tag out.')],
  ['MULTIPLE_ANCHORS', /^/, told('One value has one anchor.')],
  [
    '',
    /end with (?:a )?([\]}])/,
    told('A bracket is not closed, or what stands in it is not indented: $1 is missed.', 'Close it, and indent all of it.'),
  ],
  ['BAD_INDENT', /^/, told('The indentation does not fit the lines before.', 'Indent the fields of one object alike.')],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    /^/,
    told(
      'A field begins where a value already stands.',
      'Give it a line of its own, or put quotes around a value with “: ” in it.',
    ),
  ],
  [
    'MULTILINE_IMPLICIT_KEY',
    /^/,
    told('This line is neither a field nor part of a value.', 'Write “name: value”, with a space after the colon.'),
  ],
  ['MISSING_CHAR', /closing .quote/, CLOSE_QUOTE],
  ['MISSING_CHAR', /directives-end/, MARK_AFTER_DIRECTIVES],
  ['MISSING_CHAR', /map keys/, told('A field has no “:” after its name.', 'Write “name: value”, with a space after the colon.')],
  ['BAD_SCALAR_START', /(.)$/, told('A value cannot begin with $1.', 'Put quotes around it.')],
  [
    'BLOCK_IN_FLOW',
    /^/,
    told('A field cannot stand here between brackets.', 'Put braces around it, or quotes around a value with “: ” in it.'),
  ],
  ['BAD_DIRECTIVE', /^/, told('A line that begins with % is not read here.', 'Leave it out.')],
  ['', /^Comments must/, told('A comment begins too close to a value.', 'Leave a space before the #.')],
  ['', /^Unexpected ([,:]) in flow/, told('A value is missing before this $1', 'Write it, or leave the sign out.')],
  [
    'BAD_DQ_ESCAPE',
    /(\\[^"]*)"?$/,
    told('$1 means nothing between double quotes.', 'Use single quotes, or write the backslash twice.'),
  ],
  ['UNEXPECTED_TOKEN', /scalar/i, told('Something follows the end of a value.', QUOTE)],
  ['UNEXPECTED_TOKEN', /flow-\w+-end/, told('A bracket is closed that was not opened.', 'Leave it out, or open it.')],
  ['UNEXPECTED_TOKEN', /block-seq-ind/, told('A list cannot begin in the line of its field.', 'Begin it in the next line.')],
]

/** After | and > nothing may stand: the parser speaks of a scalar there as well. */
const HEADER = /^Block scalar header/

export function yamlSentence(code: string, message: string): Sentence {
  const line = (message.split('\n')[0] as string).slice(0, 200)
  if (HEADER.test(line)) return told('After | or > the line has to end.', 'Begin the text in the next line.')
  const found = SENTENCES.find(([of, words]) => (of === '' || of === code) && words.test(line))
  if (!found) return told(`This is not YAML: ${line.replace(/\.?$/, '.')}`)
  const [, words, { reason, suggestion }] = found
  return told(
    reason.replace('$1', () => words.exec(line)?.[1] ?? ''),
    suggestion,
  )
}
