// A stand-in for the page in which VS Code shows the outputs of a notebook: the same boxes around an output, the
// colors of its themes, and what its style sheets do to body, links and tables.  Facts from the sources of VS Code as
// of 2026 (backLayerWebView.ts, the notebook-renderers extension, the themes Light Modern and Dark Modern):
// tables have their text on the right and no borders, whatever a less forceful style says.
const themes = {
  'vscode-light': {ink: '#3b3b3b', paper: '#ffffff', link: '#005fb8', focus: '#005fb8'},
  'vscode-dark': {ink: '#cccccc', paper: '#1f1f1f', link: '#4daafc', focus: '#0078d4'},
};

export const kinds = Object.keys(themes);

const style = `
@layer host {
  body {background: transparent; color: var(--vscode-editor-foreground); margin: 0; padding: 0 20px;
    font: var(--vscode-font-weight) var(--vscode-font-size) var(--vscode-font-family)}
  a, a code {color: var(--vscode-textLink-foreground)}
  code {font-family: monospace; padding: 1px 3px; border-radius: 4px}
  img, video {max-width: 100%; max-height: 100%}
}
html {background: var(--vscode-editor-background)}
body {height: 100%; padding: 0; width: 100%}
#container {position: absolute; top: 0; width: 100%}
.cell, .cell > div {width: 100%}
#container > div > div > div.output {box-sizing: border-box; font-size: 14px; margin-left: 62px; padding: 8px 0;
  width: calc(100% - 78px)}
#container > div > div:not(.preview) > div {overflow-x: auto}
#container div.output > div {border: 1px solid transparent; box-sizing: border-box; padding: 0 8px}
#container div.output > div:focus {border-color: var(--vscode-focusBorder); outline: 0}
table, thead, tbody, tr, th, td {border: none !important; border-collapse: collapse; border-spacing: 0}
table, tr, th {text-align: right; vertical-align: middle}
thead {background-color: rgb(130 130 130 / .16); font-weight: bold}
tr:nth-child(even) {background-color: rgb(130 130 130 / .08)}
th, td {padding: 4px 8px}
tbody th {font-weight: normal}
`;

// Write a page that shows pieces of HTML as the outputs of a notebook.
export function outputs(pieces, kind) {
  const theme = themes[kind];
  const variables = {'editor-background': theme.paper, 'editor-foreground': theme.ink, 'foreground': theme.ink,
    'textLink-foreground': theme.link, 'focusBorder': theme.focus, 'font-family': 'system-ui, Ubuntu, sans-serif',
    'font-size': '13px', 'font-weight': 'normal'};
  const set = Object.entries(variables).map(([key, value]) => `--vscode-${key}:${value}`).join(';');
  return `<!DOCTYPE html><html lang="en" style="${set}"><head><meta charset="utf-8"><title>Outputs</title><style>${style}</style></head>`
    + `<body class="${kind}" data-vscode-theme-kind="${kind}"><div id="container">`
    + pieces.map(piece => `<div class="cell"><div><div class="output"><div tabindex="0">${piece}</div></div></div></div>`).join('')
    + '</div></body></html>';
}
