import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Connect, PluginOption, ProxyOptions } from 'vite';
import { defineConfig } from 'vitest/config';

const host = process.env.TOP_SONGS_HOST ?? '127.0.0.1';
const port = Number(process.env.TOP_SONGS_DASHBOARD_PORT ?? 3000);
const proxy: Record<string, ProxyOptions> = {
  '/v1': {
    target: process.env.TOP_SONGS_SERVING_URL ?? 'http://127.0.0.1:8082',
    changeOrigin: true,
    // Whose the request is, which the service's rate limit asks.
    xfwd: true,
    configure: breakOffTogether,
  },
};

export default defineConfig({
  // One file holds every page: an unknown path must not answer 200, so the catch-all of 'spa' is off.
  appType: 'mpa',
  plugins: [react(), onlyPagesAnswer200(), filesAtOnce()],
  server: { host, port, strictPort: true, proxy },
  preview: { host, port, strictPort: true, proxy },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // What several pages are made of is one file: a browser asks for six at once, and waits for a seventh.
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'lines', test: /\/src\/lines\//, minShareCount: 2, priority: 1 },
            { name: 'pages', test: /\/src\//, minShareCount: 2 },
          ],
        },
      },
    },
  },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});

/** A service that dies in the middle of an answer, such as the stream of changes, must not leave who reads it waiting for more. */
function breakOffTogether(proxy: Parameters<NonNullable<ProxyOptions['configure']>>[0]): void {
  proxy.on('proxyRes', (answer, _request, response) => {
    answer.on('close', () => answer.complete || response.destroy());
  });
}

const PAGES = /^\/(world|race|pipeline|song\/.+)$/;

/** By the first part of a page's path, the chunks that it needs beside what all pages do. */
const CHUNKS = {
  '': ['ChartPage', 'canvases'],
  world: ['WorldPage'],
  race: ['RacePage'],
  song: ['SongPage'],
  pipeline: ['PipelinePage'],
};

/** Names every page's files to index.html, so that they are asked for beside the program and not by it. */
function filesAtOnce(): PluginOption {
  return {
    name: 'files-at-once',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const filesOf = (names: string[]) => {
          const named = chunks.filter((chunk) => names.includes(chunk.name));
          const needed = named.flatMap((chunk) => [chunk.fileName, ...chunk.imports]);
          // The program does not draw a page before all of its style is there, that of what it imports too.
          const style = chunks
            .filter((chunk) => needed.includes(chunk.fileName))
            .flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);
          return [...new Set([...style, ...needed])]
            .filter((file) => !html.includes(file))
            .map((file) => `/${file}`);
        };
        const files = Object.entries(CHUNKS).map(([page, names]) => [page, filesOf(names)]);
        return html.replace('/* PAGES */', JSON.stringify(Object.fromEntries(files)));
      },
    },
  };
}

/** Sends the same file for every page, and for an unknown path with status 404, so that it can say in its own look that there is nothing here. */
function onlyPagesAnswer200(): PluginOption {
  return {
    name: 'only-pages-answer-200',
    configureServer: (server) => () => {
      server.middlewares.use(
        pages(async (url) => {
          const page = readFileSync(resolve(server.config.root, 'index.html'), 'utf8');
          return server.transformIndexHtml(url, page);
        }),
      );
    },
    configurePreviewServer: (server) => () => {
      const page = resolve(server.config.root, server.config.build.outDir, 'index.html');
      server.middlewares.use(pages(async () => readFileSync(page, 'utf8')));
    },
  };
}

function pages(page: (url: string) => Promise<string>): Connect.NextHandleFunction {
  return (request, response, next) => {
    const url = request.url ?? '/';
    const path = url.split('?')[0] ?? '/';
    if (path === '/' || path === '/index.html' || !request.headers.accept?.includes('text/html'))
      return next();
    page(url).then((html) => {
      const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' };
      response.writeHead(PAGES.test(path) ? 200 : 404, headers).end(html);
    }, next);
  };
}
