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

// Write every report into a folder of its own with the Python that has the package, and list the pages.
export function reports(folder = mkdtempSync(join(tmpdir(), 'cmprules-reports-'))) {
  const python = process.env.PYTHON ?? 'python3';
  const run = spawnSync(python, [join(root, 'tasks/report_pages.py'), folder], {encoding: 'utf-8'});
  if (run.status !== 0) throw new Error(run.stderr || String(run.error));
  return readdirSync(folder).filter(name => name.endsWith('.html')).sort()
    .map(name => ({name: name.replace(/\.html$/, ''), url: pathToFileURL(join(folder, name)).href}));
}

export function launch() {
  return chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags});
}
