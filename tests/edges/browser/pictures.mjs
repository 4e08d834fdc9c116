// Pictures of every report: node pictures.mjs FOLDER [PART OF A NAME] [SIZE]
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {launch, reports, schemes, widths} from './browser.mjs';

const [folder, part = '', size = ''] = process.argv.slice(2);
mkdirSync(folder, {recursive: true});
const browser = await launch();
for (const {name, url} of reports().filter(page => page.name.includes(part))) {
  for (const scheme of schemes) {
    for (const width of widths.filter(width => !size || String(width) === size)) {
      const page = await browser.newPage({colorScheme: scheme, viewport: {width, height: width === 360 ? 640 : 800}});
      await page.goto(url);
      await page.screenshot({path: join(folder, `${name}-${width}-${scheme}.png`), fullPage: true});
      await page.close();
    }
  }
  if (size && size !== 'paper') continue;
  const page = await browser.newPage();
  await page.goto(url);
  await page.pdf({path: join(folder, `${name}.pdf`), format: 'Letter', preferCSSPageSize: true});
  await page.close();
}
await browser.close();
