/** Builds dist/chat.js, says how big it is, and fails when that is too big for a shop's page. */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const MOST_BYTES = 45_000;

/** Style sheets come in as text, minified. */
const styleText = {
  name: "style-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

async function bundle() {
  return build({
    absWorkingDir: HERE,
    entryPoints: ["src/chat.js"],
    outfile: "dist/chat.js",
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome100", "firefox104", "safari15.4"],
    legalComments: "none",
    banner: { js: "/*! Storehand chat; the libraries in it and their licences: chat.licenses.txt */" },
    plugins: [styleText],
    metafile: true,
  });
}

/** The licences of the libraries in the bundle ask to go where their code goes. */
async function writeLicenses(inputs) {
  const names = new Set(Object.keys(inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]));
  names.delete(undefined);
  const texts = await Promise.all([...names].sort().map(license));
  await writeFile(join(HERE, "dist/chat.licenses.txt"), texts.join("\n\n"));
}

async function license(name) {
  const folder = join(HERE, "node_modules", name);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const words = file
    ? await readFile(join(folder, file), "utf8")
    : JSON.parse(await readFile(join(folder, "package.json"))).license;
  return `${name}\n${"-".repeat(name.length)}\n${words}`;
}

async function weigh() {
  const { length } = gzipSync(await readFile(join(HERE, "dist/chat.js")), { level: 9 });
  console.log(`dist/chat.js: ${(length / 1000).toFixed(1)} KB gzip, at most ${MOST_BYTES / 1000} KB`);
  if (length > MOST_BYTES) process.exitCode = 1;
}

const { metafile } = await bundle();
await writeLicenses(metafile.inputs);
await weigh();
