// What the tests and the pictures share: the pages of all reports, and one headless Chromium.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const widths = [360, 768, 1280];
export const schemes = ['light', 'dark'];

// Write every report into a folder with the Python that has the package, or take those that PAGES holds; list them.
export function reports(folder = process.env.PAGES ?? mkdtempSync(join(tmpdir(), 'cmprules-reports-'))) {
  if (process.env.PAGES) return listed(folder);
  python(folder);
  return listed(folder);
}

// The HTML with which every answer shows itself in a notebook.
export function shownAnswers() {
  return JSON.parse(python('--shown'));
}

function python(argument) {
  const run = spawnSync(process.env.PYTHON ?? 'python3', [join(root, 'tasks/report_pages.py'), argument],
    {encoding: 'utf-8', maxBuffer: 2 ** 25});
  if (run.status !== 0) throw new Error(run.stderr || String(run.error));
  return run.stdout;
}

// The pages that a folder holds.
export function listed(folder) {
  return readdirSync(folder).filter(name => name.endsWith('.html')).sort()
    .map(name => ({name: name.replace(/\.html$/, ''), url: pathToFileURL(join(folder, name)).href}));
}

export function launch() {
  return chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags});
}
