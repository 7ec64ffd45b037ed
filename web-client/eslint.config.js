import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const noRtc = ['RTCPeerConnection', 'RTCSessionDescription', 'RTCRtpTransceiver'].map((name) => ({
  name,
  message: 'Only core talks to WebRTC; use RoomSession.',
}))

export default tseslint.config(
  { ignores: ['dist/', 'target/', 'node_modules/'] },
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-restricted-globals': ['error', { name: 'event', message: 'Take the event as a parameter.' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
    },
  },
  {
    files: ['src/**/*.vue'],
    rules: { 'max-lines': ['error', { max: 200, skipBlankLines: false, skipComments: false }] },
  },
  {
    files: ['src/protocol/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      'no-restricted-imports': ['error', { patterns: ['vue', 'vant*', '@/core/*', '@/features/*', '@/ui/*', '@/i18n'] }],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['vue', 'vue-router', 'vant*', '@/features/*', '@/ui/*', '@/i18n', '@/i18n/*'] },
      ],
    },
  },
  {
    files: ['src/features/**/*.{ts,vue}', 'src/ui/**/*.{ts,vue}'],
    rules: { 'no-restricted-globals': ['error', ...noRtc] },
  },
  {
    files: ['src/ui/**/*.{ts,vue}'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['@/features/*'] }] },
  },
  { files: ['**/*.test.ts'], rules: { '@typescript-eslint/consistent-type-assertions': 'off' } },
)
