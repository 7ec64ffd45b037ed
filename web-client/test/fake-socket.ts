import type { ClientFrame } from '@/protocol/client-messages'
import type { OpenRoomSocket, RoomSocket, RoomSocketHandlers } from '@/core/room-socket'

/** One connection as the room client sees it, with the server's side in the test's hand. */
export class FakeSocket implements RoomSocket {
  readonly sent: ClientFrame[] = []
  closed = false
  private seq = 0

  constructor(private readonly handlers: RoomSocketHandlers) {}

  send(frame: string): void {
    this.sent.push(JSON.parse(frame))
  }

  close(): void {
    this.closed = true
  }

  opens(): void {
    this.handlers.onOpen()
  }

  says(message: object): void {
    this.handlers.onFrame(JSON.stringify({ seq: ++this.seq, ...message }))
  }

  saysText(frame: string): void {
    this.handlers.onFrame(frame)
  }

  drops(code = 1006): void {
    this.handlers.onClose(code)
  }

  sentTypes(): readonly string[] {
    return this.sent.map(({ type }) => type)
  }
}

/** Hands out fake sockets and remembers them. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = []

  readonly open: OpenRoomSocket = (_url, handlers) => {
    const socket = new FakeSocket(handlers)
    this.sockets.push(socket)
    return socket
  }

  latest(): FakeSocket {
    const socket = this.sockets[this.sockets.length - 1]
    if (socket === undefined) throw new Error('nothing was opened')
    return socket
  }
}
