// Bundles style sheet, fonts and script into the directory given as first argument, with a manifest of content hashes.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, parse, resolve } from "node:path";
import { build } from "esbuild";

const target = resolve(process.argv[2] ?? "../static");
const out = `${target}.new`;
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// A page that needs more than every page has brings its own script (src/pages/NAME.ts) or style (NAME.css).
const entries = { explorer: "src/explorer.ts", "explorer-style": "src/styles/explorer.css" };
for (const file of existsSync("src/pages") ? readdirSync("src/pages").sort() : []) {
  const { name, ext } = parse(file);
  if (ext === ".ts") entries[name] = join("src/pages", file);
  if (ext === ".css") entries[`${name}-style`] = join("src/pages", file);
}

await build({
  entryPoints: entries,
  outdir: out,
  bundle: true,
  minify: true,
  target: ["es2022", "chrome110", "firefox110", "safari16"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]-[hash]",
  logLevel: "warning",
  legalComments: "none",
});
for (const name of readdirSync("assets")) copyFileSync(join("assets", name), join(out, name));

const manifest = {};
for (const name of readdirSync(out, { withFileTypes: true })) {
  if (!name.isFile()) continue;
  manifest[name.name] = createHash("sha256").update(readFileSync(join(out, name.name))).digest("hex").slice(0, 12);
}
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

// Swapped in one step, so that a server beside it never meets half a bundle.
rmSync(target, { recursive: true, force: true });
renameSync(out, target);
