// A server of static files on this machine, which writes down everything it is asked for.
import {createServer} from 'node:http';
import {readFile} from 'node:fs/promises';
import {extname, join, normalize} from 'node:path';

const types = {'.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.json': 'application/json', '.wasm': 'application/wasm', '.zip': 'application/zip', '.txt': 'text/plain'};

// Serve a folder; `missing` says which paths are not to be found.
export async function serve(folder, missing = () => false) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    asked.push({method: request.method, url: request.url, length: Number(request.headers['content-length'] ?? 0)});
    const name = normalize(path).replace(/\/$/, '/index.html');
    try {
      if (missing(name)) throw new Error('missing');
      const body = await readFile(join(folder, name));
      response.writeHead(200, {'content-type': types[extname(name)] ?? 'application/octet-stream'}).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {asked, url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close()};
}
