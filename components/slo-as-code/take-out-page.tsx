'use client'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useState } from 'react'
import { copied, download } from '@/components/charts/save'
import { Icon } from '@/components/ui/icon'
import type { SloTakeOut } from '@/lib/slo-as-code/reads-take-out'
import type { TakenFile } from '@/lib/slo-as-code/take-out'
import { TAKEN_KINDS } from '@/lib/slo-as-code/taken-kind'
import { CodeBlock } from './code-block'
import { TakeOutAbout } from './take-out-about'

/** An SLO as files: which kind, which form, and then the file itself with what it leaves out beside it. */
export function TakeOutPage({ takeOut: { alone, together } }: { takeOut: SloTakeOut }) {
  const [kind, setKind] = useQueryState('kind', parseAsStringLiteral(TAKEN_KINDS).withDefault('openslo'))
  const [form, setForm] = useState(0)
  const [withMembers, setWithMembers] = useState(true)
  const [said, setSaid] = useState('')
  const taken = (together && withMembers ? together.taken : alone).find((one) => one.kind === kind)
  const file = taken?.files[form] ?? taken?.files[0]
  const choose = (next: typeof kind) => {
    setForm(0)
    setSaid('')
    void setKind(next)
  }
  return (
    <div className="out">
      <div className="out-bar">
        <div className="seg out-kinds">
          {alone.map((one) => (
            <button
              key={one.kind}
              type="button"
              aria-pressed={one.kind === kind}
              data-word={one.title}
              onClick={() => choose(one.kind)}
            >
              {one.title}
            </button>
          ))}
        </div>
        {taken && taken.files.length > 1 ? (
          <div className="out-forms">
            <span className="field-hint" id="out-form">
              Form
            </span>
            <fieldset className="seg" aria-labelledby="out-form">
              {taken.files.map(({ title, name }, i) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={file?.name === name}
                  data-word={title}
                  onClick={() => {
                    setForm(i)
                    setSaid('')
                  }}
                >
                  {title}
                </button>
              ))}
            </fieldset>
          </div>
        ) : null}
        {file ? <Actions file={file} said={said} onSaid={setSaid} /> : null}
      </div>
      <div className="out-columns">
        {file ? (
          <div className="panel out-file">
            <h2>
              {file.name} <span>{lineCount(file.text)} lines</span>
            </h2>
            <CodeBlock text={file.text} label={file.name} />
          </div>
        ) : (
          <div className="panel out-none">
            <h2>Nothing to take</h2>
            <p>{taken?.about[0]}</p>
          </div>
        )}
        <TakeOutAbout
          about={file ? (taken?.about ?? []) : []}
          load={file?.load ?? null}
          members={together?.members ?? []}
          withMembers={withMembers}
          onWithMembers={setWithMembers}
        />
      </div>
    </div>
  )
}

const lineCount = (text: string): number => text.split('\n').length - 1

function Actions({ file, said, onSaid }: { file: TakenFile; said: string; onSaid: (words: string) => void }) {
  const save = () => {
    download(new Blob([file.text], { type: 'text/plain;charset=utf-8' }), file.name)
    return `Saved as ${file.name}.`
  }
  const copy = async () => {
    const fine = await copied({ 'text/plain': new Blob([file.text], { type: 'text/plain' }) })
    onSaid(fine ? `Copied ${file.name}.` : `The browser does not let this page copy. ${save()}`)
  }
  return (
    <div className="out-do">
      <span role="status">{said}</span>
      <button type="button" className="btn btn-sm" onClick={copy}>
        Copy
      </button>
      <button type="button" className="btn btn-sm btn-primary" onClick={() => onSaid(save())}>
        <Icon name="save" />
        Download
      </button>
    </div>
  )
}
