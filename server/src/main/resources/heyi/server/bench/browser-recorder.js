// Takes a seat without camera and microphone and records every remote track with MediaRecorder, as
// a recorder made of a browser does. What it writes is counted and dropped: no disk, no upload.
(seatToken) => {
  const recorded = { tracks: 0, bytes: 0, failures: [] }
  window.heyiRecorded = recorded
  const socket = new WebSocket(`ws://${location.host}/api/room`)
  const say = (message) => socket.send(JSON.stringify(message))
  const accepted = (purpose) => ({ purpose, version: '2026-11', accepted: true })
  let connection = null

  const record = (track) => {
    const stream = new MediaStream([track])
    // Without an element that plays it, Chromium decodes no remote sound.
    const player = document.createElement(track.kind)
    player.srcObject = stream
    if (track.kind === 'audio') player.play().catch((failure) => recorded.failures.push(String(failure)))
    const mimeType = track.kind === 'audio' ? 'audio/webm;codecs=opus' : 'video/webm;codecs=vp8'
    const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 1_000_000 })
    const begun = { seen: false, player }
    recorder.ondataavailable = ({ data }) => {
      recorded.bytes += data.size
      if (data.size > 0 && !begun.seen) {
        begun.seen = true
        recorded.tracks += 1
      }
    }
    recorder.onerror = ({ error }) => recorded.failures.push(String(error))
    recorder.start(2_000)
  }

  const answer = async ({ offerId, sdp, fresh }) => {
    if (fresh || connection === null) {
      connection?.close()
      connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' })
      connection.ontrack = ({ track, streams }) => {
        if (!streams.some(({ id }) => id === 'jvb')) record(track)
      }
    }
    await connection.setRemoteDescription({ type: 'offer', sdp })
    await connection.setLocalDescription(await connection.createAnswer())
    say({ type: 'answer', offerId, sdp: connection.localDescription.sdp })
  }

  return new Promise((done, fail) => {
    socket.onopen = () => say({ type: 'join', seatToken, resume: false, consents: [accepted('recording'), accepted('online')] })
    socket.onclose = ({ code }) => fail(new Error(`the room closed with ${code}`))
    let offers = Promise.resolve()
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data)
      if (message.type === 'welcome') {
        say({ type: 'viewing', defaultMaxHeight: 2160 })
        done(true)
      } else if (message.type === 'error') fail(new Error(message.code))
      else if (message.type === 'offer') {
        offers = offers.then(() => answer(message)).catch((failure) => recorded.failures.push(String(failure)))
      }
    }
  })
}
