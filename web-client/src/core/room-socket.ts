export interface RoomSocketHandlers {
  onOpen(): void
  onFrame(frame: string): void
  /** Called once, also when the connection never opened. */
  onClose(code: number): void
}

/** The little of a WebSocket that the room client needs. */
export interface RoomSocket {
  send(frame: string): void
  close(): void
}

export type OpenRoomSocket = (url: string, handlers: RoomSocketHandlers) => RoomSocket

export const openBrowserSocket: OpenRoomSocket = (url, handlers) => {
  const socket = new WebSocket(url)
  socket.onopen = () => handlers.onOpen()
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') handlers.onFrame(data)
  }
  socket.onclose = ({ code }) => handlers.onClose(code)
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: () => socket.close(1000),
  }
}

/** Where the room protocol is spoken, for a page at `location`. */
export function roomSocketUrl(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/room`
}
