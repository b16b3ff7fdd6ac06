'use client'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { countText } from './fault-counts'

/** Asks first when texts were pasted or mended here: they are nowhere else. */
export function StartOver({ written, onStartOver }: { written: number; onStartOver: () => void }) {
  const [asked, setAsked] = useState(false)
  return (
    <>
      <button type="button" className="btn btn-sm btn-quiet" onClick={() => (written > 0 ? setAsked(true) : onStartOver())}>
        Start over
      </button>
      <Dialog open={asked} onOpenChange={setAsked} title="Start over?">
        <div className="e-conflict">
          <p>What you pasted or mended here, in {countText(written, 'file')}, is lost. It is saved nowhere.</p>
          <div className="e-choices">
            <button type="button" className="btn" onClick={() => setAsked(false)}>
              Cancel
            </button>
            <button type="button" className="btn btn-danger" onClick={onStartOver}>
              Start over
            </button>
          </div>
        </div>
      </Dialog>
    </>
  )
}
