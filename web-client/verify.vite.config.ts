import { defineConfig, type Plugin } from 'vite'

/** Puts script and style into the page itself: the page is one file that needs nothing and nobody. */
const oneFile: Plugin = {
  name: 'heyi-one-file',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['verify.html']
    if (page?.type !== 'asset') throw new Error('no verify.html')
    let html = String(page.source)
    for (const [name, part] of Object.entries(bundle)) {
      if (part.type === 'chunk') {
        const code = part.code.replaceAll('</script', '<\\/script')
        html = html.replace(/<script type="module"[^>]*><\/script>/, '').replace('</body>', () => `<script type="module">${code}</script></body>`)
        delete bundle[name]
      } else if (name.endsWith('.css')) {
        html = html.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${String(part.source)}</style>`)
        delete bundle[name]
      }
    }
    page.source = html
  },
}

export default defineConfig({
  plugins: [oneFile],
  publicDir: false,
  build: {
    target: ['es2020', 'chrome87', 'safari14'],
    rollupOptions: { input: 'verify.html' },
    modulePreload: { polyfill: false },
    emptyOutDir: false,
    cssCodeSplit: false,
  },
})
