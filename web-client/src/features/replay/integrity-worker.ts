import { IntegrityCheck, type IntegritySubject } from './integrity-check'

/** Hashing has a thread of its own: it must never hold up a picture. */
export type IntegrityOrder =
  | { readonly order: 'open'; readonly subject: IntegritySubject }
  | { readonly order: 'look'; readonly atMs: number }
  | { readonly order: 'rest' }
  | { readonly order: 'all' }

let check: IntegrityCheck | null = null

self.onmessage = ({ data }: MessageEvent<IntegrityOrder>) => {
  switch (data.order) {
    case 'open':
      check = new IntegrityCheck(data.subject, (url) => fetch(url), (news) => self.postMessage(news))
      void check.open()
      break
    case 'look':
      void check?.look(data.atMs)
      break
    case 'rest':
      check?.rest()
      break
    case 'all':
      void check?.all()
  }
}
